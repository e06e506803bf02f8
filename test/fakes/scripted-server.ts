/**
 * A server on a real socket that says exactly what a test wants, whenever it wants: for everything no honest server does.
 * `converse` gets each connection; `says` writes, `hears` waits for the next line.
 */
import net from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

export interface Conversation {
  readonly socket: net.Socket
  /** Writes; strings are taken as binary. Resolves when the bytes are with the kernel. */
  says(bytes: string | Buffer): Promise<void>
  /** The same in pieces of `sizes` bytes, over and over, each in a segment of its own. */
  saysInPieces(bytes: Buffer, sizes: readonly number[]): Promise<void>
  /** The next line without its end; null when the client has hung up. */
  hears(): Promise<string | null>
  hangUp(): void
}

export interface ScriptedServer {
  readonly port: number
  readonly conversations: number
  close(): Promise<void>
}

export async function scriptedServer(converse: (conversation: Conversation) => Promise<void>): Promise<ScriptedServer> {
  const sockets = new Set<net.Socket>()
  let conversations = 0
  const server = net.createServer({ noDelay: true }, (socket) => {
    conversations += 1
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    // A client that breaks off in mid-script is the point of most of these tests.
    converse(conversationOn(socket)).catch(() => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as net.AddressInfo).port,
    get conversations() {
      return conversations
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

export function conversationOn(socket: net.Socket): Conversation {
  const lines: string[] = []
  let rest = ''
  let over = false
  let wake = () => {}
  socket.on('data', (bytes) => {
    const parts = (rest + bytes.toString('latin1')).split('\r\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    wake()
  })
  socket.on('close', () => {
    over = true
    wake()
  })
  const says = (bytes: string | Buffer) =>
    new Promise<void>((resolve, reject) => socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, (error) => (error ? reject(error) : resolve())))
  return {
    socket,
    says,
    saysInPieces: async (bytes, sizes) => {
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1
        await says(bytes.subarray(at, at + size))
        at += size
        await nextTurn()
      }
    },
    hears: async () => {
      while (lines.length === 0 && !over) await new Promise<void>((resolve) => (wake = resolve))
      return lines.shift() ?? null
    },
    hangUp: () => socket.destroy(),
  }
}
