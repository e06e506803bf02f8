/**
 * What may be offered of what was named, and with which caution: the one place that decides whom to believe.
 *
 * - In clear: marked. Outside the domain only where this program's table or the public list says so; anybody else who names a
 *   foreign server in clear is refused, because a password would go there unseen.
 * - A foreign host that only the name service names is marked, except a host of a provider in our table that proved its name.
 * - The web server of the domain may name foreign hosts; they must have proved their name.
 * - A certificate that does not verify, and no answer at all, are marked; what was cut off before it was over is not held against it.
 */
import type { Caution, FoundServer } from '../../shared/model/findings.ts'
import { isOfDomain, type NamedServer } from './found-server.ts'
import type { Proof } from './prove.ts'

export interface Circumstances {
  /** Of the address, in ASCII. */
  readonly domain: string
  /** Hosts of providers in the table. */
  readonly isOfProvider: (host: string) => boolean
}

/** null = refused. */
export function judge(server: NamedServer, proof: Proof | null, { domain, isOfProvider }: Circumstances): FoundServer | null {
  const { voucher, ...named } = server
  const foreign = !isOfDomain(server.host, domain)
  const vouchedFor = voucher === 'program' || voucher === 'public-list'
  if (server.security === 'none') {
    return foreign && !vouchedFor ? null : found(named, null, ['clear-text'])
  }
  const cautions: Caution[] = []
  if (foreign && voucher === 'name-service' && !(proof?.ok === true && isOfProvider(server.host))) cautions.push('other-domain')
  if (proof?.ok === false) {
    const untrusted = proof.failure.evidence.certificate !== undefined
    if (untrusted && foreign && !vouchedFor) return null
    if (untrusted) cautions.push('certificate')
    // Our own table is not doubted because the network is: the test that follows shows what is wrong.
    else if (voucher !== 'program' || !saysNothing.test(proof.failure.code)) cautions.push('no-answer')
  }
  return found(named, proof, cautions)
}

/** About the network here rather than about the server. */
const saysNothing = /^(?:dns\.|connect\.(?:unreachable|timeout)$)/

function found(named: Omit<NamedServer, 'voucher'>, proof: Proof | null, cautions: Caution[]): FoundServer {
  return {
    ...named,
    agreed: [],
    methods: named.methods.length > 0 || proof?.ok !== true ? [...named.methods] : [...proof.value.methods],
    answered: proof === null ? null : proof.ok,
    failure: proof?.ok === false ? proof.failure : null,
    cautions,
  }
}
