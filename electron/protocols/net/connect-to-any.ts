/**
 * Connects to whichever of a host's addresses answers first (Happy Eyeballs, RFC 8305): families alternate, and the next
 * address is tried when the last one failed or has not answered for a quarter of a second, without giving up on it.
 */
import net from 'node:net'
import { mostTelling } from './connection-failure.ts'

/** RFC 8305 section 5: "Connection Attempt Delay", recommended 250 ms. */
const nextAttemptAfter = 250

export function connectToAny(addresses: readonly string[], port: number, signal: AbortSignal): Promise<net.Socket> {
  const order = alternateFamilies(addresses)
  return new Promise((resolve, reject) => {
    const trying = new Set<net.Socket>()
    const errors: unknown[] = []
    let timer: NodeJS.Timeout | undefined

    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      for (const socket of trying) socket.destroy()
    }
    const giveUp = () => {
      finish()
      reject(new Error('given up'))
    }
    const tryNext = () => {
      clearTimeout(timer)
      const address = order.shift()
      if (address === undefined) return
      const socket = net.connect({ host: address, port })
      trying.add(socket)
      socket.once('connect', () => {
        trying.delete(socket)
        finish()
        resolve(socket)
      })
      // Stays after connecting: an error that comes while nobody listens would end the program.
      socket.on('error', (error) => {
        if (!trying.has(socket)) return
        trying.delete(socket)
        errors.push(error)
        socket.destroy()
        if (order.length > 0) tryNext()
        else if (trying.size === 0) {
          finish()
          reject(mostTelling(errors))
        }
      })
      if (order.length > 0) timer = setTimeout(tryNext, nextAttemptAfter)
    }
    signal.addEventListener('abort', giveUp)
    tryNext()
  })
}

/** RFC 8305 section 4: the resolver's order, families taking turns. */
function alternateFamilies(addresses: readonly string[]): string[] {
  const first = addresses.filter((address) => net.isIP(address) === net.isIP(addresses[0] ?? ''))
  const second = addresses.filter((address) => !first.includes(address))
  return first.flatMap((address, index) => [address, ...second.slice(index, index + 1)]).concat(second.slice(first.length))
}
