/**
 * A line to a real server that somebody listens in on, and may make silent: from then on nothing passes in either direction, as
 * with a server that hangs. What passed before is the server's own.
 */
import net, { type AddressInfo } from 'node:net'

export interface Tap {
  /** A whole line the client said. False = it does not pass, nor does anything after it. */
  client?(line: string): boolean
  /** Bytes the server said. False = likewise. */
  server?(bytes: Buffer): boolean
}

export interface TappedProxy {
  readonly port: number
  close(): Promise<void>
}

export async function tappedProxy(behind: number, tap: Tap, host = '127.0.0.1'): Promise<TappedProxy> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer({ noDelay: true }, (client) => {
    const upstream = net.connect({ port: behind, host, noDelay: true })
    let silent = false
    let unfinished = ''
    for (const [socket, other] of [[client, upstream], [upstream, client]] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy()).on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.on('data', (bytes) => {
      const lines = (unfinished + bytes.toString('latin1')).split('\r\n')
      unfinished = lines.pop() ?? ''
      for (const line of lines) {
        silent ||= tap.client?.(line) === false
        if (!silent) upstream.write(Buffer.from(`${line}\r\n`, 'latin1'))
      }
    })
    upstream.on('data', (bytes) => {
      silent ||= tap.server?.(bytes) === false
      if (!silent) client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
