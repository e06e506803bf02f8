/**
 * Settings from Microsoft's Autodiscover, as servers of the address's own domain answer it without a password: the newer form (v2, JSON),
 * which names where the older one is, and the older one (POX, [MS-OXDSCLI]).
 *
 * Both need the whole address, so they are asked only where the user allows it to be told, and only hosts that proved by TLS to be
 * the domain's. Nobody is ever sent a password: what wants one first (Exchange) answers nothing here. A domain that points to
 * Microsoft's own servers is theirs, and the settings come from the provider table.
 *
 * An answer may point to another place, which is asked where it is of the same domain, or to another address (`redirectAddr`,
 * [MS-OXDSCLI] section 3.1.5.3), whose domain is then asked as the first one was. What another domain says is believed no further than
 * the name service: servers outside the first domain are for a person to confirm.
 */
import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import { isMailAddress } from '../../shared/model/text-field.ts'
import { named } from './autoconfig.ts'
import { isOfDomain, knowsNothing, type Named, type NamedServer, splitAddress, type Voucher } from './found-server.ts'
import { looksPublic, withParents } from './mx.ts'
import { serversOfDomain } from './provider-table.ts'
import { readAutodiscover } from './read-autodiscover.ts'
import { mentions } from './read-xml.ts'
import { fetchFrom, firstOf, type Web } from './web.ts'

type Answer = Outcome<readonly NamedServer[] | null>

/** The address that is asked about: the person's own, or the one an answer put in its place. */
interface Subject {
  readonly address: string
  /** In ASCII. */
  readonly domain: string
  readonly origin: { readonly source: 'autodiscover'; readonly voucher: Voucher }
}

/** Pointers from one answer to the next place or address, one after the other. */
const mostPointers = 3

export async function findByAutodiscover(web: Web, address: string, signal: AbortSignal): Promise<Named> {
  const domain = asciiDomainOf(address)
  if (domain === '') return knowsNothing
  const asked = new Set<string>()
  const addresses = new Set([address.toLowerCase()])

  /** Follows a pointer only within the domain. */
  async function followed(url: string, about: Subject, left: number, limited: AbortSignal): Promise<Answer> {
    if (!URL.canParse(url)) return done(null)
    const { protocol, hostname, port, username, password } = new URL(url)
    if (isOfMicrosoft(hostname)) return done(await serversOfDomain('office365.com', about.address, about.origin))
    if (left === 0 || protocol !== 'https:' || port !== '' || `${username}${password}` !== '' || !isOfDomain(hostname, about.domain)) return done(null)
    return older(url, about, left - 1, limited)
  }

  /** Each address once, so that the answers of one domain's hosts together lead no further than one of them. */
  async function instead(otherAddress: string, about: Subject, left: number, limited: AbortSignal): Promise<Answer> {
    const other = subjectAfter(about, otherAddress)
    if (left === 0 || other === null || addresses.has(otherAddress.toLowerCase()) || addresses.size > mostPointers) return done(null)
    addresses.add(otherAddress.toLowerCase())
    for (const name of withParents(other.domain)) {
      const servers = await serversOfDomain(name, otherAddress, other.origin)
      if (servers.length > 0) return done(servers)
    }
    return askAll(other, left - 1, limited)
  }

  async function older(url: string, about: Subject, left: number, limited: AbortSignal): Promise<Answer> {
    const question = `${about.address} ${url}`
    if (asked.has(question)) return done(null)
    asked.add(question)
    const request = { url, method: 'POST', headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml, application/xml' }, body: questionFor(about.address), signal: limited } as const
    const answer = await fetchFrom(web, request)
    if (!answer.ok || answer.value === null) return answer.ok ? done(null) : answer
    if (!mentions(answer.value.body, 'Autodiscover')) return done(null)
    const read = await readAutodiscover(answer.value.body, splitAddress(about.address), about.origin, { host: new URL(url).hostname })
    if (!read.ok) return read
    const { servers, pointer, otherAddress } = read.value
    if (pointer !== null) return followed(pointer, about, left, limited)
    if (otherAddress !== null) return instead(otherAddress, about, left, limited)
    return done(servers.length > 0 ? servers : null)
  }

  async function newer(host: string, about: Subject, left: number, limited: AbortSignal): Promise<Answer> {
    const url = `https://${host}/autodiscover/autodiscover.json/v1.0/${encodeURIComponent(about.address)}?Protocol=AutodiscoverV1`
    const answer = await fetchFrom(web, { url, headers: { accept: 'application/json' }, signal: limited })
    if (!answer.ok || answer.value === null) return answer.ok ? done(null) : answer
    const pointer = pointerIn(answer.value.body.toString('utf8'))
    return pointer === null ? done(null) : followed(pointer, about, left, limited)
  }

  function askAll(about: Subject, left: number, outer: AbortSignal): Promise<Answer> {
    return firstOf(outer, [`autodiscover.${about.domain}`, about.domain].flatMap((host) => [
      (limited: AbortSignal) => older(`https://${host}/autodiscover/autodiscover.xml`, about, left, limited),
      (limited: AbortSignal) => newer(host, about, left, limited),
    ]))
  }

  const { servers, failure } = named(await askAll({ address, domain, origin: { source: 'autodiscover', voucher: 'own-web-server' } }, mostPointers, signal))
  // A user name made from another address is not made from the person's own.
  return { servers: servers.map((server) => (addresses.size > 1 && server.userNameForm !== 'exact' && !isMadeFrom(address, server.userName) ? { ...server, userNameForm: 'exact' } : server)), failure }
}

const asciiDomainOf = (address: string) => domainToASCII(splitAddress(address).domain).toLowerCase()
const isOfMicrosoft = (host: string) => isOfDomain(host, 'office365.com') || isOfDomain(host, 'outlook.com')
const isMadeFrom = (address: string, userName: string) => [address, ...address.split('@')].includes(userName)

/** An IPv4 address: no domain ends in a number. */
const isNumber = /\.\d+$/

/** null = nobody's address, or of a domain that is nobody's. */
function subjectAfter({ domain: before, origin }: Subject, address: string): Subject | null {
  const domain = isMailAddress(address) ? asciiDomainOf(address) : ''
  if (!domain.includes('.') || isNumber.test(domain) || looksPublic(domain)) return null
  return { address, domain, origin: isOfDomain(domain, before) ? origin : { ...origin, voucher: 'name-service' } }
}

const pointerSchema = z.object({ Url: z.string().max(2000) })

function pointerIn(text: string): string | null {
  try {
    return pointerSchema.safeParse(JSON.parse(text)).data?.Url ?? null
  } catch {
    return null
  }
}

function questionFor(address: string): string {
  const escaped = address.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
  const schemas = 'http://schemas.microsoft.com/exchange/autodiscover/outlook'
  return `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${schemas}/requestschema/2006"><Request><EMailAddress>${escaped}</EMailAddress><AcceptableResponseSchema>${schemas}/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>`
}
