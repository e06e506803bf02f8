import { afterEach, describe, expect, it } from 'vitest'
import { batches } from '../../../electron/protocols/imap/imap-fetch.ts'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import { CollectingReceiver } from '../../fakes/collecting-receiver.ts'
import { scriptedServer } from '../../fakes/scripted-server.ts'
import type { ScriptedServer } from '../../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const credentials = { userName: 'anna', secret: 'geheim-1234', method: 'password' } as const
const source = (uid: number, text: string) => `* ${uid} FETCH (UID ${uid} BODY[] {${text.length}}\r\n${text})\r\n`

/** An inbox of three messages (UIDs 1 to 3, UIDVALIDITY 7); `answers` by the beginning of the command, the tag left out. */
async function inboxThat(answers: Readonly<Record<string, string>>, heard: string[] = []) {
  const usual: Readonly<Record<string, string>> = {
    CAPABILITY: '* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nOK',
    SELECT: '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n* FLAGS (\\Seen)\r\nOK [READ-WRITE]',
    'UID FETCH 1:* (UID FLAGS': [1, 2, 3].map((uid) => `* ${uid} FETCH (UID ${uid} FLAGS () RFC822.SIZE 10)\r\n`).join('') + 'OK',
  }
  const all = Object.entries({ ...usual, ...answers })
  const server = await scriptedServer(async ({ says, hears }) => {
    await says('* OK hi\r\n')
    for (let line = await hears(); line !== null; line = await hears()) {
      const [tag = '', ...words] = line.split(' ')
      const command = words.join(' ')
      heard.push(command)
      const answer = all.find(([beginning]) => command.startsWith(beginning))?.[1] ?? 'OK'
      const at = answer.lastIndexOf('\r\n') + (answer.includes('\r\n') ? 2 : 0)
      await says(`${answer.slice(0, Math.max(at, 0))}${tag} ${answer.slice(Math.max(at, 0))} done\r\n`)
    }
  })
  open.push(server)
  const inbox = await openInbox('imap', { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal }, credentials)
  if (!inbox.ok) throw new Error(JSON.stringify(inbox.failure))
  return inbox.value
}

describe('fetching', () => {
  it('messages are handed over in the order asked for, whatever order the server answers in', async () => {
    const inbox = await inboxThat({ 'UID FETCH': `${source(3, 'three')}${source(1, 'one')}${source(2, 'two')}OK` })
    const receiver = new CollectingReceiver()
    expect(await inbox.fetch(['7:1', '7:2', '7:3'], receiver)).toMatchObject({ ok: true })
    expect([...receiver.messages].map(([id, bytes]) => [id, String(bytes)])).toEqual([['7:1', 'one'], ['7:2', 'two'], ['7:3', 'three']])
  })

  it('news of flags in between is not taken for a message, nor for its absence', async () => {
    const inbox = await inboxThat({ 'UID FETCH': `* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n${source(1, 'one')}* 1 FETCH (UID 1 FLAGS ())\r\n${source(2, 'two')}OK` })
    const receiver = new CollectingReceiver()
    await inbox.fetch(['7:1', '7:2'], receiver)
    expect([...receiver.messages.values()].map(String)).toEqual(['one', 'two'])
    expect(receiver.failures.size).toBe(0)
  })

  it('a message that the server does not send is reported, and those after it still come', async () => {
    const inbox = await inboxThat({ 'UID FETCH': `${source(1, 'one')}${source(3, 'three')}OK` })
    const receiver = new CollectingReceiver()
    await inbox.fetch(['7:1', '7:2', '7:3'], receiver)
    expect(receiver.order).toEqual(['7:1', '7:2', '7:3'])
    expect(receiver.failures.get('7:2')?.code).toBe('message.gone')
  })

  it('one message that the server can not read does not keep the others from coming', async () => {
    const inbox = await inboxThat({ 'UID FETCH 1:3 ': 'NO [SERVERBUG] broken', 'UID FETCH 1 ': `${source(1, 'one')}OK`, 'UID FETCH 2 ': 'NO [SERVERBUG] broken', 'UID FETCH 3 ': `${source(3, 'three')}OK` })
    const receiver = new CollectingReceiver()
    expect(await inbox.fetch(['7:1', '7:2', '7:3'], receiver)).toMatchObject({ ok: true })
    expect([...receiver.messages.keys()]).toEqual(['7:1', '7:3'])
    expect([...receiver.failures.keys()]).toEqual(['7:2'])
  })

  it('an id from before the mailbox was numbered anew is gone, and is not asked for under its old number', async () => {
    const heard: string[] = []
    const inbox = await inboxThat({}, heard)
    const receiver = new CollectingReceiver()
    await inbox.fetch(['6:1'], receiver)
    expect(receiver.failures.get('6:1')?.code).toBe('message.gone')
    expect(heard.some((command) => command.includes('BODY'))).toBe(false)
  })
})

describe('removing', () => {
  it('without UIDPLUS nothing is expunged while somebody else\'s removals are pending', async () => {
    const heard: string[] = []
    const inbox = await inboxThat({ 'UID SEARCH': '* SEARCH 2 3\r\nOK' }, heard)
    expect(await inbox.removeAndClose(['7:1'])).toMatchObject({ ok: false, failure: { code: 'server.refused' } })
    expect(heard.some((command) => /EXPUNGE|STORE/.test(command))).toBe(false)
  })

  it('without UIDPLUS what is ours alone is expunged', async () => {
    const heard: string[] = []
    const inbox = await inboxThat({ 'UID SEARCH': '* SEARCH\r\nOK' }, heard)
    expect(await inbox.removeAndClose(['7:1', '6:2'])).toEqual({ ok: true, value: ['7:1'] })
    expect(heard).toEqual(expect.arrayContaining([expect.stringMatching(/^UID STORE 1 \+FLAGS/), 'EXPUNGE']))
  })

  it('a removal that the server refuses does not count as one', async () => {
    const inbox = await inboxThat({ 'UID SEARCH': '* SEARCH\r\nOK', EXPUNGE: 'NO [NOPERM] no' })
    expect(await inbox.removeAndClose(['7:1'])).toMatchObject({ ok: false })
  })
})

it('batches are bounded by count and by bytes, and a large message is one by itself', () => {
  const messages = (sizes: readonly number[]) => sizes.map((size, index) => ({ serverId: `1:${index}`, uid: index, size }))
  expect(batches(messages(Array(1100).fill(10))).map(({ length }) => length)).toEqual([500, 500, 100])
  expect(batches(messages(Array(20).fill(2_000_000))).map(({ length }) => length)).toEqual([8, 8, 4])
  expect(batches(messages([10, 5_000_000, 10, 10])).map(({ length }) => length)).toEqual([1, 1, 2])
  expect(batches([])).toEqual([])
})
