/**
 * A line to Dovecot that makes it a server with OBJECTID (RFC 8474) or with Gmail's X-GM-EXT-1: its own name for a message, X-GUID,
 * which copies share, is given out as EMAILID or X-GM-MSGID. Notes what was asked.
 */
import { createHash } from 'node:crypto'
import net, { type AddressInfo } from 'node:net'

const dialects = {
  OBJECTID: (name: string) => `EMAILID (M${name.replaceAll(/[^\w-]/g, '-')})`,
  // Gmail's is a number of 64 bits.
  'X-GM-EXT-1': (name: string) => `X-GM-MSGID ${String(createHash('sha256').update(name).digest().readBigUInt64BE())}`,
}

export async function objectIdsProxy(behind: number, host = '127.0.0.1', dialect: keyof typeof dialects = 'OBJECTID') {
  const asked: string[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer({ noDelay: true }, (client) => {
    const upstream = net.connect({ port: behind, host, noDelay: true })
    byLine(client, upstream, (line) => {
      asked.push(line)
      return line.replace(/\b(?:EMAILID|X-GM-MSGID)\b/, 'X-GUID')
    })
    byLine(upstream, client, (line) => line.replace(/\bX-GUID "?([^\s)"]+)"?/, (_, name: string) => dialects[dialect](name)).replace(/(\bCAPABILITY IMAP4rev1)/, `$1 ${dialect}`))
    for (const [socket, other] of [[client, upstream], [upstream, client]] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy()).on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function byLine(from: net.Socket, to: net.Socket, change: (line: string) => string): void {
  let unfinished = ''
  from.on('data', (bytes) => {
    const lines = (unfinished + bytes.toString('latin1')).split('\r\n')
    unfinished = lines.pop() ?? ''
    for (const line of lines) to.write(Buffer.from(`${change(line)}\r\n`, 'latin1'))
  })
}
