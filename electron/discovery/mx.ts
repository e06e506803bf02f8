/**
 * Whose mail servers take a domain's mail (MX, RFC 5321 section 5.1), and with that often: which provider keeps it. A company's
 * own domain at Google or Microsoft is found like this and in no other way.
 *
 * The name of the preferred exchanger and its parents are looked for in the provider table.
 */
import { domainToASCII } from 'node:url'
import { type Named, knowsNothing, splitAddress } from './found-server.ts'
import type { NameService } from './domain-records.ts'
import { serversOfDomain } from './provider-table.ts'

export interface MxParts {
  readonly names: Pick<NameService, 'exchangers'>
}

export async function findByMx({ names }: MxParts, address: string, signal: AbortSignal): Promise<Named> {
  const domain = domainToASCII(splitAddress(address).domain)
  if (domain === '') return knowsNothing
  const exchangers = await names.exchangers(domain, signal)
  if (!exchangers.ok) return { servers: [], failure: exchangers.failure }
  const preferred = exchangers.value[0]
  if (preferred === undefined) return knowsNothing
  for (const name of withParents(preferred.host)) {
    const servers = await serversOfDomain(name, address, { source: 'mx', voucher: 'name-service' })
    if (servers.length > 0) return { servers, failure: null }
  }
  return knowsNothing
}

/** `a.b.example.org`, `b.example.org`, `example.org`: never a name of one label. */
export function withParents(host: string): readonly string[] {
  const labels = host.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}
