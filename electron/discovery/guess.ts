/**
 * Tries the usual names and ports of the address's own domain, all at once, and offers only what really answered with the
 * security promised and a certificate that verifies. Nothing in clear is tried at all: None is a choice a person makes.
 * Where nothing of the kind answers for mail in one direction, what is there all the same is named, for `judge.ts` to mark.
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
  const servers = signal.aborted ? found() : [...found(), ...flawed(candidates, prover)]
  if (servers.length > 0 || signal.aborted) return { servers, failure: null }
  const failures = candidates.flatMap((candidate) => failureOf(prover, candidate))
  return { ...knowsNothing, failure: silence(failures) }
}

/**
 * The best of each protocol that is there, but: its certificate does not verify (a hoster's own, on a customer's name), it has no TLS, or it
 * is too busy just now. Only for a direction in which nothing better is.
 */
function flawed(candidates: readonly NamedServer[], prover: Prover): readonly NamedServer[] {
  return [isIncoming, (one: NamedServer) => !isIncoming(one)].flatMap((direction) => {
    const ours = candidates.filter(direction)
    if (ours.some((candidate) => prover.proofOf(candidate)?.ok === true)) return []
    const there = ours.flatMap((candidate) => failureOf(prover, candidate).flatMap((failure) => withFlaw(candidate, failure) ?? []))
    return there.filter((server, index) => there.findIndex(({ protocol }) => protocol === server.protocol) === index)
  })
}

const busy: ReadonlySet<FailureCode> = new Set<FailureCode>(['connect.too-many', 'server.unavailable', 'policy.too-fast'])

function withFlaw(candidate: NamedServer, { code, evidence }: Failure): NamedServer | null {
  if (evidence.certificate !== undefined) return candidate
  if (candidate.security === 'tls') return busy.has(code) ? candidate : null
  return code === 'tls.not-offered' ? { ...candidate, security: 'none' } : null
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
