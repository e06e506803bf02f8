/** Commands and replies of SMTP before a session (RFC 5321 section 4.2). */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { Evidence, Outcome } from '../../../shared/failures/failure.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { serverWords } from '../net/server-words.ts'
import { parseReply } from './smtp-reply.ts'
import type { SmtpReply } from './smtp-reply.ts'

/** Servers announce 10 to 20 extensions. */
const mostLines = 200

/** All of it within the time the server has for an answer, however many lines it makes of it. */
export function readReply(connection: LineConnection, evidence: Evidence): Promise<Outcome<SmtpReply>> {
  return connection.asOne(() => readLines(connection, evidence))
}

async function readLines(connection: LineConnection, evidence: Evidence): Promise<Outcome<SmtpReply>> {
  const lines: string[] = []
  while (lines.length < mostLines) {
    const line = await connection.line()
    if (!line.ok) return line
    lines.push(line.value)
    if (/^\d{3}-/.test(line.value)) continue
    const reply = parseReply(lines)
    return reply === null ? failed('server.protocol', { ...evidence, serverWords: serverWords(line.value) }) : done(reply)
  }
  return failed('server.answer-too-long', evidence)
}

export function askReply(connection: LineConnection, command: string, evidence: Evidence): Promise<Outcome<SmtpReply>> {
  connection.send(command)
  return readReply(connection, evidence)
}
