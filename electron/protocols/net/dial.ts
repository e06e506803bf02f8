/**
 * Opens the connection to a server: name look-up, connect, and, for `tls`, the handshake (RFC 8314 section 3). With
 * `starttls` the plain connection is handed out, for the protocol to upgrade before anything else happens on it.
 */
import dns from 'node:dns/promises'
import type net from 'node:net'
import { isIP, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { connectToAny } from './connect-to-any.ts'
import { withinLimits } from './limits.ts'
import { secure } from './secure.ts'
import type { ServerTarget, StepWatcher } from './server-target.ts'

export async function dial(target: ServerTarget, watcher?: StepWatcher): Promise<Outcome<net.Socket>> {
  watcher?.began('name')
  const addresses = await lookUp(target)
  if (!addresses.ok) return addresses
  watcher?.ended('name', addresses.value.join(', '))

  watcher?.began('connect')
  const socket = await connect(target, addresses.value)
  if (!socket.ok) return socket
  const address = socket.value.remoteAddress ?? target.host
  // As in an address of the web (RFC 3986 section 3.2.2): the same in every language.
  watcher?.ended('connect', `${isIPv6(address) ? `[${address}]` : address}:${target.port}`)
  socket.value.setNoDelay(true)
  socket.value.setKeepAlive(true, 30_000)

  if (target.security !== 'tls') return socket
  watcher?.began('secure')
  return secure(socket.value, target, watcher)
}

async function lookUp(target: ServerTarget): Promise<Outcome<readonly string[]>> {
  // Node's own test compiles a pattern of 1,500 characters: a millisecond or two, for what is a name nearly always.
  if (/:|\d$/.test(target.host) && isIP(target.host) !== 0) return done([target.host])
  const name = domainToASCII(target.host)
  if (name === '') return failed('dns.no-such-host', { host: target.host, port: target.port })
  if (target.lookUp !== undefined) {
    const found = await withinLimits(target, target.lookUp(name))
    if (!found.ok || found.value.ok) return found.ok ? found.value : found
    return refused({ ...found.value.failure, evidence: { ...found.value.failure.evidence, host: target.host, port: target.port } })
  }
  const found = await withinLimits(target, dns.lookup(name, { all: true }))
  if (!found.ok) return found
  return found.value.length > 0
    ? done(found.value.slice(0, 16).map(({ address }) => address))
    : failed('dns.no-such-host', { host: target.host, port: target.port })
}

async function connect(target: ServerTarget, addresses: readonly string[]): Promise<Outcome<net.Socket>> {
  const attempt = new AbortController()
  const socket = await withinLimits(target, connectToAny(addresses, target.port, attempt.signal))
  if (!socket.ok) attempt.abort()
  return socket
}
