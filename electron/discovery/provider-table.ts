/**
 * Settings of known providers, from a table that came with the program: answers at once, without any network, and tells
 * nobody which address was looked up.
 *
 * A server in `providers.json` is one line: protocol, security, host:port, form of the user name, ways to sign in. `keepsSent` are the
 * hosts of a provider that puts whatever goes out through its SMTP server into the Sent folder of the sender's mailbox by itself.
 */
import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { securitySchema, serverProtocolSchema, signInMethodSchema } from '../../shared/model/server.ts'
import { type AddressParts, fillIn, inUsualOrder, type NamedServer, splitAddress, userNameFrom } from './found-server.ts'

const tableSchema = z.array(z.object({ name: z.string(), domains: z.string(), incoming: z.array(z.string()), outgoing: z.array(z.string()), keepsSent: z.string().optional() }))

type Origin = Pick<NamedServer, 'source' | 'voucher'>

/** Empty = not in the table. */
export async function findInProviderTable(address: string): Promise<readonly NamedServer[]> {
  return serversOfDomain(splitAddress(address).domain, address, { source: 'provider-table', voucher: 'program' })
}

/** What the table has for a domain, which need not be the address's own: its mail may be kept by a provider. */
export async function serversOfDomain(domain: string, address: string, origin: Origin): Promise<readonly NamedServer[]> {
  const name = domainToASCII(domain).toLowerCase()
  const provider = (await readTable()).find(({ domains }) => domains.split(' ').includes(name))
  if (provider === undefined) return []
  const parts = splitAddress(address)
  const own = { ...parts, domain: domainToASCII(parts.domain).toLowerCase() }
  return inUsualOrder([...provider.incoming, ...provider.outgoing].map((line) => readServer(line, own, origin)))
}

/** The servers of all providers, by name. */
export async function hostsOfProviders(): Promise<ReadonlySet<string>> {
  const lines = (await readTable()).flatMap(({ incoming, outgoing }) => [...incoming, ...outgoing])
  return new Set(lines.map((line) => line.replace(/^\S+ \S+ (.*?):\d+ .*$/, '$1')).filter((host) => !host.includes('{')))
}

/**
 * Whether mail sent through the one is kept in a mailbox at the other, without anybody's doing. Gmail ("Add Gmail to another email client":
 * sent mail is copied to the Sent folder by itself) and Microsoft (Set-Mailbox, MessageCopyForSMTPClientSubmissionEnabled,
 * on unless an administrator switched it off) say so. Of others it is found out by looking.
 */
export async function keepsSentItself(outgoingHost: string, incomingHost: string): Promise<boolean> {
  const hosts = (await readTable()).map(({ keepsSent }) => (keepsSent ?? '').split(' '))
  return hosts.some((own) => own.includes(outgoingHost.toLowerCase()) && own.includes(incomingHost.toLowerCase()))
}

async function readTable(): Promise<z.infer<typeof tableSchema>> {
  // Late: 50 KB that most runs of the program never need.
  const { default: json } = await import('./providers.json', { with: { type: 'json' } })
  return tableSchema.parse(json)
}

const usualForms: readonly string[] = ['address', 'local-part', 'domain']

function readServer(line: string, parts: AddressParts, origin: Origin): NamedServer {
  const [protocol, security, place = '', form = '', methods = '-'] = line.split(' ')
  const colon = place.lastIndexOf(':')
  return {
    ...origin,
    protocol: serverProtocolSchema.parse(protocol),
    host: fillIn(place.slice(0, colon), parts),
    port: Number(place.slice(colon + 1)),
    security: securitySchema.parse(security),
    ...userNameFrom(form === 'none' ? '' : usualForms.includes(form) ? `{${form}}` : form, parts),
    sessionUrl: null,
    methods: methods === '-' ? [] : z.array(signInMethodSchema).parse(methods.split(',')),
  }
}
