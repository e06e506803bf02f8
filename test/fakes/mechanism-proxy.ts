/** Stands between a client and a real server, in clear, and lets the server announce one SASL mechanism only, or none and POP3's APOP. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface MechanismProxy {
  readonly port: number
  /** What clients said, as latin1. */
  readonly heard: string
  close(): Promise<void>
}

export async function announcingOnly(mechanism: string, behind: { readonly host: string; readonly port: number }): Promise<MechanismProxy> {
  const sockets = new Set<Socket>()
  let heard = ''
  const server = createServer((outer) => {
    const inner = connect(behind.port, behind.host)
    for (const socket of [outer, inner]) sockets.add(socket.on('error', () => undefined).on('close', () => (outer.destroy(), inner.destroy())))
    outer.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1'))).pipe(inner)
    // Announcements of these servers come in one segment each.
    const stamp = mechanism === 'APOP' ? /(?!)/ : /^(\+OK .*)<[^>]*>/
    inner.on('data', (bytes) => outer.write(bytes.toString('latin1').replace(stamp, '$1').replace(/^SASL .*(?=\r)/m, `SASL ${mechanism}`).replace(/(?: AUTH=[A-Z\d-]+)+/g, ` AUTH=${mechanism}`).replace(/^250([ -])AUTH .*(?=\r)/m, `250$1AUTH ${mechanism}`), 'latin1'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    get heard() {
      return heard
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
