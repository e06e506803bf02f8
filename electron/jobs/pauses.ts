/**
 * Which halves of which accounts are left alone because their sign-in failed, so that a wrong password is tried once and
 * not until the server locks the account (D4). A person's own "now" still tries; what works ends the pause.
 *
 * Kept in memory. After a start it follows from the last job of that half: one that ended with a sign-in failure means paused.
 */
import type { Failure, FailureCode } from '../../shared/failures/failure.ts'
import type { AccountId, Direction } from '../../shared/model/account.ts'
import type { JobEngine } from './job-engine.ts'

export interface Pauses {
  /** Why this half is paused; without a direction, why any of the two is. null = it is not. */
  of(accountId: AccountId, direction?: Direction): Failure | null
  /** Called with how a run of that half ended: null = it signed in. Failures that say nothing about the sign-in change nothing. */
  note(accountId: AccountId, direction: Direction, outcome: Failure | null): void
  /** Both halves may be tried again. */
  resume(accountId: AccountId): void
  onChange(listener: (accountId: AccountId) => void): () => void
}

/** Failures that the next attempt with the same password would only repeat. */
const pausing: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'signin.rejected',
  'signin.no-password',
  'signin.app-password-needed',
  'signin.second-factor',
  'signin.locked',
  'signin.no-mechanism',
  'signin.again',
  'signin.provider-refused',
  'signin.clear-text-refused',
  'policy.basic-auth-off',
])

function pausesAccount(failure: Failure): boolean {
  return pausing.has(failure.code)
}

const kindOf = { incoming: 'fetch-mail', outgoing: 'send-mail' } as const

export function createPauses(parts: { readonly jobs: Pick<JobEngine, 'last'> }): Pauses {
  const known = new Map<string, Failure | null>()
  const listeners = new Set<(accountId: AccountId) => void>()

  function pauseOf(accountId: AccountId, direction: Direction): Failure | null {
    const key = `${direction}:${accountId}`
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const last = parts.jobs.last(accountId, kindOf[direction])?.failure ?? null
    const pause = last !== null && pausesAccount(last) ? last : null
    known.set(key, pause)
    return pause
  }

  function set(accountId: AccountId, direction: Direction, pause: Failure | null): void {
    if (pauseOf(accountId, direction) === pause) return
    known.set(`${direction}:${accountId}`, pause)
    for (const listener of listeners) listener(accountId)
  }

  return {
    of(accountId, direction) {
      if (direction !== undefined) return pauseOf(accountId, direction)
      return pauseOf(accountId, 'incoming') ?? pauseOf(accountId, 'outgoing')
    },
    note(accountId, direction, outcome) {
      if (outcome === null || pausesAccount(outcome)) set(accountId, direction, outcome)
    },
    resume(accountId) {
      set(accountId, 'incoming', null)
      set(accountId, 'outgoing', null)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
