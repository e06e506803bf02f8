/** A line that never ends, in answer to each command of our IMAP client, and answers that never end. */
import { afterEach, expect, test } from 'vitest'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { answeringImap, type ImapAnswers } from '../fakes/imap-answers.ts'
import { able, commands, credentials, endlessLine } from '../fakes/imap-misdeeds.ts'
import { scriptedServer, type ScriptedServer } from '../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const [, misdeed, code] = endlessLine

const opened = async (answers: ImapAnswers) => {
  const server = await scriptedServer(answeringImap(answers))
  open.push(server)
  const inbox = await openInbox('imap', { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 20, signal: new AbortController().signal }, credentials)
  if (!inbox.ok || inbox.value.folders === null) throw new Error('no folders')
  return inbox.value.folders
}

test.each(commands)('a line without end in answer to %s ends the call, and it is said why', async (command, capabilities, asks) => {
  const folders = await opened({ ...able(capabilities), [command]: misdeed })
  expect(await asks(folders)).toMatchObject({ ok: false, failure: { code } })
  expect(folders.usable()).toBe(false)
})

test.each([
  ['of ever new messages', (at: number) => `* 1 FETCH (UID ${at} FLAGS () RFC822.SIZE 10)\r\n`],
  ['of words', () => `* OK ${'wait '.repeat(100)}\r\n`],
] as const)('a list %s that never ends ends the call, within its memory', async (_what, line) => {
  const folders = await opened({ 'UID FETCH 1:* (UID FLAGS': async (_tag, _command, { says, socket }) => {
    for (let at = 1; !socket.destroyed; at += 2000) await says(Array.from({ length: 2000 }, (_, index) => line(at + index)).join(''))
  } })
  const before = process.memoryUsage().heapUsed
  expect(await folders.look('INBOX', null, 0)).toMatchObject({ ok: false, failure: { code: 'server.answer-too-long' } })
  expect((process.memoryUsage().heapUsed - before) / 1024 / 1024).toBeLessThan(500)
})
