/** Settings from the public list that Thunderbird's makers keep (the "ISPDB"). It is told the domain, never the address. */
import { domainToASCII } from 'node:url'
import type { Outcome } from '../../shared/failures/failure.ts'
import { fileAt, named } from './autoconfig.ts'
import { knowsNothing, type Named, type NamedServer, splitAddress } from './found-server.ts'
import type { Web } from './web.ts'

const list = 'https://autoconfig.thunderbird.net/v1.1/'

export async function findInIspdb(web: Web, address: string, signal: AbortSignal): Promise<Named> {
  const domain = domainToASCII(splitAddress(address).domain)
  return domain === '' ? knowsNothing : named(await listedFor(web, domain, address, { source: 'ispdb', voucher: 'public-list' }, signal))
}

/** What the list has for a domain, which need not be the address's own; null = nothing. */
export function listedFor(web: Web, domain: string, address: string, origin: Pick<NamedServer, 'source' | 'voucher'>, signal: AbortSignal): Promise<Outcome<readonly NamedServer[] | null>> {
  return fileAt(web, `${list}${encodeURIComponent(domain)}`, address, origin, signal)
}
