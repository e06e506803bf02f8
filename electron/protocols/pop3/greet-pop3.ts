/** From a dialled connection to one that is secured and whose abilities are known: greeting, CAPA (RFC 2449), STLS (RFC 2595). */
import { done, failure, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import { dial } from '../net/dial.ts'
import { LineConnection } from '../net/line-connection.ts'
import { secure } from '../net/secure.ts'
import type { ServerTarget, StepWatcher } from '../net/server-target.ts'
import { serverWords } from '../net/server-words.ts'
import { askStatus, readLines, readStatus } from './pop3-dialogue.ts'
import { pop3Failure } from './pop3-failure.ts'

export interface Pop3Server {
  readonly connection: LineConnection
  readonly evidence: Evidence
  readonly greeting: string
  readonly capabilities: Capabilities
}

/** What follows each keyword of CAPA, keywords in upper case; null = the server does not know CAPA. */
export type Capabilities = ReadonlyMap<string, string> | null

export async function greetPop3(target: ServerTarget, watcher?: StepWatcher): Promise<Outcome<Pop3Server>> {
  const evidence = { host: target.host, port: target.port, protocol: 'POP3' }
  const socket = await dial(target, watcher)
  if (!socket.ok) return socket
  const plain = new LineConnection(socket.value, target)
  const greeting = await readGreeting(plain, evidence)
  if (!greeting.ok) return plain.refuse(greeting.failure)
  const connection = target.security === 'starttls' ? await upgrade(plain, target, evidence, watcher) : done(plain)
  if (!connection.ok) return connection
  // What was said before TLS counts for nothing (RFC 2595 section 4): CAPA is asked only now.
  const capabilities = await askCapabilities(connection.value, evidence)
  if (!capabilities.ok) return connection.value.refuse(capabilities.failure)
  return done({ connection: connection.value, evidence, greeting: greeting.value, capabilities: capabilities.value })
}

async function readGreeting(connection: LineConnection, evidence: Evidence): Promise<Outcome<string>> {
  const status = await readStatus(connection, evidence)
  if (!status.ok) return status
  if (status.value.positive) return done(status.value.line)
  const reason = pop3Failure(status.value.line, 'command', evidence)
  // A refusal instead of a greeting is about the server's state, not about anything we asked.
  return refused(reason.code === 'server.refused' ? { ...reason, code: 'server.unavailable' } : reason)
}

async function upgrade(plain: LineConnection, target: ServerTarget, evidence: Evidence, watcher?: StepWatcher): Promise<Outcome<LineConnection>> {
  watcher?.began('secure')
  if (plain.hasUnread) return plain.refuse(failure('tls.injected-data', evidence))
  plain.send('STLS')
  const status = await readStatus(plain, evidence)
  if (!status.ok) return plain.refuse(status.failure)
  if (!status.value.positive) {
    return plain.refuse(failure('tls.not-offered', { ...evidence, serverWords: serverWords(status.value.line) }))
  }
  const socket = plain.release()
  if (!socket.ok) return socket
  const secured = await secure(socket.value, target, watcher)
  return secured.ok ? done(new LineConnection(secured.value, target)) : secured
}

export function askCapabilities(connection: LineConnection, evidence: Evidence): Promise<Outcome<Capabilities>> {
  return connection.asOne(() => readCapabilities(connection, evidence))
}

async function readCapabilities(connection: LineConnection, evidence: Evidence): Promise<Outcome<Capabilities>> {
  const status = await askStatus(connection, 'CAPA', evidence)
  if (!status.ok) return status
  if (!status.value.positive) return done(null)
  const lines = await readLines(connection, evidence, 64 * 1024)
  if (!lines.ok) return lines
  return done(new Map(lines.value.map((line) => {
    const [keyword = '', ...words] = line.split(' ')
    return [keyword.toUpperCase(), words.join(' ')]
  })))
}
