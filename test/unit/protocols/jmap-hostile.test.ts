import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { openJmapSubmission } from '../../../electron/protocols/jmap/jmap-submission.ts'
import { openJmap } from '../../../electron/protocols/jmap/open-jmap.ts'
import { watchJmap } from '../../../electron/protocols/jmap/watch-jmap.ts'
import { CollectingReceiver } from '../../fakes/collecting-receiver.ts'
import { httpFront } from '../../fakes/http-front.ts'
import { credentials, jmapFront, type JmapPlay, secret, sessionOf, targetOf } from '../../fakes/jmap-front.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function front(play: JmapPlay) {
  const opened = await jmapFront(play)
  closing.push(() => opened.close())
  return opened
}
const open = async (play: JmapPlay, change = {}) => openJmap(targetOf(await front(play), change), credentials)
const failing = (code: string, evidence = {}) => ({ ok: false, failure: { code, evidence } })
const says = (status: number, text: string, type = 'application/json') => (answer: ServerResponse) => void answer.writeHead(status, { 'content-type': type }).end(text)
const endless = (answer: ServerResponse) => {
  const more = () => {
    while (!answer.destroyed && answer.write('[[[[[[[['.repeat(4000)));
    answer.once('drain', more)
  }
  more()
}

/** Somebody else's server, which takes whatever it is given. */
async function stranger() {
  const other = await httpFront((_, answer) => void answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(sessionOf())))
  closing.push(() => other.close())
  return { other, at: (path: string) => `https://localhost:${other.port}${path}` }
}

describe('a session that is none', () => {
  it.each([
    ['rubbish', says(200, '<html>'), 'server.protocol'],
    ['something else in JSON', says(200, '{"apiUrl":7}'), 'server.protocol'],
    ['an endless one', endless, 'server.answer-too-long'],
    ['nobody there', says(404, 'no'), 'server.protocol'],
    ['a server that is down', says(503, ''), 'server.unavailable'],
    ['a server that is asked too much', says(429, ''), 'policy.too-fast'],
    ['a refusal', says(401, ''), 'signin.rejected'],
  ])('%s is told as what it is', async (_, session, code) => {
    expect(await open({ session })).toMatchObject(failing(code))
  })

  it('a server that repeats the password does not get it shown', async () => {
    const told = Buffer.from(`anna:${secret}`).toString('base64')
    const answer = await open({ session: says(401, JSON.stringify({ detail: `wrong: ${secret}, Basic ${told}` })) })
    expect(answer).toMatchObject(failing('signin.rejected'))
    expect(JSON.stringify(answer)).not.toContain(secret)
    expect(JSON.stringify(answer)).not.toContain(told)
  })

  it('without mail, or without an inbox, there is nothing to fetch', async () => {
    expect(await open({ session: sessionOf({ accounts: { a1: { accountCapabilities: {} } } }) })).toMatchObject(failing('mailbox.missing'))
    const opened = await open({ calls: { 'Mailbox/get': () => ({ list: [] }) } })
    expect(opened.ok && (await opened.value.list())).toMatchObject(failing('mailbox.missing'))
  })
})

describe('the password goes to no other server', () => {
  it.each(['apiUrl', 'downloadUrl', 'uploadUrl', 'eventSourceUrl'])('that %s names', async (name) => {
    const { other, at } = await stranger()
    expect(await open({ session: sessionOf({ [name]: at('/{accountId}/{blobId}') }) })).toMatchObject(failing('server.elsewhere', { name: 'localhost' }))
    expect(other.heard).toEqual([])
  })

  it('whose name a variable hides', async () => {
    for (const downloadUrl of ['https://{accountId}.evil.example/{blobId}', '//evil.example/{blobId}', 'https://127.0.0.1@evil.example/{blobId}', '\\\\evil.example/{blobId}']) {
      expect(await open({ session: sessionOf({ downloadUrl }) })).toMatchObject({ ok: false })
    }
  })

  it('that it is sent to by a redirect', async () => {
    const { other, at } = await stranger()
    expect(await open({ session: (answer) => void answer.writeHead(302, { location: at('/jmap') }).end() })).toMatchObject(failing('server.elsewhere', { name: 'localhost', serverWords: at('/jmap') }))
    expect(other.heard).toEqual([])
  })

  it('and nowhere in clear, named by the session or by a redirect', async () => {
    expect(await open({ session: (answer) => void answer.writeHead(301, { location: 'http://127.0.0.1/jmap' }).end() })).toMatchObject(failing('signin.clear-text-refused'))
    expect(await open({ session: sessionOf({ apiUrl: 'http://127.0.0.1/api' }) })).toMatchObject(failing('signin.clear-text-refused'))
  })

  it('that calls, files or news are redirected to', async () => {
    const { other, at } = await stranger()
    const away = (answer: ServerResponse) => void answer.writeHead(307, { location: at('/') }).end()
    const opened = await open({ api: away })
    expect(opened.ok && (await opened.value.list())).toMatchObject(failing('server.protocol', { detail: 'HTTP 307' }))
    expect(await watchJmap(targetOf(await front({ events: away, calls: { 'Email/get': () => ({ error: 'serverFail' }) } })), credentials, () => {})).toMatchObject(failing('server.unavailable'))
    expect(other.heard).toEqual([])
  })

  it('but to one that the account names', async () => {
    const { at } = await stranger()
    const server = await front({ session: sessionOf({ downloadUrl: at('/{blobId}') }) })
    expect(await openJmap(targetOf(server, { http: { sessionUrl: server.sessionUrl, otherHosts: ['localhost'] } }), credentials)).toMatchObject({ ok: true })
    const moved = await front({ session: (answer) => void answer.writeHead(302, { location: at('/jmap') }).end() })
    // Its certificate is judged by itself: what is trusted is trusted of one server.
    expect(await openJmap(targetOf(moved, { http: { sessionUrl: moved.sessionUrl, otherHosts: ['localhost'] } }), credentials)).toMatchObject({ ok: false, failure: { evidence: { host: 'localhost', certificate: {} } } })
  })
})

describe('answers that are none', () => {
  it.each([
    ['rubbish', says(200, '{"methodResponses":[['), 'server.protocol'],
    ['an endless one', endless, 'server.answer-too-long'],
    ['a page of a proxy', says(502, '<html>', 'text/html'), 'server.unavailable'],
    ['a sign-in that is over', says(401, ''), 'signin.rejected'],
    ['too many requests at once', says(400, '{"type":"urn:ietf:params:jmap:error:limit","limit":"maxConcurrentRequests"}'), 'connect.too-many'],
    ['a request it cannot take', says(400, '{"type":"urn:ietf:params:jmap:error:unknownCapability","detail":"No."}'), 'server.refused'],
    ['an error of a method', says(200, '{"methodResponses":[["error",{"type":"serverUnavailable"},"state"]]}'), 'server.unavailable'],
    ['no answer to what was asked', says(200, '{"methodResponses":[]}'), 'server.protocol'],
  ])('%s is told as what it is', async (_, api, code) => {
    const opened = await open({ api })
    expect(opened.ok && (await opened.value.list())).toMatchObject(failing(code))
  })

  it('a list or changes without end are ended', async () => {
    const again = await open({ calls: { 'Email/query': () => ({ ids: Array.from({ length: 500 }, (_, index) => `e${index}`) }) } })
    expect(again.ok && (await again.value.list())).toMatchObject(failing('server.protocol'))
    const changing = await open({ calls: { 'Email/changes': () => ({ newState: 's0', hasMoreChanges: true, created: [], updated: [], destroyed: [] }) } })
    const mark = { uidValidity: 'm1', uidNext: 0, modseq: 's0' }
    expect(changing.ok && (await changing.value.folders?.list(mark, 0))).toMatchObject(failing('server.protocol'))
  })

  it('a state the server has forgotten leads to a look at everything', async () => {
    const opened = await open({
      calls: {
        'Email/changes': () => ({ error: 'cannotCalculateChanges' }),
        'Email/query': () => ({ ids: ['e1'] }),
        'Email/get': () => ({ state: 's9', list: [{ id: 'e1', size: 4, keywords: { $seen: true } }] }),
      },
    })
    const mark = { uidValidity: 'm1', uidNext: 0, modseq: 'long ago' }
    expect(opened.ok && (await opened.value.folders?.list(mark, 1))).toMatchObject({ ok: true, value: { inbox: { numberedAnew: true, mark: { modseq: 's9' }, messages: [{ serverId: 'e1', flags: { seen: true } }] } } })
  })
})

describe('what a server may get wrong', () => {
  const mark = { uidValidity: 'm1', uidNext: 0, modseq: 's0' }

  it('of two accounts in a session the one for mail is fetched, and only that', async () => {
    const mail = { accountCapabilities: { 'urn:ietf:params:jmap:mail': {} } }
    const asked: unknown[] = []
    const opened = await open({
      session: sessionOf({ accounts: { shared: mail, a1: mail, '__proto__': mail }, primaryAccounts: { 'urn:ietf:params:jmap:mail': 'a1' } }),
      calls: { 'Email/query': ({ accountId }) => (asked.push(accountId), { ids: [] }) },
    })
    expect(opened.ok && (await opened.value.list())).toEqual({ ok: true, value: [] })
    expect(asked).toEqual(['a1'])
  })

  it('names that mean something to JavaScript are names like others', async () => {
    const odd = '{"methodResponses":[["Email/get",{"state":"s1","list":[],"__proto__":{"polluted":1}},"state"],["Mailbox/get",{"list":[{"id":"__proto__","name":"constructor","role":"inbox"},{"id":"m2","name":"__proto__","role":"toString","parentId":"__proto__"}]},"mailboxes"],["Email/query",{"ids":["__proto__"]},"page"],["Email/get",{"state":"s1","list":[{"id":"__proto__","size":1,"keywords":{"__proto__":true,"$seen":true},"mailboxIds":{"__proto__":true}}]},"emails"]]}'
    const opened = await open({ api: says(200, odd) })
    const listed = opened.ok && (await opened.value.folders?.list(null, 0))
    expect(listed).toMatchObject({ ok: true, value: { folders: [{ path: 'INBOX', use: 'inbox' }, { path: 'INBOX/__proto__', use: null }], inbox: { messages: [{ serverId: '__proto__', flags: { seen: true } }] } } })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('a message told twice, or not asked for, is one, or none', async () => {
    const email = { id: 'e1', size: 4, keywords: {} }
    const opened = await open({ calls: { 'Email/query': () => ({ ids: ['e1', 'e2', 'e1'] }), 'Email/get': () => ({ state: 's1', list: [email, email, { ...email, id: 'e9' }] }) } })
    expect(opened.ok && (await opened.value.list())).toMatchObject({ ok: true, value: [{ serverId: 'e1' }] })
  })

  it('what was not asked to go is neither taken away nor noted as gone', async () => {
    const asked: unknown[] = []
    const opened = await open({
      calls: {
        'Email/get': () => ({ state: 's1', list: [{ id: 'e1', mailboxIds: { m1: true } }, { id: 'e9', mailboxIds: { m1: true } }], notFound: ['e8'] }),
        'Email/set': (args) => (asked.push(args['destroy']), { destroyed: ['e1', 'e9'] }),
      },
    })
    expect(opened.ok && (await opened.value.folders?.remove('INBOX', ['e1']))).toEqual({ ok: true, value: ['e1'] })
    expect(asked).toEqual([['e1']])
  })

  it('a file whose name is none stops the run, and nothing is asked by that name', async () => {
    const server = await front({ calls: { 'Email/query': () => ({ ids: ['e1'] }), 'Email/get': () => ({ state: 's1', list: [{ id: 'e1', size: 1, blobId: '../../etc/passwd?x=\r\n' }] }) }, file: () => {} })
    const opened = await openJmap(targetOf(server), credentials)
    expect(opened.ok && (await opened.value.list())).toMatchObject({ ok: true })
    expect(opened.ok && (await opened.value.fetch(['e1'], new CollectingReceiver()))).toMatchObject(failing('server.protocol'))
    expect(server.heard.map(({ path }) => path).filter((path) => path.startsWith('/files'))).toEqual([])
  })

  it('changes that never end, each time with another state, lead to a look at everything, and that ends too', async () => {
    let rounds = 0
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `r${rounds}-${index}`)
    const opened = await open({
      calls: {
        'Email/changes': () => ((rounds += 1), { newState: `s${rounds}`, hasMoreChanges: true, created: ids(0), updated: ids(0), destroyed: ids(9000) }),
        'Email/query': () => ({ ids: [] }),
        'Email/get': () => ({ state: 's9', list: [] }),
      },
    })
    expect(opened.ok && (await opened.value.folders?.list(mark, 0))).toMatchObject({ ok: true, value: { inbox: { numberedAnew: true, messages: [] } } })
    expect(rounds).toBe(12)
  })

  it('a session that sends without saying so to the account, or to itself, does not send', async () => {
    const both = 'urn:ietf:params:jmap:submission'
    const core = sessionOf().capabilities
    for (const session of [
      sessionOf({ accounts: { a1: { accountCapabilities: { 'urn:ietf:params:jmap:mail': {}, [both]: {} } } } }),
      sessionOf({ capabilities: { ...core, [both]: {} } }),
      sessionOf({ capabilities: { ...core, [both]: {} }, accounts: { a1: { isReadOnly: true, accountCapabilities: { 'urn:ietf:params:jmap:mail': {}, [both]: {} } } } }),
    ]) {
      const server = await front({ session })
      expect(await openJmapSubmission(targetOf(server), credentials)).toMatchObject(failing('account.cannot-send'))
      expect(server.heard.map(({ body }) => body).join('')).not.toContain(both)
    }
  })
})

describe('files', () => {
  const mailbox = (sizes: Readonly<Record<string, number>>): NonNullable<JmapPlay['calls']> => ({
    'Email/query': () => ({ ids: Object.keys(sizes) }),
    'Email/get': () => ({ state: 's1', list: Object.entries(sizes).map(([id, size]) => ({ id, blobId: `b-${id}`, size })) }),
  })
  const fetch = async (calls: NonNullable<JmapPlay['calls']>, file: NonNullable<JmapPlay['file']>) => {
    const opened = await open({ calls, file })
    if (!opened.ok) throw new Error(opened.failure.code)
    const listed = await opened.value.list()
    const receiver = new CollectingReceiver()
    const outcome = await opened.value.fetch(listed.ok ? listed.value.map(({ serverId }) => serverId) : [], receiver)
    await opened.value.close()
    return { receiver, outcome }
  }

  it('are taken as they come, whatever size they were said to have', async () => {
    const bodies: Record<string, Buffer> = { 'b-long': Buffer.alloc(3_000_000, 'long '), 'b-short': Buffer.from('short'), 'b-none': Buffer.alloc(0) }
    const { receiver, outcome } = await fetch(mailbox({ long: 10, short: 900_000, none: 5 }), (blobId, answer) => void answer.end(bodies[blobId]))
    expect(outcome).toEqual({ ok: true, value: undefined })
    expect(['long', 'short', 'none'].map((id) => receiver.messages.get(id)?.equals(bodies[`b-${id}`] ?? Buffer.alloc(1)))).toEqual([true, true, true])
  })

  it('one that is gone is passed over, and the others come', async () => {
    const { receiver, outcome } = await fetch(mailbox({ one: 3, two: 3 }), (blobId, answer) => void (blobId === 'b-one' ? answer.writeHead(404).end() : answer.end('two')))
    expect([outcome.ok, receiver.failures.get('one')?.code, String(receiver.messages.get('two'))]).toEqual([true, 'message.gone', 'two'])
  })

  it('one that breaks off ends the run, and is not taken for whole', async () => {
    const { receiver, outcome } = await fetch(mailbox({ one: 700_000 }), (_, answer) => {
      answer.writeHead(200, { 'content-length': '700000' }).write('x'.repeat(600_000), () => answer.destroy())
    })
    expect(outcome).toMatchObject(failing('connect.lost'))
    expect(receiver.order).toEqual([])
  })

  it('in another coding, or by way of another server, are not taken', async () => {
    const { other, at } = await stranger()
    expect((await fetch(mailbox({ one: 3 }), (_, answer) => void answer.writeHead(200, { 'content-encoding': 'gzip' }).end('x'))).outcome).toMatchObject(failing('server.protocol'))
    expect((await fetch(mailbox({ one: 3 }), (_, answer) => void answer.writeHead(302, { location: at('/') }).end())).outcome.ok).toBe(false)
    expect(other.heard).toEqual([])
  })
})
