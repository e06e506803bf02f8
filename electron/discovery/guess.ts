/**
 * Tries the usual names and ports of the address's own domain, all at once, and offers only what really answered with the
 * security promised and a certificate that verifies. Nothing in clear is tried at all: None is a choice a person makes.
 *
 * Ends within `longest`, and earlier once for every protocol the best server that can still be hoped for has answered.
 */
import { domainToASCII } from 'node:url'
import { failure, type Failure, type FailureCode } from '../../shared/failures/failure.ts'
import type { FoundServer } from '../../shared/model/findings.ts'
import { defaultPort, type ServerProtocol, type SignInMethod } from '../../shared/model/server.ts'
import type { probeServer } from '../protocols/probe-server.ts'
import { splitAddress } from './found-server.ts'

export interface GuessParts {
  readonly probeServer: typeof probeServer
}

/** Milliseconds. */
export const longest = 5000

const names: Readonly<Record<ServerProtocol, readonly string[]>> = {
  imap: ['imap.', 'mail.', ''],
  pop3: ['pop.', 'pop3.', 'mail.', ''],
  smtp: ['smtp.', 'mail.', ''],
}

export interface Candidate {
  readonly protocol: ServerProtocol
  readonly security: 'tls' | 'starttls'
  readonly host: string
  readonly port: number
}

/** What is tried for a domain, best first within each protocol. */
export function candidatesFor(domain: string): readonly Candidate[] {
  const securities = ['tls', 'starttls'] as const
  return (['imap', 'pop3', 'smtp'] as const).flatMap((protocol) =>
    securities.flatMap((security) =>
      names[protocol].map((name) => ({ protocol, security, host: `${name}${domain}`, port: defaultPort(protocol, security) })),
    ),
  )
}

export interface GuessAnswer {
  readonly found: readonly FoundServer[]
  /** Why nothing was found, where the network as a whole was the reason. */
  readonly failure: Failure | null
}

export async function guess(parts: GuessParts, address: string, outer: AbortSignal, onFound: (found: readonly FoundServer[]) => void): Promise<GuessAnswer> {
  const domain = domainToASCII(splitAddress(address).domain)
  if (domain === '') return { found: [], failure: null }
  const candidates = candidatesFor(domain)
  const answers = new Map<Candidate, FoundServer | Failure>()
  const enough = new AbortController()
  const signal = AbortSignal.any([outer, enough.signal, AbortSignal.timeout(longest)])

  const probe = async (candidate: Candidate): Promise<void> => {
    const { protocol, host, port, security } = candidate
    const target = { host, port, security, trustedCertificate: null, timeoutSeconds: longest / 1000, signal }
    const answer = await parts.probeServer(protocol, target)
    // Cut off by the limit or by cancelling: that says nothing about the server.
    if (signal.aborted) return
    answers.set(candidate, answer.ok ? offer(candidate, address, answer.value.methods) : answer.failure)
    if (answer.ok) onFound(foundSoFar())
    if (isSettled(candidates, answers)) enough.abort()
  }
  const foundSoFar = () => candidates.flatMap((candidate) => {
    const answer = answers.get(candidate)
    return answer !== undefined && 'host' in answer ? [answer] : []
  })

  await untilAborted(Promise.all(candidates.map(probe)), signal)
  const found = foundSoFar()
  if (found.length > 0 || outer.aborted) return { found, failure: null }
  return { found, failure: silence([...answers.values()], domain) }
}

function offer({ protocol, host, port, security }: Candidate, address: string, methods: readonly SignInMethod[]): FoundServer {
  return { source: 'guess', protocol, host, port, security, userNameForm: 'address', userName: address, methods: [...methods], answered: true }
}

/** Has every protocol an answer that nothing still open could better? */
function isSettled(candidates: readonly Candidate[], answers: ReadonlyMap<Candidate, FoundServer | Failure>): boolean {
  return (['imap', 'pop3', 'smtp'] as const).every((protocol) => {
    for (const candidate of candidates.filter((one) => one.protocol === protocol)) {
      const answer = answers.get(candidate)
      if (answer === undefined) return false
      if ('host' in answer) return true
    }
    return true
  })
}

const silent: ReadonlySet<FailureCode> = new Set<FailureCode>(['dns.unavailable', 'connect.timeout', 'connect.unreachable'])

/** Nobody said anything, not even "no": that is no answer about the domain, but about the network here. */
function silence(answers: readonly (FoundServer | Failure)[], host: string): Failure | null {
  const failures = answers.flatMap((answer) => ('code' in answer ? [answer] : []))
  if (failures.some(({ code }) => !silent.has(code))) return null
  return failures.find(({ code }) => code !== 'connect.timeout') ?? failure('connect.timeout', { host, seconds: longest / 1000 })
}

/** A probe that does not heed the signal must not hold up the look-up. */
function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  return Promise.race([work, aborted])
}
