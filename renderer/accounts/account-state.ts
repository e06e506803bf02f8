/** The one word an account's row says about it, worst first. */
import type { AccountOverview } from '../../shared/contract/methods.ts'

export type AccountState = 'paused' | 'passwordMissing' | 'problem' | 'sendingOff' | 'ready'

export function stateOf({ paused, secrets, lastFetch, lastCheck, account }: AccountOverview): AccountState {
  if (paused !== null) return 'paused'
  if (secrets.incoming === 'missing' || secrets.outgoing === 'missing') return 'passwordMissing'
  const last = [lastFetch, lastCheck].filter((run) => run !== null).sort((one, other) => other.at.localeCompare(one.at))[0]
  if (last !== undefined && last.failure !== null) return 'problem'
  if (account.outgoing !== null && !account.outgoing.enabled) return 'sendingOff'
  return 'ready'
}
