import { afterEach, describe, expect, it } from 'vitest'
import { batches } from '../../../electron/protocols/imap/imap-fetch.ts'
import type { MessageReceiver } from '../../../electron/protocols/net/server-target.ts'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import { done } from '../../../shared/failures/failure.ts'
import { CollectingReceiver } from '../../fakes/collecting-receiver.ts'
import { answeringImap, sourceOf } from '../../fakes/imap-answers.ts'
import type { ImapAnswers } from '../../fakes/imap-answers.ts'
import { scriptedServer } from '../../fakes/scripted-server.ts'
import type { Conversation, ScriptedServer } from '../../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const credentials = { userName: 'anna', secret: 'geheim-1234', method: 'password' } as const

async function inboxThat(answers: ImapAnswers, heard: string[] = [], host = '127.0.0.1') {
  const server = await scriptedServer(answeringImap(answers, heard))
  open.push(server)
  const inbox = await openInbox('imap', { host, lookUp: () => Promise.resolve(done(['127.0.0.1'])), port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal }, credentials)
  if (!inbox.ok) throw new Error(JSON.stringify(inbox.failure))
  return inbox.value
}

describe('who is there', () => {
  const withId: ImapAnswers = { CAPABILITY: '* CAPABILITY IMAP4rev1 ID\r\nOK' }

  it('is told NetEase, which opens no mailbox otherwise, before any is opened', async () => {
    const heard: string[] = []
    await inboxThat(withId, heard, 'imap.163.com')
    expect(heard.at(-1)).toMatch(/^ID \("name" "Mailroom"/)
  })

  it.each<[string, ImapAnswers]>([['mail.example.nl', withId], ['imap.not163.com', withId], ['imap.163.com', { CAPABILITY: '* CAPABILITY IMAP4rev1\r\nOK' }]])('is nobody else’s business: %s', async (host, answers) => {
    const heard: string[] = []
    await inboxThat(answers, heard, host)
    expect(heard.filter((command) => command.startsWith('ID'))).toEqual([])
  })
})

describe('fetching', () => {
  it('messages are handed over as they come, whatever order the server answers in', async () => {
    const inbox = await inboxThat({ 'UID FETCH': `${sourceOf(3, 'three')}${sourceOf(1, 'one')}${sourceOf(2, 'two')}OK` })
    const receiver = new CollectingReceiver()
    expect(await inbox.fetch(['7:1', '7:2', '7:3'], receiver)).toMatchObject({ ok: true })
    expect([...receiver.messages].map(([id, bytes]) => [id, String(bytes)])).toEqual([['7:3', 'three'], ['7:1', 'one'], ['7:2', 'two']])
  })

  it('news of flags in between is not taken for a message, nor for its absence', async () => {
    const inbox = await inboxThat({ 'UID FETCH': `* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n${sourceOf(1, 'one')}* 1 FETCH (UID 1 FLAGS ())\r\n${sourceOf(2, 'two')}OK` })
    const receiver = new CollectingReceiver()
    await inbox.fetch(['7:1', '7:2'], receiver)
    expect([...receiver.messages.values()].map(String)).toEqual(['one', 'two'])
    expect(receiver.failures.size).toBe(0)
  })

  it('a message that the server does not send is reported, and those after it still come', async () => {
    const inbox = await inboxThat({ 'UID FETCH': `${sourceOf(1, 'one')}${sourceOf(3, 'three')}OK` })
    const receiver = new CollectingReceiver()
    await inbox.fetch(['7:1', '7:2', '7:3'], receiver)
    expect(receiver.order).toEqual(['7:1', '7:3', '7:2'])
    expect(receiver.failures.get('7:2')?.code).toBe('message.gone')
  })

  it('one message that the server can not read does not keep the others from coming', async () => {
    const inbox = await inboxThat({ 'UID FETCH 1:3 ': 'NO [SERVERBUG] broken', 'UID FETCH 1 ': `${sourceOf(1, 'one')}OK`, 'UID FETCH 2 ': 'NO [SERVERBUG] broken', 'UID FETCH 3 ': `${sourceOf(3, 'three')}OK` })
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

describe('sizes', () => {
  const megabyte = 1024 * 1024
  /** Says so many bytes of a message, without ever having them all. */
  const saysMessage = async ({ says }: Conversation, bytes: number) => {
    const block = Buffer.alloc(megabyte, 'a line of 16 byt')
    for (let left = bytes; left > 0; left -= block.length) await says(block.subarray(0, left))
  }
  const counting = () => {
    const bytes = new Map<string, number>()
    const ends: [string, string | number][] = []
    const receiver: MessageReceiver = {
      begin: (serverId) => ({ write: (piece) => void bytes.set(serverId, (bytes.get(serverId) ?? 0) + piece.length) }),
      end: (serverId, outcome) => void ends.push([serverId, outcome.ok ? outcome.value.bytes : outcome.failure.code]),
    }
    return { receiver, bytes, ends }
  }

  it('a message of 80 MB that was said to have 10 bytes comes whole, and is never whole in memory', async () => {
    const size = 80 * megabyte
    const inbox = await inboxThat({
      'UID FETCH 1:2 ': async (tag, _, conversation) => {
        await conversation.says(`* 1 FETCH (UID 1 BODY[] {${size}}\r\n`)
        await saysMessage(conversation, size)
        await conversation.says(`)\r\n${sourceOf(2, 'two')}${tag} OK\r\n`)
      },
    })
    const { receiver, bytes, ends } = counting()
    await inbox.list()
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const watching: MessageReceiver = { ...receiver, begin: async (id, announced) => {
      const sink = await receiver.begin(id, announced)
      return { write: (piece) => {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before)
        return sink.write(piece)
      } }
    } }
    expect(await inbox.fetch(['7:1', '7:2'], watching)).toMatchObject({ ok: true })
    expect(ends).toEqual([['7:1', size], ['7:2', 3]])
    expect(bytes.get('7:1')).toBe(size)
    // The server, in this same process, has a megabyte or two of its own.
    expect(most).toBeLessThan(size / 4)
  })

  it.each(['{4294967295}', '{9999999999}', '{99999999999}'])('a message that begins with %s is not waited for', async (literal) => {
    const inbox = await inboxThat({ 'UID FETCH 1 ': async (_tag, _command, { says }) => says(`* 1 FETCH (UID 1 BODY[] ${literal}\r\nsome text`) })
    const { receiver, ends } = counting()
    expect(await inbox.fetch(['7:1'], receiver)).toMatchObject({ ok: false, failure: { code: expect.stringMatching(/^server\.(answer-too-long|protocol)$/) } })
    expect(ends).toEqual([])
  })

  it('a message whose number comes after it is taken too, and a large one in parts', async () => {
    const large = 17 * megabyte
    const part = 2 * megabyte
    const inbox = await inboxThat({
      'UID FETCH 1:3 ': async (tag, _, conversation) => {
        await conversation.says('* 1 FETCH (BODY[] {3}\r\none UID 1)\r\n')
        await conversation.says(`* 2 FETCH (BODY[] {${large}}\r\n`)
        await saysMessage(conversation, large)
        await conversation.says(` UID 2)\r\n${sourceOf(3, 'three')}${tag} OK\r\n`)
      },
      'UID FETCH 2 (UID BODY.PEEK[]<': async (tag, command, conversation) => {
        const start = Number(/<(\d+)\./.exec(command)?.[1])
        const length = Math.min(part, large - start)
        await conversation.says(`* 2 FETCH (UID 2 BODY[]<${start}> {${length}}\r\n`)
        await saysMessage(conversation, length)
        await conversation.says(`)\r\n${tag} OK\r\n`)
      },
    })
    const { receiver, bytes, ends } = counting()
    expect(await inbox.fetch(['7:1', '7:2', '7:3'], receiver)).toMatchObject({ ok: true })
    expect(ends).toEqual([['7:1', 3], ['7:3', 5], ['7:2', large]])
    expect(bytes.get('7:2')).toBe(large)
  })

  /** An inbox with one message, said to have 5 MB. */
  const largeInbox = (answers: ImapAnswers) => inboxThat({ 'UID FETCH 1:* (UID FLAGS': '* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 5000000)\r\nOK', ...answers })

  it('a server that sends all where a part was asked for is taken at that', async () => {
    const whole = 5 * megabyte
    for (const item of ['BODY[]', 'BODY[]<0>']) {
      const inbox = await largeInbox({ 'UID FETCH 1 (UID BODY.PEEK[]<': async (tag, _, conversation) => {
        await conversation.says(`* 1 FETCH (UID 1 ${item} {${whole}}\r\n`)
        await saysMessage(conversation, whole)
        await conversation.says(`)\r\n${tag} OK\r\n`)
      } })
      const { receiver, bytes, ends } = counting()
      expect(await inbox.fetch(['7:1'], receiver)).toMatchObject({ ok: true })
      expect([ends, bytes.get('7:1')]).toEqual([[['7:1', whole]], whole])
    }
  })

  it.each([['nothing', 'OK'], ['NIL', '* 1 FETCH (UID 1 BODY[]<0> NIL)\r\nOK'], ['a refusal', 'NO [SERVERBUG]'], ['another part', '* 1 FETCH (UID 1 BODY[]<7> "x")\r\nOK']])('%s where a part was asked for is no message', async (_what, answer) => {
    const inbox = await largeInbox({ 'UID FETCH 1 (UID BODY.PEEK[]<': answer })
    const { receiver, ends } = counting()
    expect(await inbox.fetch(['7:1'], receiver)).toMatchObject({ ok: true })
    expect(ends).toEqual([['7:1', 'message.gone']])
  })

  it('bodies that nobody asked for are let go of, and a server that sends nothing else is left', async () => {
    const inbox = await inboxThat({ 'UID FETCH 1 ': async (_tag, _command, { says, socket }) => {
      await says(sourceOf(1, 'one'))
      while (!socket.destroyed) await says(sourceOf(2, 'x'.repeat(megabyte)))
    } })
    const { receiver, bytes, ends } = counting()
    expect(await inbox.fetch(['7:1'], receiver)).toMatchObject({ ok: false, failure: { code: 'server.answer-too-long' } })
    expect(ends).toEqual([['7:1', 3]])
    expect([...bytes.keys()]).toEqual(['7:1'])
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
  expect([...batches(messages(Array(1100).fill(10)))].map(({ length }) => length)).toEqual([500, 500, 100])
  expect([...batches(messages(Array(20).fill(2_000_000)))].map(({ length }) => length)).toEqual([8, 8, 4])
  expect([...batches(messages([10, 5_000_000, 10, 10]))].map(({ length }) => length)).toEqual([1, 1, 2])
  expect([...batches([])]).toEqual([])
})
