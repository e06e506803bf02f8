/** Line ends and quotation marks in what the user gives, or another server gave before: none of it becomes a command of its own, on any of the protocols. */
import { afterEach, expect, test } from 'vitest'
import type { FolderSession } from '../../electron/protocols/mail-session.ts'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import type { ServerTarget } from '../../electron/protocols/net/server-target.ts'
import { answeringImap } from '../fakes/imap-answers.ts'
import { letter, letterSize } from '../fakes/imap-misdeeds.ts'
import { type Conversation, type ScriptedServer, scriptedServer } from '../fakes/scripted-server.ts'
import { answeringSmtp } from '../fakes/smtp-answers.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const credentials = { userName: 'anna', secret: 'geheim-1234', method: 'password' } as const

async function targetOf(converse: (conversation: Conversation) => Promise<void>, changes: Partial<ServerTarget> = {}): Promise<ServerTarget> {
  const server = await scriptedServer(converse)
  open.push(server)
  return { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 20, signal: new AbortController().signal, ...changes }
}

const evil = ['a\r\nM99 DELETE INBOX', 'a\nM99 DELETE INBOX', 'a\rM99 DELETE INBOX', 'a\0M99 DELETE INBOX', 'a" M99 DELETE INBOX', 'a\\" M99 DELETE INBOX', '{12}\r\nM99 DELETE INBOX', '") M99 DELETE INBOX']
const asks: readonly (readonly [string, (session: FolderSession, value: string) => Promise<unknown>])[] = [
  ['a new folder', (session, path) => session.change({ do: 'create', path })],
  ['a folder\'s new name', (session, to) => session.change({ do: 'rename', path: 'Plain', to })],
  ['a folder that goes', (session, path) => session.change({ do: 'delete', path })],
  ['a folder looked into', (session, path) => session.look(path, null, 0)],
  ['a folder that mail is put into', (session, path) => session.append(path, { file: letter, size: letterSize, at: new Date(0) })],
  ['a Message-ID looked for', (session, id) => session.holds('INBOX', [`<${id}>`], new Date(0))],
  ['a message removed', (session, id) => session.remove('INBOX', [`7:${id}`, id])],
  ['a message fetched', (session, id) => session.headers('INBOX', [`7:1,${id}`])],
]

test.each(asks.flatMap(([what, ask]) => evil.map((value) => ({ what, ask, value, written: JSON.stringify(value) }))))('IMAP: $written in $what', async ({ ask, value }) => {
  const heard: string[] = []
  const inbox = await openInbox('imap', await targetOf(answeringImap({ LIST: '* LIST () "/" INBOX\r\n* LIST () "/" Plain\r\nOK' }, heard)), credentials)
  if (!inbox.ok || inbox.value.folders === null) throw new Error('not open')
  await inbox.value.folders.names()
  await ask(inbox.value.folders, value)
  await inbox.value.close()
  // Lines as the server heard them, their tags left out: the value may stand within quotation marks, and nowhere else.
  const unquoted = heard.map((line) => line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'))
  expect(unquoted.filter((line) => line.includes('DELETE INBOX'))).toEqual([])
})

const envelopes = (value: string) => [{ what: 'the sender', mailFrom: `${value}@shop.example` }, { what: 'a recipient', recipients: ['b@shop.example', `c@${value}`] }, { what: 'the envelope\'s name', envelopeId: value }]

test.each(evil.flatMap((value) => envelopes(value).map(({ what, ...changes }) => ({ written: JSON.stringify(value), what, changes }))))('SMTP: $written in $what', async ({ changes }) => {
  const heard: string[] = []
  const session = await openSubmission(await targetOf(answeringSmtp({ EHLO: '250-me\r\n250-DSN\r\n250 AUTH PLAIN\r\n' }, heard)), credentials)
  if (!session.ok) throw new Error('not open')
  await session.value.submit({ mailFrom: 'a@shop.example', recipients: ['b@shop.example'], file: letter, size: letterSize, envelopeId: null, submitting: () => true, ...changes })
  await session.value.close()
  expect(heard.filter((line) => /^\W*M99/.test(line))).toEqual([])
})

test.each(['shop.example\r\nUSER root', 'shop.example\0.evil.example', 'shop example', '"shop.example"', '', '-x', 'a'.repeat(300)])('a server by the name of %j is not there', async (host) => {
  for (const outcome of [await openInbox('imap', await targetOf(async () => {}, { host }), credentials), await openSubmission(await targetOf(async () => {}, { host }), credentials)]) {
    expect(outcome).toMatchObject({ ok: false, failure: { code: expect.stringMatching(/^dns\./) } })
  }
})
