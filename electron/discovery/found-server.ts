/**
 * Servers as a source names them, before anybody connected to one: where each is, how its user name is made from the address,
 * and who vouches for it.
 */
import type { FoundServer } from '../../shared/model/findings.ts'
import type { Failure } from '../../shared/failures/failure.ts'

/**
 * Whose word it is that a server belongs to an address: this program's own table; a public list read over HTTPS; the web server
 * of the address's domain, which proved its name by TLS; or only the name service, which anybody on the way can answer for.
 */
export type Voucher = 'program' | 'public-list' | 'own-web-server' | 'name-service'

export interface NamedServer extends Pick<FoundServer, 'source' | 'protocol' | 'host' | 'port' | 'security' | 'userNameForm' | 'userName' | 'otherUserName' | 'sessionUrl' | 'methods'> {
  readonly voucher: Voucher
}

/** What a source answers: the servers in its own order, best first. */
export interface Named {
  readonly servers: readonly NamedServer[]
  /** Why it could not be asked; null where it was, also when it knows nothing. */
  readonly failure: Failure | null
  /** Services the domain says it does not have (RFC 6186 section 3.4), as `imap tls`. */
  readonly notOffered?: readonly string[]
}

export const knowsNothing: Named = { servers: [], failure: null }

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

type UserNames = Pick<NamedServer, 'userNameForm' | 'userName' | 'otherUserName'>

/** The user name a source gives in so many words. */
export function userNameFrom(form: string, parts: AddressParts): UserNames {
  const named = /^\{(address|local-part|domain)\}$/.exec(form)?.[1]
  const userNameForm = named === 'address' || named === 'local-part' || named === 'domain' ? named : 'exact'
  return { userNameForm, userName: fillIn(form, parts), otherUserName: null }
}

/** Where nobody says what the user name is: "the complete email address", then its local part (RFC 6186 section 4). */
export function usualUserName({ address, localPart }: AddressParts): UserNames {
  return { userNameForm: 'address', userName: address, otherUserName: localPart }
}

export const isIncoming = ({ protocol }: Pick<FoundServer, 'protocol'>) => protocol !== 'smtp'

/** Is the host the domain itself or below it? A public suffix such as co.uk is nobody's domain, so nothing wider will do. */
export function isOfDomain(host: string, domain: string): boolean {
  const [name, end] = [host.toLowerCase(), domain.toLowerCase()]
  return name === end || name.endsWith(`.${end}`)
}

const protocols = ['imap', 'jmap', 'pop3', 'smtp'] as const
const securities = ['tls', 'starttls', 'none'] as const

/** For sources that have no order of their own: IMAP before POP3, TLS before STARTTLS (RFC 8314 section 3), in clear last. */
export function inUsualOrder<T extends Pick<FoundServer, 'protocol' | 'security'>>(servers: readonly T[]): T[] {
  return [...servers].sort(
    (a, b) =>
      Number(a.security === 'none') - Number(b.security === 'none') ||
      protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol) ||
      securities.indexOf(a.security) - securities.indexOf(b.security),
  )
}
