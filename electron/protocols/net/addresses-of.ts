/** The addresses a server has, for telling whether two names are one server. Empty where there are none to be had; never rejects. */
import dns from 'node:dns/promises'
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

export async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  const name = domainToASCII(host)
  if (name === '') return []
  const found = await dns.lookup(name, { all: true }).catch(() => [])
  return found.slice(0, 16).map(({ address }) => address)
}
