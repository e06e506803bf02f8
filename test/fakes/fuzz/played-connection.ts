/** A connection whose server says what it was told to, a piece for each line of the client's, cut as TCP might cut it; then it hangs up. No sockets. */
import type net from 'node:net'
import { Duplex } from 'node:stream'
import { LineConnection } from '../../../electron/protocols/net/line-connection.ts'
import type { ServerTarget } from '../../../electron/protocols/net/server-target.ts'

/** A server that says no more is left at once: nobody is thinking there. */
export const playedTarget: ServerTarget = { host: 'h.example', port: 1, security: 'none', trustedCertificate: null, timeoutSeconds: 0.01, signal: new AbortController().signal }

/** `%T` in an answer stands for the first word of the line it answers. */
export function playedConnection(answers: readonly string[], sizes: readonly number[], unasked = ''): LineConnection {
  const waiting = [...answers]
  const say = (text: string) => {
    const bytes = Buffer.from(text, 'latin1')
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1
      socket.push(Buffer.from(bytes.subarray(at, at + size)))
      at += size
    }
  }
  let unfinished = ''
  /** RFC 5321 section 4.1.1.4: what comes after 354 is no command until the dot. */
  let isMessage = false
  const socket = new Duplex({
    read: () => {},
    write: (bytes: Buffer, _encoding, taken) => {
      const lines = (unfinished + bytes.toString('latin1')).split('\r\n')
      unfinished = lines.pop() ?? ''
      for (const line of lines) {
        if (isMessage && line !== '.') continue
        const answer = waiting.shift()
        isMessage = line === 'DATA' && answer?.startsWith('354') === true
        if (answer === undefined) socket.push(null)
        else say(answer.replaceAll('%T', line.split(' ', 1)[0] ?? ''))
      }
      taken()
    },
  })
  socket.on('error', () => {})
  Object.assign(socket, { setTimeout: () => socket, unref: () => socket })
  // A signal of its own: one for all would hold every connection that nobody closes.
  const target = { ...playedTarget, signal: new AbortController().signal }
  const connection = new LineConnection(socket as unknown as net.Socket, answers.length === 0 ? { ...target, timeoutSeconds: 20 } : target)
  say(unasked)
  if (waiting.length === 0) socket.push(null)
  return connection
}
