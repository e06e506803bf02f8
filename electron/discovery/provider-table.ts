/**
 * Settings of known providers, from a table that came with the program: answers at once, without any network, and tells
 * nobody which address was looked up.
 *
 * A server in `providers.json` is one line: protocol, security, host:port, form of the user name, ways to sign in. `keepsSent` are the
 * hosts of a provider that puts whatever goes out through its SMTP server into the Sent folder of the sender's mailbox by itself.
 */
import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { foundServerSchema, type FoundServer } from '../../shared/model/findings.ts'
import { fillIn, splitAddress, type AddressParts } from './found-server.ts'

const tableSchema = z.array(z.object({ name: z.string(), domains: z.string(), incoming: z.array(z.string()), outgoing: z.array(z.string()), keepsSent: z.string().optional() }))

export interface ProviderAnswer {
  readonly incoming: readonly FoundServer[]
  readonly outgoing: readonly FoundServer[]
}

/** null = not in the table. */
export async function findInProviderTable(address: string): Promise<ProviderAnswer | null> {
  const parts = splitAddress(address)
  const domain = domainToASCII(parts.domain).toLowerCase()
  const provider = (await readTable()).find(({ domains }) => domains.split(' ').includes(domain))
  if (provider === undefined) return null
  const read = (line: string) => readServer(line, { ...parts, domain })
  return { incoming: provider.incoming.map(read), outgoing: provider.outgoing.map(read) }
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

function readServer(line: string, parts: AddressParts): FoundServer {
  const [protocol, security, place = '', form = '', methods = '-'] = line.split(' ')
  const colon = place.lastIndexOf(':')
  const usual = form === 'address' || form === 'local-part' || form === 'domain'
  return foundServerSchema.parse({
    source: 'provider-table',
    protocol,
    host: fillIn(place.slice(0, colon), parts),
    port: Number(place.slice(colon + 1)),
    security,
    userNameForm: usual ? form : 'exact',
    userName: form === 'none' ? '' : fillIn(usual ? `{${form}}` : form, parts),
    methods: methods === '-' ? [] : methods.split(','),
    answered: null,
  })
}
