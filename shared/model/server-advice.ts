/**
 * What is unusual about an inbox on its server. Mailroom gets along with it; its owner is told, because it makes fetching
 * slower, or because mail may go from the server without anybody here having asked for it.
 */
import { z } from 'zod'

export const serverAdviceSchema = z.discriminatedUnion('kind', [
  /** POP3 without UIDL: messages are recognised by what they begin with, which takes a look at each of them. */
  z.object({ kind: z.literal('no-message-ids') }),
  /** So many messages share their UIDL with another one, or have none, and are told apart by what they begin with. */
  z.object({ kind: z.literal('unclear-message-ids'), count: z.number() }),
  /** So many messages that are here already came under a new UIDL. */
  z.object({ kind: z.literal('changed-message-ids'), count: z.number() }),
  /** So many messages were longer or shorter than the server had said. */
  z.object({ kind: z.literal('wrong-sizes'), count: z.number() }),
  /** So many messages begin with a dot that the server does not double (RFC 1939 section 3); they were fetched twice to read them right. */
  z.object({ kind: z.literal('undoubled-dots'), count: z.number() }),
  /** The server removes mail by itself (RFC 2449 section 6.7) after so many days; 0 = as soon as it was fetched. */
  z.object({ kind: z.literal('expires'), days: z.number() }),
  /** Seconds the server wants between two sign-ins (RFC 2449 section 6.5). */
  z.object({ kind: z.literal('login-delay'), seconds: z.number() }),
])
export type ServerAdvice = z.infer<typeof serverAdviceSchema>
