/** Failures behind which there may be something that a service demands and that only its own pages can give (B9). */
import type { Guidance } from '../model/findings.ts'
import type { Failure, FailureCode } from './failure.ts'

const codes: ReadonlySet<FailureCode> = new Set(['signin.app-password-needed', 'signin.second-factor', 'signin.no-mechanism', 'policy.basic-auth-off', 'signin.rejected'])

export function mayBeDemand({ code }: Failure): boolean {
  return codes.has(code)
}

/** Where the usual password is taken, mail programs may have to be allowed first. */
export function explains(guidance: Guidance | null, failure: Failure): guidance is Guidance {
  return guidance !== null && mayBeDemand(failure)
}
