/** Something that reads what strangers write, with what it may get to read and what must hold whatever that is. */
import fc from 'fast-check'
import { failureCodes, type Outcome } from '../../../shared/failures/failure.ts'

export interface Target {
  readonly name: string
  /** The property is checked with made-up input so many times, or until the time is up; what it throws is a fault found. */
  run(parameters: fc.Parameters<unknown>): Promise<void>
}

export function target<T>(name: string, input: fc.Arbitrary<T>, holds: (input: T) => Promise<void> | void): Target {
  // A hang is one that takes far longer than anything here may on any machine.
  return { name, run: (parameters) => fc.assert(fc.asyncProperty(input, async (one) => holds(one)), { ...(parameters as fc.Parameters<[T]>), timeout: 30_000 }) }
}

/** A failure is one of those that there are. */
export function checkOutcome(outcome: Outcome<unknown>): void {
  if (!outcome.ok && !failureCodes.includes(outcome.failure.code)) throw new Error(`no such failure: ${outcome.failure.code}`)
}

export function checkSame(one: unknown, other: unknown, what: string): void {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)]
  if (left !== right) throw new Error(`${what}: ${left?.slice(0, 500)} and ${right?.slice(0, 500)}`)
}
