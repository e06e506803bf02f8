/** What a service demands, said once more where a sign-in failed for that reason (B9). Nothing where it demands nothing. */
import { explains, mayBeDemand } from '../../shared/failures/service-demands.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { GuidanceBar } from '../ui/guidance-bar.tsx'

export function DemandsOf({ failure, address }: { readonly failure: Failure; readonly address: string }) {
  return mayBeDemand(failure) ? <Demands failure={failure} address={address} /> : null
}

function Demands({ failure, address }: { readonly failure: Failure; readonly address: string }) {
  const { host } = failure.evidence
  const at = useAnswer('signIn.options', { address, servers: host === undefined ? [] : [host], issuer: null })
  const guidance = at.value?.guidance ?? null
  return explains(guidance, failure) ? <GuidanceBar guidance={guidance} /> : null
}
