import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import type { ServerTarget } from '../../../electron/protocols/net/server-target.ts'
import { CollectingReceiver } from '../../fakes/collecting-receiver.ts'
import { answering } from '../../fakes/pop3-answers.ts'
import { scriptedServer } from '../../fakes/scripted-server.ts'
import type { Conversation, ScriptedServer } from '../../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function targetOf(converse: (conversation: Conversation) => Promise<void>, changes: Partial<ServerTarget> = {}): Promise<ServerTarget> {
  const server = await scriptedServer(converse)
  open.push(server)
  return { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal, ...changes }
}

const credentials = { userName: 'anna', secret: 'geheim-1234', method: 'password' } as const

const two = { LIST: '+OK\r\n1 100\r\n2 200\r\n.\r\n', UIDL: '+OK\r\n1 aaa\r\n2 bbb\r\n.\r\n' }

async function fetchAll(target: ServerTarget) {
  const inbox = await openInbox('pop3', target, credentials)
  if (!inbox.ok) throw new Error(inbox.failure.code)
  const listed = await inbox.value.list()
  const receiver = new CollectingReceiver()
  const outcome = listed.ok ? await inbox.value.fetch(listed.value.map(({ serverId }) => serverId), receiver) : listed
  await inbox.value.close()
  return { outcome, receiver, listed }
}

describe('messages', () => {
  it.each([1, 2, 3, 5, 7])('arrive whole in segments of %i bytes', async (size) => {
    const bytes = Buffer.from('+OK\r\nSubject: dots\r\n\r\n..one\r\n...two\r\n\r\nend\r\n.\r\n', 'latin1')
    const { outcome, receiver } = await fetchAll(await targetOf(answering({ ...two, RETR: (_, conversation) => conversation.saysInPieces(bytes, [size, 1 + (size % 3)]) })))
    expect(outcome.ok).toBe(true)
    expect([...receiver.messages.values()].map(String)).toEqual(Array(2).fill('Subject: dots\r\n\r\n.one\r\n..two\r\n\r\nend\r\n'))
  })

  it('are not asked for ahead where the server does not announce PIPELINING', async () => {
    let unanswered = 0
    let most = 0
    const slowly = async (_: string, conversation: Conversation) => {
      unanswered += 1
      most = Math.max(most, unanswered)
      await conversation.says('+OK\r\na\r\n')
      await conversation.says('.\r\n')
      unanswered -= 1
    }
    const heard: string[] = []
    const { outcome } = await fetchAll(await targetOf(answering({ ...two, RETR: slowly }, heard)))
    expect(outcome.ok).toBe(true)
    expect(most).toBe(1)
    expect(heard.filter((line) => line.startsWith('RETR'))).toEqual(['RETR 1', 'RETR 2'])
  })

  it('that break off in the middle end the fetch as a failure, and are not handed over as whole', async () => {
    const { outcome, receiver } = await fetchAll(await targetOf(answering({
      ...two, 'RETR 1': '+OK\r\nwhole\r\n.\r\n', RETR: async (_, conversation) => {
        await conversation.says('+OK\r\nhalf a mess')
        conversation.hangUp()
      },
    })))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'connect.lost' } })
    expect([...receiver.messages.keys()]).toEqual(['aaa'])
    expect(receiver.begun).toEqual(['aaa', 'bbb'])
    expect(receiver.failures.size).toBe(0)
  })

  it('that stop coming end the fetch after the time limit', async () => {
    const { outcome } = await fetchAll(await targetOf(answering({ ...two, RETR: '+OK\r\nhalf a mess' }), { timeoutSeconds: 0.2 }))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'connect.timeout', evidence: { seconds: 0.2 } } })
  })

  it('the server refuses are reported, and the others come', async () => {
    const { outcome, receiver } = await fetchAll(await targetOf(answering({ ...two, 'RETR 1': '-ERR [SYS/TEMP] locked\r\n', RETR: '+OK\r\nb\r\n.\r\n' })))
    expect(outcome.ok).toBe(true)
    expect(receiver.failures.get('aaa')?.code).toBe('server.unavailable')
    expect(receiver.messages.get('bbb')?.toString()).toBe('b\r\n')
  })

  it('are removed only in the server\'s last word: without +OK to QUIT none counts as removed', async () => {
    for (const [QUIT, expected] of [['+OK\r\n', { ok: true, value: ['aaa'] }], ['-ERR [SYS/TEMP] not removed\r\n', { ok: false, failure: { code: 'server.unavailable' } }]] as const) {
      const inbox = await openInbox('pop3', await targetOf(answering({ ...two, 'DELE 1': '+OK\r\n', DELE: '-ERR no\r\n', QUIT })), credentials)
      expect(inbox.ok && (await inbox.value.removeAndClose(['aaa', 'bbb', 'ccc']))).toMatchObject(expected)
    }
  })
})

describe('message ids', () => {
  it('two messages with one UIDL are told apart by what is in them, and removed each by itself', async () => {
    const heard: string[] = []
    const server = { LIST: '+OK\r\n1 10\r\n2 10\r\n3 10\r\n.\r\n', UIDL: '+OK\r\n1 same\r\n2 same\r\n3 own\r\n.\r\n', 'TOP 1 0': '+OK\r\nA: 1\r\n\r\n.\r\n', 'TOP 2 0': '+OK\r\nA: 2\r\n\r\n.\r\n', DELE: '+OK\r\n' }
    const inbox = await openInbox('pop3', await targetOf(answering(server, heard)), credentials)
    if (!inbox.ok) throw new Error(inbox.failure.code)
    const listed = await inbox.value.list()
    const ids = listed.ok ? listed.value.map(({ serverId }) => serverId) : []
    expect(ids).toEqual([expect.stringMatching(/^same\/[\da-f]{40}$/), expect.stringMatching(/^same\/[\da-f]{40}$/), 'own'])
    expect(ids[0]).not.toBe(ids[1])
    await inbox.value.removeAndClose([ids[1] ?? ''])
    expect(heard.filter((line) => line.startsWith('DELE'))).toEqual(['DELE 2'])
  })

  it('a server without UIDL is read by what its messages begin with', async () => {
    const server = { LIST: '+OK\r\n1 10\r\n2 20\r\n.\r\n', UIDL: '-ERR what?\r\n', TOP: '+OK\r\nA: same\r\n\r\n.\r\n' }
    const inbox = await openInbox('pop3', await targetOf(answering(server)), credentials)
    const listed = inbox.ok ? await inbox.value.list() : inbox
    expect(listed).toMatchObject({ ok: true, value: [{ serverId: expect.stringMatching(/^TOP\//), size: 10 }, { serverId: expect.stringMatching(/^TOP\//), size: 20 }] })
  })

  it('a server with neither UIDL nor TOP is refused rather than fetched again and again', async () => {
    const inbox = await openInbox('pop3', await targetOf(answering({ LIST: '+OK\r\n1 10\r\n.\r\n', UIDL: '-ERR\r\n', TOP: '-ERR\r\n' })), credentials)
    expect(inbox.ok && (await inbox.value.list())).toMatchObject({ ok: false, failure: { code: 'server.protocol' } })
  })
})

describe('opening', () => {
  const opened = async (converse: (conversation: Conversation) => Promise<void>, changes: Partial<ServerTarget> = {}) => openInbox('pop3', await targetOf(converse, changes), credentials)

  it('APOP is used where the greeting offers it, and the password stays here', async () => {
    const heard: string[] = []
    // RFC 1939 section 7 with our password.
    const stamp = '<1896.697170952@dbc.mtview.ca.us>'
    const inbox = await opened(answering({ greeting: `+OK POP3 server ready ${stamp}\r\n`, APOP: '+OK maildrop has 0 messages\r\n' }, heard))
    expect(inbox.ok).toBe(true)
    expect(heard[1]).toBe(`APOP anna ${createHash('md5').update(`${stamp}geheim-1234`).digest('hex')}`)
    expect(heard.join()).not.toContain('geheim-1234')
  })

  it('bytes between the answer to STLS and the handshake are refused', async () => {
    const inbox = await opened(answering({ STLS: '+OK begin\r\n+OK injected\r\n' }), { security: 'starttls' })
    expect(inbox).toMatchObject({ ok: false, failure: { code: 'tls.injected-data' } })
  })

  it('a server that refuses STLS hears neither name nor password', async () => {
    const heard: string[] = []
    expect(await opened(answering({ STLS: '-ERR no\r\n' }, heard), { security: 'starttls' })).toMatchObject({ ok: false, failure: { code: 'tls.not-offered' } })
    expect(heard).toEqual(['STLS'])
  })

  it.each([
    ['-ERR [IN-USE] locked by another session', 'mailbox.in-use'], ['-ERR [AUTH] no', 'signin.rejected'], ['-ERR [SYS/TEMP] later', 'signin.unavailable'], ['-ERR [LOGIN-DELAY] wait', 'policy.too-fast'],
    ['-ERR [AUTH] Application-specific password required: https://support.google.com/accounts/answer/185833', 'signin.app-password-needed'], ['-ERR whatever geheim-1234', 'signin.rejected'],
  ])('%s to PASS is %s', async (reply, code) => {
    const inbox = await opened(answering({ PASS: `${reply}\r\n` }))
    expect(inbox).toMatchObject({ ok: false, failure: { code, evidence: { serverWords: expect.any(String) } } })
    expect(JSON.stringify(inbox)).not.toContain('geheim-1234')
  })

  it('a greeting that never comes, never ends, or is none, ends the attempt', async () => {
    expect(await opened(async () => {}, { timeoutSeconds: 0.2 })).toMatchObject({ ok: false, failure: { code: 'connect.timeout' } })
    expect(await opened(async ({ says }) => says('x'.repeat(20_000)))).toMatchObject({ ok: false, failure: { code: 'server.answer-too-long' } })
    expect(await opened(async ({ says }) => says('220 smtp.example ESMTP\r\n'))).toMatchObject({ ok: false, failure: { code: 'server.protocol', evidence: { serverWords: '220 smtp.example ESMTP' } } })
    expect(await opened(async ({ hangUp }) => hangUp())).toMatchObject({ ok: false, failure: { code: 'connect.lost' } })
  })

  it('a greeting that trickles in for ever ends the attempt', async () => {
    const endless = async ({ says }: Conversation) => {
      for (;;) {
        await says('+')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    expect(await opened(endless, { timeoutSeconds: 0.2 })).toMatchObject({ ok: false, failure: { code: 'connect.timeout' } })
  })

  it('a cancel ends every wait at once', async () => {
    const cancel = new AbortController()
    const attempt = opened(async () => cancel.abort(), { signal: cancel.signal, timeoutSeconds: 600 })
    expect(await attempt).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
  })
})
