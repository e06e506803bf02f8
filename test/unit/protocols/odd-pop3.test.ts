import { afterEach, describe, expect, it } from 'vitest'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import { CollectingReceiver } from '../../fakes/collecting-receiver.ts'
import { answering, lines } from '../../fakes/pop3-answers.ts'
import type { Pop3Answers } from '../../fakes/pop3-answers.ts'
import { scriptedServer } from '../../fakes/scripted-server.ts'
import type { Conversation, ScriptedServer } from '../../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function inboxOf(answers: Pop3Answers, heard: string[] = [], userName = 'anna') {
  const server = await scriptedServer(answering(answers, heard))
  open.push(server)
  const target = { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal } as const
  const inbox = await openInbox('pop3', target, { userName, secret: 'geheim-1234', method: 'password' })
  if (!inbox.ok) throw new Error(inbox.failure.code)
  return inbox.value
}

async function fetchAll(answers: Pop3Answers) {
  const inbox = await inboxOf(answers)
  const listed = await inbox.list()
  const receiver = new CollectingReceiver()
  const outcome = listed.ok ? await inbox.fetch(listed.value.map(({ serverId }) => serverId), receiver) : listed
  const advice = inbox.advice()
  await inbox.hangUp()
  return { listed, outcome, advice, messages: [...receiver.messages].map(([id, bytes]) => [id, String(bytes)]) }
}

const two = { LIST: lines('1 3', '2 3'), UIDL: lines('1 aaa', '2 bbb'), 'RETR 1': lines('1'), 'RETR 2': lines('2') }

describe('lists', () => {
  it('a message that stands only in UIDL, or only in LIST, is fetched all the same', async () => {
    const { messages, advice } = await fetchAll({ ...two, LIST: lines('1 3', '3 3'), UIDL: lines('1 aaa', '2 bbb'), 'TOP 3 0': lines('A: 3', ''), 'RETR 3': lines('3') })
    expect(messages).toEqual([['aaa', '1\r\n'], ['bbb', '2\r\n'], [expect.stringMatching(/^TOP\/[\da-f]{40}$/), '3\r\n']])
    expect(advice).toEqual([{ kind: 'unclear-message-ids', count: 1 }, { kind: 'wrong-sizes', count: 1 }])
  })

  it('a UIDL that can not be one, or a number with two of them, is replaced by what the message begins with', async () => {
    const { messages } = await fetchAll({ ...two, UIDL: lines(`1 ${'x'.repeat(300)}`, '2 bbb', '2 ccc'), 'TOP 1 0': lines('A: 1', ''), 'TOP 2 0': lines('A: 2', '') })
    expect(messages).toEqual([[expect.stringMatching(/^TOP\//), '1\r\n'], [expect.stringMatching(/^TOP\//), '2\r\n']])
  })

  it.each([{ LIST: lines('1 3', 'nothing here') }, { UIDL: lines('aaa 1') }, { LIST: lines('-1 3') }])('a list that is none ends the run: it is not taken for an empty one', async (broken) => {
    const { listed } = await fetchAll({ ...two, ...broken })
    expect(listed).toMatchObject({ ok: false, failure: { code: 'server.protocol', evidence: { serverWords: expect.any(String) } } })
  })

  it('LIST and UIDL travel together where the server takes commands ahead, and so do its TOPs', async () => {
    // Each pair is answered only when the second of it was heard.
    const both = (answers: string) => async (_: string, { hears, says }: Conversation) => {
      heard.push((await hears()) ?? '')
      await says(answers)
    }
    const heard: string[] = []
    const top = lines('A: same', '')
    const inbox = await inboxOf({ CAPA: lines('PIPELINING', 'USER'), LIST: both(`${lines('1 3', '2 3')}-ERR\r\n`), 'TOP 1 0': both(top + top) }, heard)
    expect(await inbox.list()).toMatchObject({ ok: true, value: [{ size: 3 }] })
    expect(heard).toEqual(['CAPA', 'USER anna', 'PASS geheim-1234', 'LIST', 'UIDL', 'TOP 1 0', 'TOP 2 0'])
    expect(inbox.advice()).toEqual([{ kind: 'no-message-ids' }])
  })

  it('a number that only LIST knows is no message', async () => {
    const { messages } = await fetchAll({ ...two, LIST: lines('1 3', '2 3', '9 3'), TOP: '-ERR no such message\r\n' })
    expect(messages.map(([id]) => id)).toEqual(['aaa', 'bbb'])
  })

  it('a temporary refusal of TOP is passed on as one', async () => {
    const { listed } = await fetchAll({ LIST: lines('1 3'), UIDL: '-ERR\r\n', TOP: '-ERR [SYS/TEMP/DISK] later\r\n' })
    expect(listed).toMatchObject({ ok: false, failure: { code: 'server.unavailable' } })
  })
})

describe('what is said about a server', () => {
  it('nothing where there is nothing to say', async () => {
    expect((await fetchAll(two)).advice).toEqual([])
  })

  it('sizes that are not the messages\' own', async () => {
    const { outcome, advice, messages } = await fetchAll({ ...two, LIST: lines('1 99999', '2 0') })
    expect(outcome.ok).toBe(true)
    expect(messages.map(([, text]) => text)).toEqual(['1\r\n', '2\r\n'])
    expect(advice).toEqual([{ kind: 'wrong-sizes', count: 2 }])
  })

  it.each([
    ['EXPIRE 0', [{ kind: 'expires', days: 0 }]], ['EXPIRE 60', [{ kind: 'expires', days: 60 }]], ['EXPIRE NEVER', []], ['EXPIRE', []],
    ['LOGIN-DELAY 900', [{ kind: 'login-delay', seconds: 900 }]], ['LOGIN-DELAY 0', []],
  ])('that it announces %s', async (line, advice) => {
    expect((await inboxOf({ CAPA: lines('PIPELINING', 'USER', line) })).advice()).toEqual(advice)
  })

  it('is asked again after sign-in where it depends on the user', async () => {
    const capabilities = [lines('PIPELINING', 'USER', 'EXPIRE 30 USER'), lines('PIPELINING', 'USER', 'EXPIRE NEVER')]
    const inbox = await inboxOf({ CAPA: (_, { says }) => says(capabilities.shift() ?? '') })
    expect(inbox.advice()).toEqual([])
  })

  it('a server that takes commands ahead only from those who signed in is asked again for that', async () => {
    const heard: string[] = []
    const capabilities = [lines('USER'), lines('USER', 'PIPELINING')]
    const inbox = await inboxOf({ ...two, CAPA: (_, { says }) => says(capabilities.shift() ?? '') }, heard)
    await inbox.fetch(['aaa', 'bbb'], new CollectingReceiver())
    expect(heard).toEqual(['CAPA', 'USER anna', 'PASS geheim-1234', 'CAPA', 'LIST', 'UIDL', 'RETR 1', 'RETR 2'])
  })
})

describe('a message that begins with a dot', () => {
  const usual = { LIST: lines('1 %', '2 3'), UIDL: lines('1 aaa', '2 bbb'), 'RETR 2': lines('2'), NOOP: '+OK\r\n' }
  /** Message 1 as it comes, dots and all, and the size it was said to have; with and without commands ahead of answers. */
  const fetched = async (wire: string, size: number) => {
    const server = { ...usual, LIST: usual.LIST.replace('%', String(size)), 'RETR 1': `+OK\r\n${wire}.\r\n` }
    const [oneByOne, ahead] = [await fetchAll(server), await fetchAll({ ...server, CAPA: lines('PIPELINING', 'USER') })]
    expect([oneByOne.outcome, ahead.outcome]).toMatchObject([{ ok: true }, { ok: true }])
    expect(new Map(oneByOne.messages as [string, string][])).toEqual(new Map(ahead.messages as [string, string][]))
    return new Map(ahead.messages as [string, string][])
  }

  it.each([
    ['doubled, as it should be', '..x\r\n', '.x\r\n', 4], ['doubled, and nothing is known of its size', '..x\r\n', '.x\r\n', 0], ['doubled, and its size is a lie', '..x\r\n', '.x\r\n', 999],
    ['not doubled', '.x\r\n', '.x\r\n', 4], ['not doubled, and its size is a lie', '.x\r\n', '.x\r\n', 999], ['two of them, not doubled', '..x\r\n', '..x\r\n', 5], ['two of them, not doubled, without a last line end', '..x\r\n', '..x\r\n', 3],
    ['a line of its own, doubled', '..\r\nx\r\n', '.\r\nx\r\n', 6], ['a line of its own, not doubled', '.\r\nx\r\n', '.\r\nx\r\n', 6], ['a line of its own, not doubled, and the only one', '.\r\n', '.\r\n', 3],
    ['none: it is empty', '', '', 0], ['none: it is empty, and its size is a lie', '', '', 500],
  ])('is read right whether that dot is %s', async (_how, wire, content, size) => {
    expect(await fetched(wire, size)).toEqual(new Map([['aaa', content], ['bbb', '2\r\n']]))
  })

  it('is known again by its beginning, where there is nothing else to know it by', async () => {
    const heard: string[] = []
    const inbox = await inboxOf({ LIST: lines('1 9', '2 3'), UIDL: '-ERR\r\n', 'TOP 1 0': '+OK\r\n.\r\nA: 1\r\n\r\n.\r\n', 'TOP 2 0': lines('A: 2', ''), NOOP: '+OK\r\n' }, heard)
    expect(await inbox.list()).toMatchObject({ ok: true, value: [{ size: 9 }, { size: 3 }] })
    expect(heard.filter((line) => line === 'NOOP')).toHaveLength(1)
  })
})

describe('mail as it is (UTF8, RFC 6856)', () => {
  it('is asked for before signing in where the server offers it, so that user names outside ASCII work and nothing comes downgraded', async () => {
    const heard: string[] = []
    await inboxOf({ CAPA: lines('UTF8 USER', 'USER', 'PIPELINING'), UTF8: '+OK\r\n' }, heard, 'zoë')
    expect(heard.map((line) => Buffer.from(line, 'latin1').toString())).toEqual(['CAPA', 'UTF8', 'USER zoë', 'PASS geheim-1234'])
  })

  it('a refusal changes nothing, and who does not offer it is not asked', async () => {
    const heard: string[] = []
    await inboxOf({ CAPA: lines('UTF8', 'USER', 'PIPELINING'), UTF8: '-ERR not now\r\n' }, heard)
    await inboxOf({ CAPA: lines('USER', 'PIPELINING') }, heard)
    expect(heard.filter((line) => line === 'UTF8')).toHaveLength(1)
  })

  it('a message that the server shows to nobody without it is left there, and said so', async () => {
    const inbox = await inboxOf({ ...two, 'RETR 1': '-ERR [UTF8] needs UTF8\r\n' })
    const receiver = new CollectingReceiver()
    await inbox.fetch(['aaa', 'bbb'], receiver)
    expect(receiver.failures.get('aaa')?.code).toBe('server.refused')
    expect([...receiver.messages.keys()]).toEqual(['bbb'])
  })
})

describe('good-byes', () => {
  it('hanging up says no QUIT, which some servers take as the receipt of all that they sent', async () => {
    const heard: string[] = []
    const inbox = await inboxOf(two, heard)
    await inbox.fetch(['aaa'], new CollectingReceiver())
    await inbox.hangUp()
    expect(heard).not.toContain('QUIT')
  })

  it('an answer that nobody asked for is not taken for the answer to a removal', async () => {
    const heard: string[] = []
    const inbox = await inboxOf({ ...two, 'RETR 1': `${lines('1')}+OK one too many\r\n`, DELE: '+OK\r\n' }, heard)
    await inbox.fetch(['aaa'], new CollectingReceiver())
    expect(await inbox.removeAndClose(['aaa'])).toMatchObject({ ok: false, failure: { code: 'server.protocol' } })
    expect(heard.filter((line) => line.startsWith('DELE'))).toEqual([])
  })
})
