/**
 * When a mail that was refused for now is tried again: after 1, 5, 15, 60 minutes, then every 4 hours, each a little earlier
 * or later so that many do not come back at once; given up after 5 days (RFC 5321 section 4.5.4.1: at least 4 to 5 days), but not
 * before it was tried once after each of these times: a week in which the machine slept, or a clock that was wrong, is no try.
 */
const minute = 60_000
const delays = [1, 5, 15, 60, 240] as const
export const giveUpAfter = 5 * 24 * 60 * minute

/** Milliseconds to wait after the `attempt`th attempt (from 1). `random` is in 0 to 1; the delay varies by a tenth. */
export function delayAfter(attempt: number, random: number): number {
  const minutes = delays[Math.min(Math.max(attempt, 1), delays.length) - 1] ?? 240
  return Math.round(minutes * minute * (0.9 + 0.2 * random))
}

/** null = it has been tried for long enough. */
export function retryAt(mail: { readonly attempts: number; readonly firstTriedAt: Date }, now: Date, random: number): Date | null {
  const next = new Date(now.getTime() + delayAfter(mail.attempts, random))
  const isOld = next.getTime() - mail.firstTriedAt.getTime() > giveUpAfter
  return isOld && mail.attempts > delays.length ? null : next
}
