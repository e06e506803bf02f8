/**
 * Settings that a domain publishes on its own web server, over HTTPS only (draft-ietf-mailmaint-autoconfig, section "Mail provider").
 * Its certificate proves the domain; so such a file may name servers elsewhere. The address is told only where the user allows it.
 */
import { domainToASCII } from 'node:url'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import { knowsNothing, type Named, type NamedServer, splitAddress } from './found-server.ts'
import { readAutoconfig } from './read-autoconfig.ts'
import { mentions } from './read-xml.ts'
import { fetchFrom, firstOf, type Web } from './web.ts'

export interface Asker {
  readonly web: Web
  readonly tellAddress: boolean
}

type Origin = Pick<NamedServer, 'source' | 'voucher'>

export async function findByAutoconfig(asker: Asker, address: string, signal: AbortSignal): Promise<Named> {
  const domain = domainToASCII(splitAddress(address).domain)
  if (domain === '') return knowsNothing
  return named(await autoconfigOf(asker, domain, address, { source: 'autoconfig', voucher: 'own-web-server' }, signal))
}

/** What the web server of a domain says; null = it has no such file. */
export function autoconfigOf({ web, tellAddress }: Asker, domain: string, address: string, origin: Origin, signal: AbortSignal): Promise<Outcome<readonly NamedServer[] | null>> {
  const query = tellAddress ? `?emailaddress=${encodeURIComponent(address)}` : ''
  const urls = [
    `https://autoconfig.${domain}/.well-known/mail-v1.xml${query}`,
    `https://autoconfig.${domain}/mail/config-v1.1.xml${query}`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml${query}`,
  ]
  return firstOf(signal, urls.map((url) => (limited) => fileAt(web, url, address, origin, limited)))
}

export async function fileAt(web: Web, url: string, address: string, origin: Origin, signal: AbortSignal): Promise<Outcome<readonly NamedServer[] | null>> {
  const answer = await fetchFrom(web, { url, headers: { accept: 'application/xml, text/xml' }, signal })
  if (!answer.ok || answer.value === null) return answer.ok ? done(null) : answer
  if (!mentions(answer.value.body, 'clientConfig')) return done(null)
  const parts = splitAddress(address)
  return readAutoconfig(answer.value.body, { ...parts, domain: domainToASCII(parts.domain) }, origin, { host: new URL(answer.value.url).hostname })
}

export function named(answer: Outcome<readonly NamedServer[] | null>): Named {
  return answer.ok ? { servers: answer.value ?? [], failure: null } : { servers: [], failure: answer.failure }
}
