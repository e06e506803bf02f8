/** What a look-up of settings for an address found, setting by setting, with where each comes from (B1, B9). */
import { z } from 'zod'
import { lookUpSchema } from './preferences.ts'
import { securitySchema, signInMethodSchema } from './server.ts'
import { type Failure, failure, failureSchema } from '../failures/failure.ts'

/** Every source is a look-up that can be switched off. */
const sourceSchema = lookUpSchema
export type Source = z.infer<typeof sourceSchema>

/** How the user name is made from the address; `exact` when the source names none of the usual forms. */
const userNameFormSchema = z.enum(['address', 'local-part', 'domain', 'exact'])

/**
 * Why a server is never chosen silently: everything goes in clear; it is not of the address's domain, and only the name service,
 * which anybody on the way can answer for, says that it belongs to it; its certificate does not verify; it did not answer.
 */
const cautionSchema = z.enum(['clear-text', 'other-domain', 'certificate', 'no-answer'])
export type Caution = z.infer<typeof cautionSchema>

export const foundServerSchema = z.object({
  source: sourceSchema,
  /** Other sources that name the same server. */
  agreed: z.array(sourceSchema).default([]),
  protocol: z.enum(['pop3', 'imap', 'smtp', 'jmap']),
  host: z.string(),
  port: z.number().int(),
  security: securitySchema,
  userNameForm: userNameFormSchema,
  userName: z.string(),
  /** What to try when that user name is refused (RFC 6186 section 4); null = nothing else. */
  otherUserName: z.string().nullable().default(null),
  /** JMAP: where its session is (RFC 8620 section 2). */
  sessionUrl: z.string().nullable().default(null),
  methods: z.array(signInMethodSchema),
  /** Did this server answer with the security promised, just now? null = not tried. */
  answered: z.boolean().nullable(),
  /** Why it did not. */
  failure: failureSchema.nullable().default(null),
  /** Empty = may be taken without asking. */
  cautions: z.array(cautionSchema).default([]),
})
export type FoundServer = z.infer<typeof foundServerSchema>

/** One thing a person has to do at the provider, with the very page for it. */
const guidanceStepSchema = z.object({
  do: z.enum(['two-step', 'app-password', 'allow-programs', 'web-sign-in', 'ask-admin', 'bridge', 'elsewhere']),
  page: z.string().nullable(),
})
export type GuidanceStep = z.infer<typeof guidanceStepSchema>

/** B9: what a large service demands; the pages are the provider's own. */
export const guidanceSchema = z.object({
  provider: z.string(),
  /** `impossible`: it lets no other program in. */
  needs: z.enum(['password', 'app-password', 'oauth2', 'impossible']),
  page: z.string().nullable(),
  /** In the order in which they are done. */
  steps: z.array(guidanceStepSchema).default([]),
})
export type Guidance = z.infer<typeof guidanceSchema>

/** What a large provider says of its own servers. Days as ISO 8601, which may be to come; null = no such limit, or not switched off. */
const providerFactsSchema = z.object({
  name: z.string(),
  /** Messages. */
  perMinute: z.number().nullable(),
  /** Recipients in 24 hours. */
  perDay: z.number().nullable(),
  /** Since when nobody gets in with the account's own password. */
  passwordOff: z.object({ incoming: z.string().nullable(), outgoing: z.string().nullable() }),
})
export type ProviderFacts = z.infer<typeof providerFactsSchema>

const sourceAnswerSchema = z.object({
  source: sourceSchema,
  /** `not-needed`: a better source was enough. `needs-address`: works with the whole address only, which may not be told. */
  state: z.enum(['waiting', 'running', 'found', 'nothing', 'failed', 'switched-off', 'not-needed', 'needs-address']),
  milliseconds: z.number().nullable(),
  failure: failureSchema.nullable(),
})
export type SourceAnswer = z.infer<typeof sourceAnswerSchema>

export const findingsSchema = z.object({
  address: z.string(),
  sources: z.array(sourceAnswerSchema),
  /** Best first. */
  incoming: z.array(foundServerSchema),
  outgoing: z.array(foundServerSchema),
  guidance: guidanceSchema.nullable(),
  provider: providerFactsSchema.nullable().optional(),
})
export type Findings = z.infer<typeof findingsSchema>

/** The domain says of itself that it takes no mail (RFC 7505): to be told beside the servers that answer all the same. */
export const whyNoMail = ({ sources }: Pick<Findings, 'sources'>): Failure | null => sources.find(({ failure }) => failure?.code === 'discovery.no-mail')?.failure ?? null

/** The domain says that it takes no mail; or nobody could be asked, which says nothing about the address; or nobody knows it. */
export function whyNothingFound({ address, sources }: Findings): Failure {
  const failures = sources.flatMap((answer) => answer.failure ?? [])
  const nobodyAnswered = sources.every(({ source, state }) => source === 'provider-table' || (state !== 'nothing' && state !== 'found'))
  const network = nobodyAnswered ? failures.find(({ code }) => code === 'dns.unavailable' || code === 'connect.unreachable') : undefined
  return whyNoMail({ sources }) ?? network ?? failure('discovery.nothing-found', { address })
}
