/** What came back about a mail after it was sent (PRODUCT D10). Somebody else's claim: shown with their words, never more than they named. */
import { z } from 'zod'

/**
 * In the order of what they tell: `delayed` by a server on the way, `passed-on` to one that tells nothing more, `answered` by a program
 * (out of office), `delivered` into a mailbox, `bounced`, `deleted` by the reader, `read`, `complained` about as unwanted.
 */
const returnOutcomeSchema = z.enum(['delayed', 'passed-on', 'answered', 'delivered', 'bounced', 'deleted', 'read', 'complained'])
export type ReturnOutcome = z.infer<typeof returnOutcomeSchema>

/** Why it did not arrive. */
const refusalCauseSchema = z.enum([
  'no-such-address', 'no-such-domain', 'moved', 'takes-no-mail', 'mailbox-full', 'mailbox-disabled', 'too-large', 'content-refused', 'sender-refused', 'too-many', 'gave-up',
  'server-trouble', 'not-allowed', 'unknown',
])
export type RefusalCause = z.infer<typeof refusalCauseSchema>

export const mailReturnSchema = z.object({
  outcome: returnOutcomeSchema,
  /** When the first report that says so came, ISO 8601, UTC. */
  at: z.string(),
  /** hard = the next mail to this address will fail as well. Null = nothing failed. */
  bounce: z.enum(['hard', 'temporary']).nullable(),
  /** RFC 3463. */
  status: z.string().nullable(),
  cause: refusalCauseSchema.nullable(),
  /** In the words of whoever refused; may be empty. */
  words: z.string(),
})
export type MailReturn = z.infer<typeof mailReturnSchema>

/** The one that tells most, whatever the order they came in; null = nothing came back. */
export function mostTelling<T extends MailReturn>(returns: readonly T[]): T | null {
  return returns.toSorted((a, b) => rank(b) - rank(a) || a.at.localeCompare(b.at) || a.words.localeCompare(b.words))[0] ?? null
}

function rank({ outcome }: MailReturn): number {
  return returnOutcomeSchema.options.indexOf(outcome)
}
