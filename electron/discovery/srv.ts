/**
 * What a domain says about its mail servers in the name service: SRV records (RFC 6186 section 3; RFC 8314 section 5.1 for
 * `_submissions`). Their order is the domain's: priority, then weight by lot (RFC 2782), and priorities also say whether IMAP or
 * POP3 is preferred (RFC 6186 section 3.3). A target of "." means that there is no such service.
 *
 * In clear is never read out of a record: `_imap`, `_pop3` and `_submission` are taken for STARTTLS, which is then required.
 */
import { domainToASCII } from 'node:url'
import type { Failure } from '../../shared/failures/failure.ts'
import { knowsNothing, type Named, type NamedServer, splitAddress, usualUserName } from './found-server.ts'
import type { DomainRecords, ServiceRecord } from './domain-records.ts'

export interface SrvParts {
  readonly names: Pick<DomainRecords, 'services'>
  /** From 0 up to 1. */
  readonly random?: () => number
}

const services = [
  { label: '_imaps', protocol: 'imap', security: 'tls' },
  { label: '_imap', protocol: 'imap', security: 'starttls' },
  { label: '_pop3s', protocol: 'pop3', security: 'tls' },
  { label: '_pop3', protocol: 'pop3', security: 'starttls' },
  { label: '_submissions', protocol: 'smtp', security: 'tls' },
  { label: '_submission', protocol: 'smtp', security: 'starttls' },
] as const
type Service = (typeof services)[number]

/** Ports that begin with TLS whatever a record's label says: zones from before RFC 8314 have 465 under `_submission`. */
const tlsPorts: readonly number[] = [993, 995, 465]

export async function findBySrv({ names, random = Math.random }: SrvParts, address: string, signal: AbortSignal): Promise<Named> {
  const parts = splitAddress(address)
  const domain = domainToASCII(parts.domain)
  if (domain === '') return knowsNothing
  const answers = await Promise.all(services.map(async (service) => ({ service, outcome: await names.services(`${service.label}._tcp.${domain}`, signal) })))
  const offers: { readonly service: Service; readonly records: readonly ServiceRecord[] }[] = []
  const notOffered: string[] = []
  let failure: Failure | null = null
  for (const { service, outcome } of answers) {
    if (!outcome.ok) {
      failure ??= outcome.failure
      continue
    }
    const records = outcome.value.filter(({ host }) => host !== '')
    if (records.length > 0) offers.push({ service, records: inDrawnOrder(records, random) })
    else if (outcome.value.length > 0) notOffered.push(`${service.protocol} ${service.security}`)
  }
  const preference = (protocol: Service['protocol']) => Math.min(...offers.filter(({ service }) => service.protocol === protocol).map(({ records }) => records[0]?.priority ?? 0))
  const ordered = offers.toSorted((a, b) => preference(a.service.protocol) - preference(b.service.protocol))
  const servers = ordered.flatMap(({ service: { protocol, security }, records }) =>
    records.map(({ host, port }): NamedServer => ({
      source: 'srv', voucher: 'name-service', protocol, host, port, security: tlsPorts.includes(port) ? 'tls' : security, ...usualUserName(parts), sessionUrl: null, methods: [],
    })),
  )
  return { servers, failure: servers.length === 0 ? failure : null, notOffered }
}

/**
 * RFC 2782: the lowest priority first; among equals one is drawn after the other, each with a chance in proportion to its weight,
 * those of weight 0 with a very small one.
 */
export function inDrawnOrder(records: readonly ServiceRecord[], random: () => number): ServiceRecord[] {
  const left = records.toSorted((a, b) => a.priority - b.priority || a.weight - b.weight)
  const drawn: ServiceRecord[] = []
  while (left.length > 0) {
    const equals = left.filter(({ priority }) => priority === left[0]?.priority)
    const sum = equals.reduce((all, { weight }) => all + weight, 0)
    let mark = Math.floor(random() * (sum + 1))
    const next = equals.find(({ weight }) => (mark -= weight) <= 0) ?? equals[0]
    if (next === undefined) break
    drawn.push(next)
    left.splice(left.indexOf(next), 1)
  }
  return drawn
}
