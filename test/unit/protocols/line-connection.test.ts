import { once } from 'node:events'
import net from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LineConnection } from '../../../electron/protocols/net/line-connection.ts'

let server: net.Server
let peer: net.Socket
let socket: net.Socket
let connection: LineConnection

beforeEach(async () => {
  server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  socket = net.connect(port, '127.0.0.1')
  ;[peer] = (await once(server, 'connection')) as [net.Socket]
  connection = new LineConnection(socket, { host: '127.0.0.1', port, security: 'none', timeoutSeconds: 10, signal: new AbortController().signal, trustedCertificate: null })
})
afterEach(() => {
  connection.close()
  peer.destroy()
  server.close()
})

const piece = async (): Promise<Buffer> => {
  const next = await connection.piece()
  if (!next.ok) throw new Error(next.failure.code)
  return next.value
}

test('the memory of a segment goes back when its reader is done with it, and the next one is whole', async () => {
  peer.write('+OK\r\nfirst')
  expect(await connection.line()).toEqual({ ok: true, value: '+OK' })
  const first = await piece()
  expect(first.toString()).toBe('first')
  connection.giveBack(first)
  expect(first.buffer.byteLength).toBe(0)
  peer.write('second')
  expect((await piece()).toString()).toBe('second')
})

test('memory that is shared with others is never given back', async () => {
  const shared = Buffer.from('a pooled buffer')
  connection.putBack(shared)
  connection.giveBack(await piece())
  expect(shared.toString()).toBe('a pooled buffer')
})

test('what is said together goes out together, and what is said later by itself', async () => {
  if (socket.connecting) await once(socket, 'connect')
  connection.gather()
  const end = connection.write(Buffer.from('.\r\n'))
  connection.send('RSET')
  await end
  expect(socket.writableLength).toBe('.\r\nRSET\r\n'.length)
  const [together] = (await once(peer, 'data')) as [Buffer]
  expect(together.toString()).toBe('.\r\nRSET\r\n')
  connection.send('QUIT')
  expect(socket.writableLength).toBe(0)
})
