/**
 * What a server gives away for each message, found out without Mailroom's own clients: plainly, whole answers in memory, one
 * message after the other. Real Dovecot does not give away every byte as it was delivered to it (see `asDovecotServes`).
 */
import net from 'node:net'
import { once } from 'node:events'
import { labCredentials } from './lab-mail.ts'
import { lab } from '../servers/lab.ts'

export async function servedOverPop3(user: string): Promise<readonly Buffer[]> {
  const ask = await connection(lab.port('CLEAR_POP3'))
  await ask('', /^\+OK.*\r\n$/)
  await ask(`USER ${user}`, /^\+OK.*\r\n$/)
  await ask(`PASS ${labCredentials(user).secret}`, /^\+OK.*\r\n$/)
  const count = Number(/^\+OK (\d+)/.exec(await ask('STAT', /\r\n$/))?.[1])
  const messages: Buffer[] = []
  for (let number = 1; number <= count; number += 1) {
    const answer = await ask(`RETR ${number}`, /\r\n\.\r\n$/)
    const content = answer.slice(answer.indexOf('\r\n'), -'.\r\n'.length).replaceAll('\r\n..', '\r\n.')
    messages.push(Buffer.from(content.slice(2), 'latin1'))
  }
  await ask('QUIT', /\r\n$/)
  return messages
}

export async function servedOverImap(user: string): Promise<readonly Buffer[]> {
  const ask = await connection(lab.port('CLEAR_IMAP'))
  await ask('', /\r\n$/)
  await ask(`1 LOGIN ${user} ${labCredentials(user).secret}`, /^1 .*\r\n$/m)
  const count = Number(/(\d+) EXISTS/.exec(await ask('2 EXAMINE INBOX', /^2 .*\r\n$/m))?.[1])
  const messages: Buffer[] = []
  for (let number = 1; number <= count; number += 1) {
    const answer = await ask(`T${number}T FETCH ${number} BODY.PEEK[]`, new RegExp(`\\)\\r\\nT${number}T OK .*\\r\\n$`))
    const [head = '', size = ''] = /^\* \d+ FETCH \(BODY\[\] \{(\d+)\}\r\n/.exec(answer) ?? []
    messages.push(Buffer.from(answer.slice(head.length, head.length + Number(size)), 'latin1'))
  }
  await ask('3 LOGOUT', /^3 .*\r\n$/m)
  return messages
}

/**
 * Dovecot 2.3 keeps what was delivered, and gives it away with CRLF for every bare LF; over POP3 with a last line end where there
 * was none (RFC 1939 section 3 can't do without), over IMAP with 0x80 for NUL (RFC 9051 section 4.3.1: no NUL in a literal).
 */
export function asDovecotServes(protocol: 'pop3' | 'imap', message: Buffer): Buffer {
  const text = message.toString('latin1').replaceAll(/\r?\n/g, '\r\n')
  const served = protocol === 'imap' ? text.replaceAll('\0', '\x80') : text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`
  return Buffer.from(served, 'latin1')
}

/** Sends a line, and answers with what came until it looks as awaited. */
async function connection(port: number): Promise<(line: string, until: RegExp) => Promise<string>> {
  const socket = net.connect(port, lab.host)
  let said = ''
  socket.on('data', (bytes) => (said += bytes.toString('latin1')))
  await once(socket, 'connect')
  return async (line, until) => {
    if (line !== '') socket.write(`${line}\r\n`)
    while (!until.test(said)) await once(socket, 'data')
    const answer = said
    said = ''
    return answer
  }
}
