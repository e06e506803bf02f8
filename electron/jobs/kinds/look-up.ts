/** Looks for the settings of an address and tells every source's answer as it comes (B1). */
import { done, failed, refused } from '../../../shared/failures/failure.ts'
import { type Findings, whyNothingFound } from '../../../shared/model/findings.ts'
import { isMailAddress } from '../../../shared/model/text-field.ts'
import { lookUp, type LookUpParts } from '../../discovery/look-up.ts'
import type { Work } from '../job-engine.ts'

export function lookUpSettings(parts: LookUpParts, typed: string): Work<'look-up'> {
  const address = typed.trim()
  return {
    kind: 'look-up',
    accountId: null,
    begin: { kind: 'look-up', findings: { address, sources: [], incoming: [], outgoing: [], guidance: null } },
    lane: null,
    async run({ signal, report }) {
      if (!isMailAddress(address)) return failed('input.invalid', { fields: [{ path: 'address', problem: 'not-an-address' }] })
      const tell = (findings: Findings) =>
        report({ done: findings.sources.filter(({ state }) => state !== 'waiting' && state !== 'running').length, total: findings.sources.length }, { kind: 'look-up', findings })
      const findings = await lookUp(parts, address, tell, signal)
      tell(findings)
      if (signal.aborted) return failed('job.cancelled')
      const nothing = findings.incoming.length === 0 && findings.outgoing.length === 0
      return nothing ? refused(whyNothingFound(findings)) : done(undefined)
    },
  }
}
