/** From a dialled connection to one that is secured and whose abilities are known: greeting, STARTTLS, CAPABILITY (RFC 9051 section 6). */
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import { dial } from '../net/dial.ts'
import { LineConnection } from '../net/line-connection.ts'
import { secure } from '../net/secure.ts'
import type { ServerTarget, StepWatcher } from '../net/server-target.ts'
import { serverWords } from '../net/server-words.ts'
import { askTagged, capabilitiesIn, goodbye } from './imap-dialogue.ts'

export interface ImapServer {
  readonly connection: LineConnection
  readonly evidence: Evidence
  readonly capabilities: ReadonlySet<string>
}

export async function greetImap(target: ServerTarget, watcher?: StepWatcher): Promise<Outcome<ImapServer>> {
  const evidence = { host: target.host, port: target.port, protocol: 'IMAP' }
  const socket = await dial(target, watcher)
  if (!socket.ok) return socket
  const plain = new LineConnection(socket.value, target)
  const greeting = await readGreeting(plain, target, evidence)
  if (!greeting.ok) return plain.refuse(greeting.failure)
  const connection = target.security === 'starttls' ? await upgrade(plain, target, evidence, watcher) : done(plain)
  if (!connection.ok) return connection
  // What was said before TLS counts for nothing (RFC 9051 section 6.2.1).
  const told = target.security === 'starttls' ? null : capabilitiesIn([greeting.value])
  const capabilities = told === null ? await askCapabilities(connection.value, evidence) : done(told)
  if (!capabilities.ok) return connection.value.refuse(capabilities.failure)
  return done({ connection: connection.value, evidence, capabilities: capabilities.value })
}

async function readGreeting(connection: LineConnection, target: ServerTarget, evidence: Evidence): Promise<Outcome<string>> {
  const line = await connection.line()
  if (!line.ok) return line
  const [, status, text] = /^\* (OK|PREAUTH|BYE)(?: (.*))?$/is.exec(line.value) ?? []
  switch (status?.toUpperCase()) {
    case 'OK':
      return done(text ?? '')
    case 'BYE':
      return refused(goodbye(text ?? '', evidence))
    case 'PREAUTH':
      // Signed in as somebody we did not name. With STARTTLS it is an attack: TLS can't be started any more (RFC 9051 section 11.2).
      return failed(target.security === 'starttls' ? 'tls.not-offered' : 'server.protocol', { ...evidence, serverWords: serverWords(line.value) })
    default:
      return failed('server.protocol', { ...evidence, serverWords: serverWords(line.value) })
  }
}

async function upgrade(plain: LineConnection, target: ServerTarget, evidence: Evidence, watcher?: StepWatcher): Promise<Outcome<LineConnection>> {
  watcher?.began('secure')
  const answer = await askTagged(plain, 'STARTTLS', evidence)
  if (!answer.ok) return plain.refuse(answer.failure)
  if (answer.value.status !== 'OK') {
    return plain.refuse(failure('tls.not-offered', { ...evidence, serverWords: serverWords(answer.value.text) }))
  }
  const socket = plain.release()
  if (!socket.ok) return socket
  const secured = await secure(socket.value, target, watcher)
  return secured.ok ? done(new LineConnection(secured.value, target)) : secured
}

export async function askCapabilities(connection: LineConnection, evidence: Evidence): Promise<Outcome<ReadonlySet<string>>> {
  const answer = await askTagged(connection, 'CAPABILITY', evidence)
  if (!answer.ok) return answer
  return done(capabilitiesIn(answer.value.untagged) ?? new Set())
}
