/** Found servers: how a user name is made from the address, and which server is the better one. */
import type { FoundServer } from '../../shared/model/findings.ts'

/** The parts of an address; the domain in lower case and ASCII is for looking up, never for showing. */
export interface AddressParts {
  readonly address: string
  readonly localPart: string
  readonly domain: string
}

export function splitAddress(address: string): AddressParts {
  const at = address.lastIndexOf('@')
  return { address, localPart: address.slice(0, at), domain: address.slice(at + 1) }
}

/** Puts the address into a form such as `{local-part}.{domain}`. */
export function fillIn(form: string, { address, localPart, domain }: AddressParts): string {
  return form.replaceAll('{address}', () => address).replaceAll('{local-part}', () => localPart).replaceAll('{domain}', () => domain)
}

const securities = ['tls', 'starttls', 'none'] as const
const protocols = ['imap', 'pop3', 'smtp'] as const
const sources = ['provider-table', 'guess'] as const

/**
 * Best first: never in clear where there is a choice; then what a source knows before what was guessed; IMAP before POP3;
 * TLS before STARTTLS (RFC 8314 section 3). Among equals the order of the source stays.
 */
export function rank(found: readonly FoundServer[]): FoundServer[] {
  return [...found].sort(
    (a, b) =>
      Number(a.security === 'none') - Number(b.security === 'none') ||
      sources.indexOf(a.source) - sources.indexOf(b.source) ||
      protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol) ||
      securities.indexOf(a.security) - securities.indexOf(b.security),
  )
}
