/**
 * Tries the usual names and ports of the address's own domain, all at once, and offers only what really answered with the
 * security promised and a certificate that verifies. Nothing in clear is tried at all: None is a choice a person makes.
 *
 * Ends when for mail in both directions the best server that can still be hoped for has answered, or when all have.
 */
import { domainToASCII } from 'node:url'
import type { Failure, FailureCode } from '../../shared/failures/failure.ts'
import { defaultPort, type ServerProtocol } from '../../shared/model/server.ts'
import { isIncoming, knowsNothing, type Named, type NamedServer, splitAddress, usualUserName } from './found-server.ts'
import type { Prover } from './prove.ts'

const hostNames: Readonly<Record<ServerProtocol, readonly string[]>> = {
  imap: ['imap.', 'mail.', ''],
  pop3: ['pop.', 'pop3.', 'mail.', ''],
  smtp: ['smtp.', 'mail.', ''],
}

/** What is tried for an address, best first within each protocol. */
export function candidatesFor(address: string): readonly NamedServer[] {
  const parts = splitAddress(address)
  const domain = domainToASCII(parts.domain)
  if (domain === '') return []
  const securities = ['tls', 'starttls'] as const
  return (['imap', 'pop3', 'smtp'] as const).flatMap((protocol) =>
    securities.flatMap((security) =>
      hostNames[protocol].map((name): NamedServer => ({
        source: 'guess', voucher: 'name-service', protocol, security, host: `${name}${domain}`, port: defaultPort(protocol, security), ...usualUserName(parts), sessionUrl: null, methods: [],
      })),
    ),
  )
}

export async function guess(prover: Prover, address: string, signal: AbortSignal, tell: (servers: readonly NamedServer[]) => void): Promise<Named> {
  const candidates = candidatesFor(address)
  const found = () => candidates.filter((candidate) => prover.proofOf(candidate)?.ok === true)
  const settled = Promise.withResolvers<void>()
  const all = Promise.all(
    candidates.map(async (candidate) => {
      const proof = await prover.prove(candidate)
      // Cut off by the limit or by cancelling: that says nothing about the server.
      if (signal.aborted) return
      if (proof.ok) tell(found())
      if (isSettled(candidates, prover)) settled.resolve()
    }),
  )
  await Promise.race([all, settled.promise])
  const servers = found()
  if (servers.length > 0 || signal.aborted) return { servers, failure: null }
  const failures = candidates.flatMap((candidate) => failureOf(prover, candidate))
  return { ...knowsNothing, failure: silence(failures) }
}

function failureOf(prover: Prover, candidate: NamedServer): readonly Failure[] {
  const proof = prover.proofOf(candidate)
  return proof === null || proof.ok ? [] : [proof.failure]
}

/** Has each direction an answer that nothing still open could better? */
function isSettled(candidates: readonly NamedServer[], prover: Prover): boolean {
  return [isIncoming, (one: NamedServer) => !isIncoming(one)].every((direction) => {
    const first = candidates.filter(direction).find((candidate) => prover.proofOf(candidate)?.ok !== false)
    return first === undefined || prover.proofOf(first)?.ok === true
  })
}

const silent: ReadonlySet<FailureCode> = new Set<FailureCode>(['dns.unavailable', 'connect.timeout', 'connect.unreachable'])

/** Nobody said anything, not even "no": that is no answer about the domain, but about the network here. */
export function silence(failures: readonly Failure[]): Failure | null {
  if (failures.some(({ code }) => !silent.has(code))) return null
  return failures.find(({ code }) => code !== 'connect.timeout') ?? failures[0] ?? null
}
