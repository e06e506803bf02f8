/**
 * An SMTP server that writes down every message it takes, by Message-ID, before it answers to its end: whatever becomes of that answer, it
 * has the message. It can be told to misbehave.
 */
import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'

export interface SinkMoment {
  /** `.` = the end of a message; `connect` = before the greeting. */
  readonly command: 'connect' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | '.' | 'RSET' | 'QUIT'
  /** How often this command came before, on all connections. */
  readonly before: number
}

/** A reply in place of the usual one, that one said twice, the connection cut off before or after the message was written down, or null = as usual. */
export type Misbehaviour = string | 'twice' | 'cut' | 'take-and-cut' | null

export interface RecordingSink {
  readonly port: number
  /** How often each message was taken. */
  readonly taken: ReadonlyMap<string, number>
  close(): Promise<void>
}

export async function recordingSink(misbehave: (moment: SinkMoment) => Misbehaviour = () => null): Promise<RecordingSink> {
  const taken = new Map<string, number>()
  const counts = new Map<string, number>()
  const sockets = new Set<Socket>()

  function serve(socket: Socket): void {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    let rest = ''
    let message: string[] | null = null
    let known: 'nobody' | 'sender' | 'recipient' = 'nobody'
    const answer = (command: SinkMoment['command'], usual: string, take: () => void = () => undefined): boolean => {
      const before = counts.get(command) ?? 0
      counts.set(command, before + 1)
      const odd = misbehave({ command, before })
      if (odd === null || odd === 'twice' || odd === 'take-and-cut') take()
      if (odd === 'cut' || odd === 'take-and-cut') {
        socket.destroy()
        return false
      }
      socket.write(odd === 'twice' ? `${usual}\r\n${usual}\r\n` : `${odd ?? usual}\r\n`)
      return odd === null || odd === 'twice'
    }
    const hear = (line: string): void => {
      if (message !== null && line !== '.') {
        message.push(line)
        return
      }
      if (message !== null) {
        const id = message.find((one) => one.startsWith('Message-ID: '))?.slice('Message-ID: '.length) ?? '?'
        message = null
        answer('.', '250 2.0.0 taken', () => taken.set(id, (taken.get(id) ?? 0) + 1))
        return
      }
      const command = (line.split(/[ :]/, 1)[0] ?? '').toUpperCase()
      if (command === 'EHLO') answer('EHLO', '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 0')
      else if (command === 'QUIT') socket.end('221 bye\r\n')
      else if (command === 'RSET' && answer('RSET', '250 ok')) known = 'nobody'
      else if (command === 'MAIL') known = answer('MAIL', '250 ok') ? 'sender' : 'nobody'
      else if (command === 'RCPT') known = answer('RCPT', known === 'nobody' ? '503 who sends it?' : '250 ok') && known !== 'nobody' ? 'recipient' : known
      else if (command === 'DATA') message = answer('DATA', known === 'recipient' ? '354 go' : '503 to whom?') && known === 'recipient' ? [] : null
    }
    if (!answer('connect', '220 sink')) return
    socket.setEncoding('latin1')
    socket.on('data', (piece: string) => {
      const lines = (rest + piece).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (!socket.destroyed) hear(line)
    })
  }

  const server = createServer({ noDelay: true }, serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as { port: number }).port,
    taken,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
