/** The contract's empty answer for work that has nothing to tell but that it was done. */
import { done, type Outcome } from '../../shared/failures/failure.ts'

export function nothingOf(outcome: Outcome<unknown>): Outcome<Record<string, never>> {
  return outcome.ok ? done({}) : outcome
}
