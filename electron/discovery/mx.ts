/**
 * Whose mail servers take a domain's mail (MX, RFC 5321 section 5.1), and with that often: which provider keeps it. A company's
 * own domain at Google or Microsoft is found like this and in no other way.
 *
 * The name of the preferred exchanger and its parents are looked for in the provider table, then on the public list and with the
 * web server of that domain. The name service has led there, so its word is all that stands behind any of it.
 */
import { domainToASCII } from 'node:url'
import { failure, refused, type Outcome } from '../../shared/failures/failure.ts'
import { type Asker, autoconfigOf, named } from './autoconfig.ts'
import type { DomainRecords } from './domain-records.ts'
import { isOfDomain, knowsNothing, type Named, type NamedServer, splitAddress } from './found-server.ts'
import { listedFor } from './ispdb.ts'
import { serversOfDomain } from './provider-table.ts'
import { firstOf } from './web.ts'

export interface MxParts {
  readonly names: Pick<DomainRecords, 'exchangers'>
  /** null = neither the list nor web servers may be asked. */
  readonly list: Asker['web'] | null
  readonly webServers: Asker['web'] | null
}

const origin = { source: 'mx', voucher: 'name-service' } as const

export async function findByMx({ names, list, webServers }: MxParts, address: string, signal: AbortSignal): Promise<Named> {
  const domain = domainToASCII(splitAddress(address).domain)
  if (domain === '') return knowsNothing
  const exchangers = await names.exchangers(domain, signal)
  if (!exchangers.ok) return named(refused(exchangers.failure))
  const preferred = exchangers.value[0]
  if (preferred === undefined) return knowsNothing
  if (preferred.host === '') return { ...knowsNothing, failure: failure('discovery.no-mail', { address, host: domain }) }
  const candidates = withParents(preferred.host)
  for (const name of candidates) {
    const servers = await serversOfDomain(name, address, origin)
    if (servers.length > 0) return { servers, failure: null }
  }
  // The address's own domain is asked by other sources already.
  const elsewhere = candidates.filter((name) => !isOfDomain(name, domain) && !looksPublic(name)).slice(-mostDomains)
  const questions = elsewhere.flatMap((name) => [
    ...(list === null ? [] : [(limited: AbortSignal) => listedFor(list, name, address, origin, limited)]),
    ...(webServers === null ? [] : [(limited: AbortSignal) => autoconfigOf({ web: webServers, tellAddress: false }, name, address, origin, limited)]),
  ])
  const answer: Outcome<readonly NamedServer[] | null> = await firstOf(signal, questions)
  return named(answer)
}

/** Of one exchanger's parents, the widest ones. */
const mostDomains = 2

/** `a.b.example.org`, `b.example.org`, `example.org`: never a name of one label. */
export function withParents(host: string): readonly string[] {
  const labels = host.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}

/** `co.uk`, `com.au`, `or.at`, `github.io`: nobody's domain, as far as this can be told without the long list of them (publicsuffix.org). */
export const looksPublic = (name: string) => secondLevel.test(name) || rentedOut.has(name)
const secondLevel = /^(?:ac|asso|co|com|edu|go|gob|gouv|gov|gv|ltd|mil|ne|net|nhs|nom|or|org|plc|sch)\.[a-z]{2}$|^(?:me\.uk|id\.au|(?:web|my)\.id|web\.za|in\.(?:th|rs))$/
/** Names below these belong to anybody who rents one. */
const rentedOut: ReadonlySet<string> = new Set(['github.io', 'gitlab.io', 'netlify.app', 'vercel.app', 'pages.dev', 'workers.dev', 'web.app', 'herokuapp.com', 'blogspot.com', 'azurewebsites.net', 'cloudfront.net', 'fly.dev'])
