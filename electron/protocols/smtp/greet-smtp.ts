/** From a dialled connection to one that is secured and whose extensions are known: greeting, EHLO, STARTTLS (RFC 3207), EHLO again. */
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import { dial } from '../net/dial.ts'
import { LineConnection } from '../net/line-connection.ts'
import { secure } from '../net/secure.ts'
import type { ServerTarget, StepWatcher } from '../net/server-target.ts'
import { serverWords } from '../net/server-words.ts'
import { askReply, readReply } from './smtp-dialogue.ts'
import { smtpFailure } from './smtp-failure.ts'
import { spoken } from './smtp-reply.ts'

/** RFC 5321 section 4.1.4: an address literal where a host has no name of its own. This machine's name is nobody's business. */
const clientName = '[127.0.0.1]'

/** EHLO keywords in upper case, with their parameters. */
export type Extensions = ReadonlyMap<string, string>

export interface SmtpServer {
  readonly connection: LineConnection
  readonly evidence: Evidence
  readonly extensions: Extensions
}

export async function greetSmtp(target: ServerTarget, watcher?: StepWatcher): Promise<Outcome<SmtpServer>> {
  const evidence = { host: target.host, port: target.port, protocol: 'SMTP' }
  const socket = await dial(target, watcher)
  if (!socket.ok) return socket
  const plain = new LineConnection(socket.value, target)
  const greeting = await readReply(plain, evidence)
  if (!greeting.ok) return plain.refuse(greeting.failure)
  if (greeting.value.code !== 220) return plain.refuse(smtpFailure(greeting.value, 'greeting', evidence))
  const connection = target.security === 'starttls' ? await upgrade(plain, target, evidence, watcher) : done(plain)
  if (!connection.ok) return connection
  // What was announced before TLS counts for nothing (RFC 3207 section 4.2).
  const extensions = await askExtensions(connection.value, evidence)
  if (!extensions.ok) return connection.value.refuse(extensions.failure)
  return done({ connection: connection.value, evidence, extensions: extensions.value })
}

async function upgrade(plain: LineConnection, target: ServerTarget, evidence: Evidence, watcher?: StepWatcher): Promise<Outcome<LineConnection>> {
  watcher?.began('secure')
  if (plain.hasUnread) return plain.refuse(failure('tls.injected-data', evidence))
  const before = await askExtensions(plain, evidence)
  if (!before.ok) return plain.refuse(before.failure)
  if (plain.hasUnread) return plain.refuse(failure('tls.injected-data', evidence))
  const answer = before.value.has('STARTTLS') ? await askReply(plain, 'STARTTLS', evidence) : null
  if (answer !== null && !answer.ok) return plain.refuse(answer.failure)
  if (answer?.value.code === 421) return plain.refuse(smtpFailure(answer.value, 'command', evidence))
  if (answer === null || answer.value.code !== 220) {
    return plain.refuse(failure('tls.not-offered', { ...evidence, ...(answer !== null && { serverWords: serverWords(spoken(answer.value)) }) }))
  }
  const socket = plain.release()
  if (!socket.ok) return socket
  const secured = await secure(socket.value, target, watcher)
  return secured.ok ? done(new LineConnection(secured.value, target)) : secured
}

/** A server that knows only HELO (RFC 5321 section 3.2) has no extensions. */
async function askExtensions(connection: LineConnection, evidence: Evidence): Promise<Outcome<Extensions>> {
  if (connection.hasUnread) return saidUnasked(connection, evidence)
  const ehlo = await askReply(connection, `EHLO ${clientName}`, evidence)
  if (!ehlo.ok) return ehlo
  if (ehlo.value.code === 250) {
    const words = ehlo.value.lines.slice(1).map((line) => line.split(/[ =]/, 1)[0] ?? '')
    return done(new Map(words.map((word, index) => [word.toUpperCase(), (ehlo.value.lines[index + 1] ?? '').slice(word.length + 1)])))
  }
  if (ehlo.value.code < 500) return refused(smtpFailure(ehlo.value, 'command', evidence))
  const helo = await askReply(connection, `HELO ${clientName}`, evidence)
  if (!helo.ok) return helo
  return helo.value.code === 250 ? done(new Map()) : refused(smtpFailure(helo.value, 'command', evidence))
}

/** A server that is going down says so whenever it likes (RFC 5321 section 3.8); anything else is an answer to nothing. */
async function saidUnasked(connection: LineConnection, evidence: Evidence): Promise<Outcome<never>> {
  const reply = await readReply(connection, evidence)
  if (!reply.ok) return reply
  return reply.value.code === 421 ? refused(smtpFailure(reply.value, 'command', evidence)) : failed('server.protocol', { ...evidence, detail: 'an answer to nothing' })
}
