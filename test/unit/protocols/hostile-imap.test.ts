/**
 * An IMAP server that misbehaves in answer to each command of ours in turn: with silence, rubbish, lines and answers without end, bytes
 * that were never asked for, other tags, refusals and good-byes. Whatever it does, the call ends in time and says why, no exception
 * gets out, nothing is counted that was not confirmed, and no memory is given to what was only announced. Lines without end to each
 * command: test/long/hostile-imap.test.ts.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { watchImap } from '../../../electron/protocols/imap/watch-imap.ts'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import type { ServerTarget } from '../../../electron/protocols/net/server-target.ts'
import { CollectingReceiver } from '../../fakes/collecting-receiver.ts'
import { answeringImap, sourceOf, type ImapAnswer } from '../../fakes/imap-answers.ts'
import { able, commands, credentials, endlessLine, message, type Misdeed, misdeeds } from '../../fakes/imap-misdeeds.ts'
import { scriptedServer, type ScriptedServer } from '../../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const target = async (answers: Readonly<Record<string, ImapAnswer>>, timeoutSeconds = 20): Promise<ServerTarget> => {
  const server = await scriptedServer(answeringImap(answers))
  open.push(server)
  return { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds, signal: new AbortController().signal }
}
/** Where a wait is to run out, time passes only once the server misbehaves, and then fast: however busy this machine is, all before that comes in time. */
function withClock([, misdeed, code]: Misdeed): { readonly misdeed: ImapAnswer; readonly until: <T>(work: Promise<T>) => Promise<T> } {
  if (code !== 'connect.timeout' || typeof misdeed === 'string') return { misdeed, until: (work) => work }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  let begun = false
  const until = async <T>(work: Promise<T>): Promise<T> => {
    let isOver = false
    const ended = work.finally(() => (isOver = true))
    while (!isOver) {
      await turn()
      if (begun) vi.advanceTimersByTime(100)
    }
    return ended
  }
  return { until, misdeed: (tag, command, conversation) => {
    begun = true
    return misdeed(tag, command, conversation)
  } }
}

describe.each(commands)('to %s', (command, capabilities, asks) => {
  const ask = async (answer: ImapAnswer) => {
    const inbox = await openInbox('imap', await target({ ...able(capabilities), [command]: answer }), credentials)
    if (!inbox.ok || inbox.value.folders === null) throw new Error('no folders')
    const { folders } = inbox.value
    const [outcome, usable] = [await asks(folders), folders.usable()]
    await inbox.value.hangUp()
    return { outcome, usable }
  }

  test.each(command === 'LIST' ? [...misdeeds, endlessLine] : misdeeds)('a server that %s is left, and it is said why', async (...one) => {
    const { misdeed, until } = withClock(one)
    const before = process.memoryUsage().rss
    expect(await until(ask(misdeed))).toMatchObject({ outcome: { ok: false, failure: { code: one[2] } }, usable: false })
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })

  test.each(['NO', 'NO [UNAVAILABLE] later', 'BAD what', 'NO [', 'NO [ALERT'])('"%s" leaves the connection as it was', async (refusal) => {
    expect((await ask(refusal)).usable).toBe(true)
  })
})

describe.each(['CAPABILITY', 'AUTHENTICATE'])('to %s, before anybody is signed in', (command) => {
  test.each(misdeeds.filter(([what]) => !/open|nests|announces/.test(what)))('a server that %s is left, and it is said why', async (...one) => {
    const { misdeed, until } = withClock(one)
    expect(await until(openInbox('imap', await target({ [command]: misdeed }), credentials))).toMatchObject({ ok: false, failure: { code: one[2] } })
  })

  test('a server that goes on and on before its answer is left', async () => {
    const forEver: ImapAnswer = async (_tag, _command, { says, socket }) => {
      while (!socket.destroyed) await says('* OK still here\r\n'.repeat(100))
    }
    expect(await openInbox('imap', await target({ [command]: forEver }), credentials)).toMatchObject({ ok: false, failure: { code: 'server.answer-too-long' } })
  })
})

describe('while an inbox is watched', () => {
  test.each(misdeeds.filter(([what]) => !/nothing|a little|drip/.test(what)))('a server that %s is left, and it is said why', async (_what, misdeed, code) => {
    const watched = await watchImap(await target({ ...able('IDLE'), IDLE: async (tag, command, conversation) => {
      await conversation.says('+ idling\r\n')
      await (misdeed as Exclude<ImapAnswer, string>)(tag, command, conversation)
    } }), credentials, () => {})
    expect(watched).toMatchObject({ ok: false, failure: { code } })
  })
})

describe('a list', () => {
  const looked = async (lines: readonly string[]) => {
    const inbox = await openInbox('imap', await target({ 'UID FETCH 1:* (UID FLAGS': `${lines.map((line) => `* ${line}\r\n`).join('')}OK` }), credentials)
    return inbox.ok && inbox.value.folders !== null ? inbox.value.folders.look('INBOX', null, 0) : inbox
  }

  test('with sizes that are none has all its messages', async () => {
    const sizes = ['NIL', '-5', '""', '99999999999999999999', 'x', '(1 2)']
    const news = await looked(sizes.map((size, at) => `${at + 1} FETCH (UID ${at + 1} FLAGS () RFC822.SIZE ${size})`))
    expect(news).toMatchObject({ ok: true, value: { messages: sizes.map((_, at) => ({ serverId: `7:${at + 1}`, size: 0 })), mark: { uidNext: 7 } } })
  })

  test('with UIDs that can not be has only those that can', async () => {
    const uids = ['0', '-1', '4294967296', '1e3', 'NIL', '"x"', '(1)', '4294967295', '8']
    const news = await looked(uids.map((uid) => `1 FETCH (UID ${uid} FLAGS () RFC822.SIZE 3)`))
    expect(news).toMatchObject({ ok: true, value: { messages: [{ serverId: '7:4294967295' }, { serverId: '7:8' }], mark: { uidNext: 4294967295 } } })
  })
})

test('a server that wants a message twice gets it once, and no command is made of it', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'mailroom-hostile-'))
  const file = join(scratch, 'mail.eml')
  writeFileSync(file, 'Subject: x\r\n\r\nx\r\n')
  const heard: string[] = []
  const server = await scriptedServer(answeringImap({ APPEND: async (tag, _command, { says, hears }) => {
    await says('+ go\r\n+ go on\r\n')
    for (let lines = 0; lines < 4; lines += 1) heard.push((await hears()) ?? '')
    await says(`${tag} OK done\r\n`)
  } }, heard))
  open.push(server)
  const inbox = await openInbox('imap', { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal }, credentials)
  if (!inbox.ok || inbox.value.folders === null) throw new Error('no folders')
  expect(await inbox.value.folders.append('INBOX', { file, size: 17, at: new Date(0) })).toMatchObject({ ok: true })
  expect(await inbox.value.folders.look('INBOX', null, 0)).toMatchObject({ ok: true })
  expect(heard.filter((line) => line === 'Subject: x')).toHaveLength(1)
  rmSync(scratch, { recursive: true })
})

test('a message that a server sends twice is handed over once', async () => {
  const inbox = await openInbox('imap', await target({ 'UID FETCH 1 (UID BODY.PEEK[])': `${sourceOf(1, 'one')}${sourceOf(1, 'another')}OK` }), credentials)
  if (!inbox.ok || inbox.value.folders === null) throw new Error('no folders')
  const receiver = new CollectingReceiver()
  expect(await inbox.value.folders.fetch('INBOX', [message(1)], receiver)).toMatchObject({ ok: true })
  expect([receiver.order, String(receiver.messages.get('7:1'))]).toEqual([['7:1'], 'one'])
})

describe('numbers without end', () => {
  const many = (text: string, times: number): ImapAnswer => async (tag, _command, { says }) => {
    for (let said = 0; said < times; said += 1000) await says(text.repeat(1000))
    await says(`${tag} OK done\r\n`)
  }
  const folders = async (answers: Readonly<Record<string, ImapAnswer>>) => {
    const inbox = await openInbox('imap', await target(answers), credentials)
    if (!inbox.ok || inbox.value.folders === null) throw new Error('no folders')
    return inbox.value.folders
  }
  const mark = { uidValidity: '7', uidNext: 4, modseq: '5' }

  test('messages told to have vanished one by one, three hundred thousand times, are counted once and for all', async () => {
    const session = await folders({ ...able('QRESYNC'), 'UID FETCH 4:*': many('* VANISHED 1\r\n', 300_000) })
    expect(await session.look('INBOX', mark, 3)).toMatchObject({ ok: true, value: { numberedAnew: true } })
  })

  test('two million numbers in answer to a search are no more than there can be', async () => {
    const line = `* SEARCH${' 1'.repeat(2000)}\r\n`
    const session = await folders({ ...able('CONDSTORE'), 'UID SEARCH UID': many(line, 1000) })
    expect(await session.look('INBOX', mark, 99)).toMatchObject({ ok: true, value: { left: new Set(['7:1']) } })
    const other = await folders({ 'UID SEARCH DELETED': async (tag, _command, { says }) => says(`* SEARCH${' 1'.repeat(500_000)}\r\n${tag} OK done\r\n`) })
    expect(await other.remove('INBOX', ['7:1'])).toEqual({ ok: true, value: ['7:1'] })
  })
})
