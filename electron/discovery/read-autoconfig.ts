/**
 * Reads a file of settings as Thunderbird's "autoconfig" has it (draft-ietf-mailmaint-autoconfig; version 1.1 of clientConfig).
 * Servers this program cannot use (other protocols, Kerberos only) are left out; what is in clear stays in, and is judged elsewhere.
 */
import { z } from 'zod'
import { failed, done, type Evidence, type Outcome } from '../../shared/failures/failure.ts'
import type { Security, SignInMethod } from '../../shared/model/server.ts'
import { isHost } from '../../shared/model/text-field.ts'
import { type AddressParts, type NamedServer, userNameFrom, usualUserName, fillIn } from './found-server.ts'
import { childOf, listOf, readXml, textIn, textOf } from './read-xml.ts'

type Origin = Pick<NamedServer, 'source' | 'voucher'>

/** Of one file; more are nobody's settings. */
const mostServers = 20

const securities: Readonly<Record<string, Security>> = { ssl: 'tls', tls: 'tls', starttls: 'starttls', plain: 'none' }
const methods: Readonly<Record<string, SignInMethod>> = { 'password-cleartext': 'password', 'password-encrypted': 'password', plain: 'password', secure: 'password', 'http-basic': 'password', ntlm: 'spa', oauth2: 'oauth2' }
/** Nobody signs in at such a server: the network one is in is enough. */
const openTo: readonly string[] = ['none', 'client-ip-address']

const placeSchema = z.object({ host: z.string().refine(isHost), port: z.number().int().min(1).max(65535), userName: z.string().max(320).regex(/^\P{Cc}*$/u) })

/** The servers in the order of the file; not ok = this is no such file. */
export async function readAutoconfig(bytes: Uint8Array, parts: AddressParts, origin: Origin, where: Evidence): Promise<Outcome<readonly NamedServer[]>> {
  const tree = await readXml(bytes, where)
  if (!tree.ok) return tree
  const provider = childOf(childOf(tree.value, 'clientConfig'), 'emailProvider')
  if (provider === null) return failed('server.protocol', { ...where, detail: 'no emailProvider' })
  const named = [...listOf(provider, 'incomingServer'), ...listOf(provider, 'outgoingServer')].slice(0, mostServers)
  return done(named.flatMap((server) => readServer(server, parts, origin) ?? []))
}

function readServer(server: unknown, parts: AddressParts, origin: Origin): NamedServer | null {
  const protocol = textIn(server, '@type')?.toLowerCase()
  if (protocol === 'jmap') return readJmap(server, parts, origin)
  if (protocol !== 'imap' && protocol !== 'pop3' && protocol !== 'smtp') return null
  const security = securities[textIn(server, 'socketType')?.toLowerCase() ?? '']
  const ways = listOf(server, 'authentication').flatMap((way) => textOf(way)?.toLowerCase() ?? [])
  const known = [...new Set(ways.flatMap((way) => methods[way] ?? []))]
  const isOpen = ways.length > 0 && ways.every((way) => openTo.includes(way))
  if (security === undefined || (known.length === 0 && ways.length > 0 && !isOpen)) return null
  const userName = isOpen ? userNameFrom('', parts) : userNameOf(textIn(server, 'username'), parts)
  const place = placeSchema.safeParse({ host: fillIn(formOf(textIn(server, 'hostname') ?? ''), parts), port: Number(textIn(server, 'port') ?? ''), userName: userName.userName })
  if (!place.success) return null
  return { ...origin, protocol, host: place.data.host.toLowerCase(), port: place.data.port, security, ...userName, sessionUrl: null, methods: known }
}

/** The draft's form of a JMAP server: its session as an address (section "HTTP"). */
function readJmap(server: unknown, parts: AddressParts, origin: Origin): NamedServer | null {
  const text = textIn(server, 'url')
  if (text === null || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null
  return { ...origin, protocol: 'jmap', host: url.hostname, port: Number(url.port || '443'), security: 'tls', ...userNameOf(textIn(server, 'username'), parts), sessionUrl: url.href, methods: [] }
}

/** The names such a file has for the parts of an address. */
function formOf(text: string): string {
  return text.replaceAll('%EMAILADDRESS%', '{address}').replaceAll('%EMAILLOCALPART%', '{local-part}').replaceAll('%EMAILDOMAIN%', '{domain}')
}

/** Where the file asks a person for something else, the usual names are tried. */
function userNameOf(text: string | null, parts: AddressParts): Pick<NamedServer, 'userNameForm' | 'userName' | 'otherUserName'> {
  const form = formOf(text ?? '')
  return form === '' || form.includes('%') ? usualUserName(parts) : userNameFrom(form, parts)
}
