/** Reads an answer of Autodiscover's older form (POX; [MS-OXDSCLI] section 2.2.4): the servers in it, or where else to ask. */
import { z } from 'zod'
import { done, failed, type Evidence, type Outcome } from '../../shared/failures/failure.ts'
import type { Security } from '../../shared/model/server.ts'
import { isHost } from '../../shared/model/text-field.ts'
import { type AddressParts, inUsualOrder, type NamedServer, userNameFrom, usualUserName } from './found-server.ts'
import { childOf, listOf, readXml, textIn } from './read-xml.ts'

export interface AutodiscoverAnswer {
  readonly servers: readonly NamedServer[]
  /** Not here: there. */
  readonly pointer: string | null
  /** Not this address: that one. */
  readonly otherAddress: string | null
}

const mostServers = 20
const placeSchema = z.object({ host: z.string().refine(isHost), port: z.number().int().min(1).max(65535), userName: z.string().max(320).regex(/^\P{Cc}*$/u) })
const protocols: Readonly<Record<string, 'imap' | 'pop3' | 'smtp'>> = { imap: 'imap', pop3: 'pop3', smtp: 'smtp' }

export async function readAutodiscover(bytes: Uint8Array, parts: AddressParts, origin: Pick<NamedServer, 'source' | 'voucher'>, where: Evidence): Promise<Outcome<AutodiscoverAnswer>> {
  const tree = await readXml(bytes, where)
  if (!tree.ok) return tree
  const account = childOf(childOf(childOf(tree.value, 'Autodiscover'), 'Response'), 'Account')
  if (account === null) return failed('server.protocol', { ...where, detail: 'no Account' })
  const action = textIn(account, 'Action')?.toLowerCase()
  const servers = listOf(account, 'Protocol').slice(0, mostServers).flatMap((protocol) => readServer(protocol, parts, origin) ?? [])
  return done({
    servers: inUsualOrder(servers),
    pointer: action === 'redirecturl' ? (textIn(account, 'RedirectUrl') ?? textIn(account, 'RedirectURL')) : null,
    otherAddress: action === 'redirectaddr' ? (textIn(account, 'RedirectAddr') ?? textIn(account, 'RedirectAddress')) : null,
  })
}

function readServer(element: unknown, parts: AddressParts, origin: Pick<NamedServer, 'source' | 'voucher'>): NamedServer | null {
  const protocol = protocols[textIn(element, 'Type')?.toLowerCase() ?? '']
  const port = Number(textIn(element, 'Port') ?? '')
  if (protocol === undefined) return null
  const isOpen = isOff(textIn(element, 'AuthRequired'))
  const userName = isOpen ? userNameFrom('', parts) : userNameOf(textIn(element, 'LoginName'), parts)
  const place = placeSchema.safeParse({ host: textIn(element, 'Server'), port, userName: userName.userName })
  if (!place.success) return null
  // "on" where it is not said, as the form has it; but nobody means NTLM by saying nothing.
  const spa = textIn(element, 'SPA')?.toLowerCase() === 'on'
  return {
    ...origin, protocol, host: place.data.host.toLowerCase(), port, security: securityOf(textIn(element, 'Encryption'), textIn(element, 'SSL'), port), ...userName, sessionUrl: null,
    methods: isOpen ? [] : spa ? ['spa', 'password'] : ['password'],
  }
}

const isOff = (text: string | null) => text?.toLowerCase() === 'off'
const tlsPorts: readonly number[] = [993, 995, 465]
const upgradedPorts: readonly number[] = [143, 110, 587, 25]

/** `Encryption` goes before `SSL`, which is "on" where it is not said; "TLS" means STARTTLS there. Usual ports mean what they always mean. */
function securityOf(encryption: string | null, ssl: string | null, port: number): Security {
  if (tlsPorts.includes(port)) return 'tls'
  const wanted = encryption?.toLowerCase() ?? (isOff(ssl) ? 'none' : 'ssl')
  if (wanted === 'none') return 'none'
  return wanted === 'ssl' && !upgradedPorts.includes(port) ? 'tls' : 'starttls'
}

function userNameOf(text: string | null, parts: AddressParts): Pick<NamedServer, 'userNameForm' | 'userName' | 'otherUserName'> {
  if (text === null || text === '') return usualUserName(parts)
  if (text.toLowerCase() === parts.address.toLowerCase()) return userNameFrom('{address}', parts)
  return text === parts.localPart ? userNameFrom('{local-part}', parts) : { userNameForm: 'exact', userName: text, otherUserName: null }
}
