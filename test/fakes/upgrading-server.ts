/**
 * A scripted server that begins TLS when its script wants it to, whatever was said before, and remembers every byte it heard: what came
 * in clear, and what came inside TLS.
 */
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { type TlsOptions, TLSSocket } from 'node:tls'
import { type Conversation, conversationOn } from './scripted-server.ts'

export interface UpgradableConversation extends Conversation {
  /** Says `before` in clear, in one segment, and then does the server's part of the handshake. */
  secure(before?: string | Buffer, options?: TlsOptions): Promise<Conversation>
  /** Waits for bytes, whatever they are: a ClientHello has no lines. */
  hearsAnything(): Promise<void>
}

export interface UpgradingServer {
  readonly port: number
  /** What was heard in all connections, as latin1. */
  readonly clear: string
  readonly secured: string
  close(): Promise<void>
}

export async function upgradingServer(identity: TlsOptions, converse: (conversation: UpgradableConversation) => Promise<void>): Promise<UpgradingServer> {
  const sockets = new Set<net.Socket>()
  const heard = { clear: '', secured: '' }
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    const note = (bytes: Buffer) => (heard.clear += bytes.toString('latin1'))
    socket.on('data', note)
    const plain = conversationOn(socket)
    const secure = async (before: string | Buffer = '', options: TlsOptions = {}) => {
      // What comes from here on is the handshake's.
      socket.removeAllListeners('data')
      if (before.length > 0) await plain.says(before)
      const secured = new TLSSocket(socket, { isServer: true, ...identity, ...options })
      secured.on('error', () => socket.destroy()).on('data', (bytes: Buffer) => (heard.secured += bytes.toString('latin1')))
      const conversation = conversationOn(secured)
      await once(secured, 'secure')
      return conversation
    }
    const hearsAnything = async () => {
      await once(socket, 'data')
    }
    // A client that breaks off in mid-script is the point of most of these tests.
    converse({ ...plain, secure, hearsAnything }).catch(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    get clear() {
      return heard.clear
    },
    get secured() {
      return heard.secured
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
