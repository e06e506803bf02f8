/**
 * A network with a round trip, as a process of its own so that it takes no time from a contender's event loop:
 *
 *   node delay-proxy.ts PORT ROUND_TRIP_MS       relays to 127.0.0.1:PORT and prints the port it listens on
 *
 * Every byte arrives half a round trip after it was sent, in order; bandwidth is unlimited, nothing is lost, and there is no
 * slow start. Setting up a connection takes its round trip too: the server sees it 1.5 round trips after the client asked for
 * it, as behind a real network. Timers of a loaded machine add up to about a millisecond. Ends with its standard input.
 */
import { createServer, Socket } from 'node:net'

/** Above this much undelivered the sender waits: a bound for our memory, far above what flows in half a round trip. */
const mostWaiting = 64 * 1024 * 1024

const [port = 0, roundTrip = 0] = process.argv.slice(2).map(Number)
const oneWay = roundTrip / 2

const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const serverSeesIt = performance.now() + 3 * oneWay
  const server = new Socket({ allowHalfOpen: true })
  server.setNoDelay(true)
  setTimeout(() => server.connect(port, '127.0.0.1'), 3 * oneWay)
  relay(client, server, serverSeesIt)
  relay(server, client, 0)
})
listener.listen(0, '127.0.0.1', () => {
  const address = listener.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})
process.stdin.resume().once('end', () => process.exit())

function relay(from: Socket, to: Socket, notBefore: number): void {
  const underway: { readonly due: number; readonly piece: Buffer | null }[] = []
  let waiting = 0
  let timer: NodeJS.Timeout | null = null

  const send = (piece: Buffer | null) => {
    underway.push({ due: Math.max(performance.now() + oneWay, notBefore), piece })
    waiting += piece?.length ?? 0
    if (waiting > mostWaiting) from.pause()
    timer ??= setTimeout(deliver, oneWay)
  }
  const deliver = () => {
    timer = null
    for (let next = underway[0]; next !== undefined && next.due <= performance.now(); next = underway[0]) {
      underway.shift()
      if (next.piece === null) to.end()
      else to.write(next.piece)
      waiting -= next.piece?.length ?? 0
    }
    if (waiting < mostWaiting / 2) from.resume()
    const next = underway[0]
    if (next !== undefined) timer = setTimeout(deliver, Math.max(0, next.due - performance.now()))
  }
  from.on('data', send)
  from.on('end', () => send(null))
  from.on('error', () => to.destroy())
  from.on('close', () => setTimeout(() => to.destroy(), oneWay + 1000))
}
