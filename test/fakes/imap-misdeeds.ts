/** Every command of our IMAP client with what makes it send it, and what a server can do instead of answering. */
import { statSync } from 'node:fs'
import type { FolderSession } from '../../electron/protocols/mail-session.ts'
import type { FailureCode, Outcome } from '../../shared/failures/failure.ts'
import type { FolderMessage } from '../../shared/model/server-folder.ts'
import { CollectingReceiver } from './collecting-receiver.ts'
import type { ImapAnswer } from './imap-answers.ts'

/** A file to send: this one. */
export const letter = import.meta.filename
export const letterSize = statSync(letter).size

export const credentials = { userName: 'anna', secret: 'geheim-1234', method: 'password' } as const
export const message = (uid: number, size = 10): FolderMessage => ({ serverId: `7:${uid}`, size, flags: { seen: false, flagged: false, answered: false, draft: false, keywords: [] }, objectId: null })
const mark = { uidValidity: '7', uidNext: 4, modseq: '5' }

/** What is asked of a session to get it to send the command. */
export type Asks = (session: FolderSession) => Promise<Outcome<unknown>>
export const commands: readonly (readonly [string, string, Asks])[] = [
  ['ENABLE', 'QRESYNC CONDSTORE', (session) => session.list(null, 0)],
  ['LIST', '', (session) => session.list(null, 0)],
  ['XLIST', 'XLIST', (session) => session.list(null, 0)],
  ['SELECT', '', (session) => session.look('INBOX', null, 0)],
  ['UID FETCH 1:3 (UID FLAGS)', 'CONDSTORE', (session) => session.look('INBOX', mark, 3)],
  ['UID FETCH 4:* (UID FLAGS', 'QRESYNC', (session) => session.look('INBOX', mark, 3)],
  ['UID SEARCH UID', 'CONDSTORE', (session) => session.look('INBOX', mark, 99)],
  ['UID FETCH 1 (UID BODY.PEEK[HEADER', '', (session) => session.headers('INBOX', ['7:1'])],
  ['UID FETCH 1 (UID BODY.PEEK[])', '', (session) => session.fetch('INBOX', [message(1)], new CollectingReceiver())],
  ['UID FETCH 1 (UID BODY.PEEK[]<0', '', (session) => session.fetch('INBOX', [message(1, 5_000_000)], new CollectingReceiver())],
  ['UID STORE 1 +FLAGS.SILENT (\\Seen)', '', (session) => session.setFlags('INBOX', [{ serverId: '7:1', flag: '\\Seen', isSet: true }])],
  ['UID STORE 1 +FLAGS.SILENT (\\Deleted)', 'UIDPLUS', (session) => session.remove('INBOX', ['7:1'])],
  ['UID EXPUNGE', 'UIDPLUS', (session) => session.remove('INBOX', ['7:1'])],
  ['UID SEARCH DELETED', '', (session) => session.remove('INBOX', ['7:1'])],
  ['EXPUNGE', '', (session) => session.remove('INBOX', ['7:1'])],
  ['APPEND', '', (session) => session.append('INBOX', { file: letter, size: letterSize, at: new Date(0) })],
  ['UID SEARCH SINCE', '', (session) => session.holds('INBOX', ['<1@shop.example>'], new Date(0))],
]

/** What the server does instead of answering, and what that is called. */
export type Misdeed = readonly [string, ImapAnswer, FailureCode]
export const misdeeds: readonly Misdeed[] = [
  ['says nothing', async () => {}, 'connect.timeout'],
  ['hangs up', async (_tag, _command, { hangUp }) => hangUp(), 'connect.lost'],
  ['says good-bye', async (_tag, _command, { says, socket }) => {
    await says('* BYE going down\r\n')
    socket.end()
  }, 'server.unavailable'],
  ['talks rubbish', async (_tag, _command, { says }) => says('\x00\xff(((\r\n'), 'server.protocol'],
  ['speaks another protocol', async (_tag, _command, { says }) => says('HTTP/1.1 400 Bad Request\r\n\r\n'), 'server.protocol'],
  ['leaves its answer open', async (_tag, _command, { says }) => says('* 1 FETCH (UID 1 FLAGS (\r\n'), 'server.protocol'],
  ['nests without end', async (_tag, _command, { says }) => says(`* 1 FETCH ${'('.repeat(100_000)}\r\n`), 'server.protocol'],
  ['answers a command that was never sent', async (_tag, _command, { says }) => says('M999 OK done\r\n'), 'server.protocol'],
  ['answers neither yes nor no', async (tag, _command, { says }) => says(`${tag} PERHAPS\r\n`), 'server.protocol'],
  ['announces four gigabytes', async (_tag, _command, { says }) => says('* 1 FETCH (UID 1 BODY[HEADER] {4294967295}\r\n'), 'server.answer-too-long'],
  ['announces more than there is', async (_tag, _command, { says }) => says('* 1 FETCH (UID 1 FLAGS {9999999999999999}\r\n'), 'server.protocol'],
  ['announces a little and stops', async (_tag, _command, { says }) => says('* 1 FETCH (UID 1 FLAGS {1000}\r\nx'), 'connect.timeout'],
  ['lets it drip', async (_tag, _command, { says, socket }) => {
    while (!socket.destroyed) {
      await says('* OK wait\r\n')
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }, 'connect.timeout'],
]

/** Takes its time: a line may be 16 MB long. */
export const endlessLine: Misdeed = ['says a line without end', async (_tag, _command, { says, socket }) => {
    while (!socket.destroyed) await says('x'.repeat(1_000_000))
  }, 'server.answer-too-long']

/** A server that can do this can be asked all of it. */
export const able = (capabilities: string) => ({ CAPABILITY: `* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR LIST-EXTENDED LIST-STATUS ${capabilities}\r\nOK` })
