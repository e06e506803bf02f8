/** What CAPA says about mail that goes by itself and about how often one may come (RFC 2449 sections 6.5 and 6.7). */
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { Capabilities } from './greet-pop3.ts'

export function announcedHabits(capabilities: Capabilities): readonly ServerAdvice[] {
  // "EXPIRE NEVER" and a bare keyword say nothing that anybody has to know.
  const days = numberIn(capabilities?.get('EXPIRE'))
  const seconds = numberIn(capabilities?.get('LOGIN-DELAY'))
  return [
    ...(days === null ? [] : [{ kind: 'expires', days } as const]),
    ...(seconds === null || seconds === 0 ? [] : [{ kind: 'login-delay', seconds } as const]),
  ]
}

function numberIn(words: string | undefined): number | null {
  const digits = /^(\d{1,9})(?: |$)/.exec(words ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}
