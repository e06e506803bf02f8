/**
 * Settings from Microsoft's Autodiscover, as servers of the address's own domain answer it without a password: the newer form (v2, JSON),
 * which names where the older one is, and the older one (POX, [MS-OXDSCLI]).
 *
 * Both need the whole address, so they are asked only where the user allows it to be told, and only hosts that proved by TLS to be
 * the domain's. Nobody is ever sent a password: what wants one first (Exchange) answers nothing here. A domain that points to
 * Microsoft's own servers is theirs, and the settings come from the provider table.
 */
import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import { named } from './autoconfig.ts'
import { isOfDomain, knowsNothing, type Named, type NamedServer, splitAddress } from './found-server.ts'
import { serversOfDomain } from './provider-table.ts'
import { readAutodiscover } from './read-autodiscover.ts'
import { mentions } from './read-xml.ts'
import { fetchFrom, firstOf, type Web } from './web.ts'

type Answer = Outcome<readonly NamedServer[] | null>

const origin = { source: 'autodiscover', voucher: 'own-web-server' } as const
/** Pointers from one answer to the next place. */
const mostPointers = 2

export async function findByAutodiscover(web: Web, address: string, signal: AbortSignal): Promise<Named> {
  const domain = domainToASCII(splitAddress(address).domain).toLowerCase()
  if (domain === '') return knowsNothing
  const asked = new Set<string>()

  /** Follows a pointer only within the domain. */
  async function followed(url: string, left: number, limited: AbortSignal): Promise<Answer> {
    if (!URL.canParse(url)) return done(null)
    const { protocol, hostname, port } = new URL(url)
    if (isOfMicrosoft(hostname)) return serversOfMicrosoft(address)
    if (left === 0 || protocol !== 'https:' || port !== '' || !isOfDomain(hostname, domain)) return done(null)
    return older(url, left - 1, limited)
  }

  async function older(url: string, left: number, limited: AbortSignal): Promise<Answer> {
    if (asked.has(url)) return done(null)
    asked.add(url)
    const request = { url, method: 'POST', headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml, application/xml' }, body: questionFor(address), signal: limited } as const
    const answer = await fetchFrom(web, request)
    if (!answer.ok || answer.value === null) return answer.ok ? done(null) : answer
    if (!mentions(answer.value.body, 'Autodiscover')) return done(null)
    const read = await readAutodiscover(answer.value.body, splitAddress(address), origin, { host: new URL(url).hostname })
    if (!read.ok) return read
    return read.value.pointer === null ? done(read.value.servers.length > 0 ? read.value.servers : null) : followed(read.value.pointer, left, limited)
  }

  async function newer(host: string, limited: AbortSignal): Promise<Answer> {
    const url = `https://${host}/autodiscover/autodiscover.json/v1.0/${encodeURIComponent(address)}?Protocol=AutodiscoverV1`
    const answer = await fetchFrom(web, { url, headers: { accept: 'application/json' }, signal: limited })
    if (!answer.ok || answer.value === null) return answer.ok ? done(null) : answer
    const pointer = pointerIn(answer.value.body.toString('utf8'))
    return pointer === null ? done(null) : followed(pointer, mostPointers, limited)
  }

  const questions = [`autodiscover.${domain}`, domain].flatMap((host) => [
    (limited: AbortSignal) => older(`https://${host}/autodiscover/autodiscover.xml`, mostPointers, limited),
    (limited: AbortSignal) => newer(host, limited),
  ])
  return named(await firstOf(signal, questions))
}

const isOfMicrosoft = (host: string) => isOfDomain(host, 'office365.com') || isOfDomain(host, 'outlook.com')
const serversOfMicrosoft = async (address: string): Promise<Answer> => done(await serversOfDomain('office365.com', address, origin))

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
