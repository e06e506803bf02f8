/**
 * Asks the name service (DNS) for what a domain says about its mail: SRV and MX records. Nothing of it is authentic: whoever can
 * answer for the name service can say anything, so names are checked and bounded here, and never trusted further on.
 *
 * A domain without such records is an answer: none. Not ok means that nobody could be asked.
 */
import dns from 'node:dns'
import { failed, done, type Outcome } from '../../shared/failures/failure.ts'
import { isDomain } from '../../shared/model/text-field.ts'
import { createHostAddresses, type HostAddresses } from './host-addresses.ts'

export interface ServiceRecord {
  /** Lower case, without the final dot; empty = the service is decidedly not available (RFC 2782: a target of "."). */
  readonly host: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

export interface MailExchanger {
  /** Empty = the domain takes no mail (RFC 7505). */
  readonly host: string
  readonly priority: number
}

export interface DomainRecords {
  /** SRV records of a name such as `_imaps._tcp.example.org`. */
  services(name: string, signal: AbortSignal): Promise<Outcome<readonly ServiceRecord[]>>
  /** MX records, the preferred first. */
  exchangers(domain: string, signal: AbortSignal): Promise<Outcome<readonly MailExchanger[]>>
  /** The addresses of a host. `dns.no-such-host` = there is no such host. */
  addresses: HostAddresses
}

/** Of one answer; more are nobody's settings. */
const mostRecords = 20
/** Milliseconds for one try; c-ares waits longer at each further one. */
const oneTry = 1500

/** `servers` as `127.0.0.1:5353`; left out = those of the system. */
export function createDomainRecords(servers?: readonly string[]): DomainRecords {
  async function ask<T>(name: string, signal: AbortSignal, question: (resolver: dns.promises.Resolver) => Promise<readonly T[]>): Promise<Outcome<readonly T[]>> {
    if (signal.aborted) return failed('job.cancelled', { host: name })
    // One for each question: cancelling a resolver ends all of its questions.
    const resolver = new dns.promises.Resolver({ timeout: oneTry, tries: 2 })
    if (servers !== undefined) resolver.setServers(servers)
    const cancel = () => resolver.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return done((await question(resolver)).slice(0, mostRecords))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      // NXDOMAIN, and a name that has records, but none of this kind.
      if (code === dns.NOTFOUND || code === dns.NODATA) return done([])
      return failed(signal.aborted ? 'job.cancelled' : 'dns.unavailable', { host: name, detail: code })
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  return {
    async services(name, signal) {
      const records = await ask(name, signal, (resolver) => resolver.resolveSrv(name))
      if (!records.ok) return records
      return done(records.value.flatMap(({ name: target, port, priority, weight }) => {
        const host = cleaned(target)
        return host === '' || (isName(host) && port > 0) ? [{ host, port, priority, weight }] : []
      }))
    },
    async exchangers(domain, signal) {
      const records = await ask(domain, signal, (resolver) => resolver.resolveMx(domain))
      if (!records.ok) return records
      const named = records.value.map(({ exchange, priority }) => ({ host: cleaned(exchange), priority })).filter(({ host }) => host === '' || isName(host))
      return done(named.sort((a, b) => a.priority - b.priority))
    },
    addresses: createHostAddresses(async (name, signal) => {
      const answers = await Promise.all([ask(name, signal, (resolver) => resolver.resolve4(name)), ask(name, signal, (resolver) => resolver.resolve6(name))])
      const found = answers.flatMap((answer) => (answer.ok ? answer.value : []))
      const failure = answers.find((answer) => !answer.ok)
      return found.length > 0 ? done(found) : (failure ?? failed('dns.no-such-host', { host: name }))
    }),
  }
}

const cleaned = (name: string) => name.toLowerCase().replace(/\.$/, '')

/** With a dot: a bare word would be looked for in the search domains of this machine. */
const isName = (host: string) => host.includes('.') && isDomain(host)
