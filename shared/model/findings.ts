/** What a look-up of settings for an address found, setting by setting, with where each comes from (B1, B9). */
import { z } from 'zod'
import { securitySchema, signInMethodSchema } from './server.ts'
import { failureSchema } from '../failures/failure.ts'

export const sourceSchema = z.enum(['provider-table', 'guess'])
export type Source = z.infer<typeof sourceSchema>

/** How the user name is made from the address; `exact` when the source names none of the usual forms. */
export const userNameFormSchema = z.enum(['address', 'local-part', 'domain', 'exact'])

export const foundServerSchema = z.object({
  source: sourceSchema,
  protocol: z.enum(['pop3', 'imap', 'smtp']),
  host: z.string(),
  port: z.number().int(),
  security: securitySchema,
  userNameForm: userNameFormSchema,
  userName: z.string(),
  methods: z.array(signInMethodSchema),
  /** Did this server answer with the security promised, just now? null = not tried. */
  answered: z.boolean().nullable(),
})
export type FoundServer = z.infer<typeof foundServerSchema>

/** B9: what a large service demands; the page is the provider's own. */
export const guidanceSchema = z.object({
  provider: z.string(),
  needs: z.enum(['password', 'app-password', 'oauth2']),
  page: z.string().nullable(),
})
export type Guidance = z.infer<typeof guidanceSchema>

export const sourceAnswerSchema = z.object({
  source: sourceSchema,
  state: z.enum(['waiting', 'running', 'found', 'nothing', 'failed', 'switched-off']),
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
})
export type Findings = z.infer<typeof findingsSchema>
