/** The few IMAP commands before a session: tagged command, untagged lines, tagged answer (RFC 9051 section 2.2). */
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { serverWords } from '../net/server-words.ts'
import { imapFailure } from './imap-failure.ts'

const tag = 'M'
/** A server has little to say unasked before sign-in. */
const mostUntagged = 200

export interface Tagged {
  readonly kind: 'tagged'
  readonly status: 'OK' | 'NO' | 'BAD'
  readonly text: string
  readonly untagged: readonly string[]
}
export type ImapAnswer = Tagged | { readonly kind: 'continue'; readonly text: string }

export function sendTagged(connection: LineConnection, command: string): void {
  connection.send(`${tag} ${command}`)
}

/** Up to the tagged answer, or to the server's "+" (RFC 9051 section 7.6). A BYE is a failure. */
export function readAnswer(connection: LineConnection, evidence: Evidence): Promise<Outcome<ImapAnswer>> {
  return connection.asOne(() => readUntilTagged(connection, evidence))
}

async function readUntilTagged(connection: LineConnection, evidence: Evidence): Promise<Outcome<ImapAnswer>> {
  const untagged: string[] = []
  while (untagged.length < mostUntagged) {
    const line = await connection.line()
    if (!line.ok) return line
    if (/^\+(?: |$)/.test(line.value)) return done({ kind: 'continue', text: line.value.slice(2) })
    const [, status, text] = /^M (OK|NO|BAD)(?: (.*))?$/is.exec(line.value) ?? []
    if (status !== undefined) return done({ kind: 'tagged', status: status.toUpperCase() as Tagged['status'], text: text ?? '', untagged })
    if (!line.value.startsWith('* ')) return failed('server.protocol', { ...evidence, serverWords: serverWords(line.value) })
    const bye = /^\* BYE ?(.*)$/is.exec(line.value)
    if (bye !== null) return refused(goodbye(bye[1] ?? '', evidence))
    untagged.push(line.value.slice(2))
  }
  return failed('server.answer-too-long', evidence)
}

/** A server that ends the connection by itself is busy or going down, unless it says something more exact. */
export function goodbye(text: string, evidence: Evidence) {
  const reason = imapFailure(text, 'command', evidence)
  return reason.code === 'server.refused' ? { ...reason, code: 'server.unavailable' as const } : reason
}

export async function askTagged(connection: LineConnection, command: string, evidence: Evidence): Promise<Outcome<Tagged>> {
  sendTagged(connection, command)
  const answer = await readAnswer(connection, evidence)
  if (!answer.ok) return answer
  return answer.value.kind === 'tagged' ? done(answer.value) : failed('server.protocol', { ...evidence, detail: 'a continuation nobody asked for' })
}

/** From `CAPABILITY …` lines or a `[CAPABILITY …]` code, upper case. Null = not told. */
export function capabilitiesIn(lines: readonly string[]): ReadonlySet<string> | null {
  const told = lines.map((line) => /^(?:(?:OK|PREAUTH) )?\[?CAPABILITY ([^\]]*)/i.exec(line)?.[1]).find((list) => list !== undefined)
  return told === undefined ? null : new Set(told.toUpperCase().split(' ').filter((word) => word !== ''))
}
