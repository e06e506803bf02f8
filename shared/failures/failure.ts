/**
 * An expected failure: a stable code and the evidence for it. Words are found by code in `catalogue.ts`; nothing anywhere
 * decides by message texts. A failure never carries a secret.
 */
import { z } from 'zod'
import { fieldProblemSchema } from '../model/field-problem.ts'
import { tableFaultSchema } from '../model/table-fault.ts'
import { templateFaultSchema } from '../model/template.ts'

export const failureCodes = [
  // name look-up and connection
  'dns.no-such-host', 'dns.unavailable',
  'connect.refused', 'connect.unreachable', 'connect.timeout', 'connect.lost', 'connect.too-many',
  // security of the connection
  'tls.untrusted-certificate', 'tls.self-signed-certificate', 'tls.expired-certificate', 'tls.not-yet-valid-certificate', 'tls.wrong-name', 'tls.weak-certificate', 'tls.revoked-certificate', 'tls.status-missing',
  'tls.changed-certificate', 'tls.handshake-failed', 'tls.not-offered', 'tls.injected-data',
  // sign-in and policy
  'signin.rejected', 'signin.no-password', 'signin.app-password-needed', 'signin.second-factor', 'signin.locked',
  'signin.no-mechanism', 'signin.unavailable', 'signin.again', 'signin.clear-text-refused',
  // sign-in over the web (OAuth 2.0)
  'signin.provider-unavailable', 'signin.provider-refused', 'signin.no-registration', 'signin.denied', 'signin.wrong-user', 'signin.not-finished',
  'policy.basic-auth-off', 'policy.sender-refused', 'policy.refused', 'policy.too-fast',
  // what servers answer
  'server.unavailable', 'server.protocol', 'server.answer-too-long', 'server.refused', 'server.elsewhere',
  'mailbox.in-use', 'mailbox.missing', 'mailbox.exists', 'mailbox.special', 'mailbox.not-empty', 'mailbox.one-only', 'quota.exceeded', 'message.too-large', 'message.gone',
  // sending
  'send.recipient-refused', 'send.all-recipients-refused', 'send.refused', 'send.temporary', 'send.outcome-unknown',
  'send.switched-off', 'send.no-server', 'send.needs-smtputf8', 'send.test-not-arrived',
  // secrets
  'secrets.locked', 'secrets.absent', 'secrets.failed', 'vault.wrong-passphrase', 'vault.damaged',
  // disk and settings
  'storage.full', 'storage.failed', 'storage.damaged', 'settings.damaged', 'settings.newer', 'data-folder.in-use', 'data-folder.of-others', 'data-folder.still-there',
  // what was asked for
  'input.invalid', 'input.not-json', 'input.unreadable-file',
  'account.unknown', 'account.ambiguous', 'account.cannot-send', 'account.cannot-receive', 'account.paused', 'account.no-web-sign-in', 'unit.unknown', 'unit.no-server',
  'job.unknown', 'job.interrupted', 'job.cancelled', 'mail.unknown', 'mail.unreadable',
  'outbox.unknown', 'outbox.wrong-state', 'outbox.changed-file', 'outbox.older-copy', 'contact.unknown', 'contact.ambiguous', 'contact.address-taken', 'file.unknown', 'file.too-large', 'discovery.nothing-found', 'discovery.no-mail',
  'template.unknown', 'template.wrong', 'template.in-use', 'table.unreadable', 'table.empty', 'batch.gone', 'batch.unknown', 'batch.problems', 'batch.queued-before', 'batch.files-awaited', 'batch.nothing-left', 'folder.unknown', 'folder.unusable',
  'host.not-possible', 'output.unwritten', 'program.error',
] as const

export const failureCodeSchema = z.enum(failureCodes)
export type FailureCode = z.infer<typeof failureCodeSchema>

/** Dates ISO 8601; fingerprints lower-case hex SHA-256. */
const certificateIdentityShape = { subject: z.string(), issuer: z.string(), validFrom: z.string(), validTo: z.string(), fingerprint: z.string() }

/** What a person needs to judge a certificate. */
export const certificateFactsSchema = z.object({
  ...certificateIdentityShape,
  names: z.array(z.string()),
  /** Who vouches for it, and who for them, as far as the server showed it. */
  chain: z.array(z.object(certificateIdentityShape)).default([]),
  /** The subject of the one in the chain that is not in order; null = the server's own. */
  problemWith: z.string().nullable().default(null),
  /** Fingerprint the user trusted before, where this one differs. */
  trustedBefore: z.string().nullable(),
  /** It verifies by itself; then it is only shown where another one was trusted. */
  verifies: z.boolean(),
})
export type CertificateFacts = z.infer<typeof certificateFactsSchema>

export const evidenceSchema = z.object({
  host: z.string().optional(),
  port: z.number().optional(),
  protocol: z.string().optional(),
  /** The server's own words, one line, bounded, control characters removed. */
  serverWords: z.string().optional(),
  /** SMTP reply code, or the number a protocol gave. */
  replyCode: z.number().optional(),
  seconds: z.number().optional(),
  address: z.string().optional(),
  userName: z.string().optional(),
  /** Name of an account, a file, a state: what the sentence is about. */
  name: z.string().optional(),
  page: z.string().optional(),
  /** Where a mail server says that people sign in over the web (RFC 7628 section 3.2.2): told to a person, who may believe it. Nothing goes there by itself. */
  issuer: z.string().optional(),
  /** Which of several things that were handed over together, from 0. */
  index: z.number().int().optional(),
  certificate: certificateFactsSchema.optional(),
  fields: z.array(fieldProblemSchema).optional(),
  /** Where a template is wrong. */
  faults: z.array(templateFaultSchema).optional(),
  /** Why and where a table cannot be read. */
  table: tableFaultSchema.optional(),
  /** How many of something: rows with a problem. */
  count: z.number().optional(),
  /** For the log and for support; never needed to understand the failure. */
  detail: z.string().optional(),
})
export type Evidence = z.infer<typeof evidenceSchema>

export const failureSchema = z.object({ code: failureCodeSchema, evidence: evidenceSchema })
export type Failure = z.infer<typeof failureSchema>

export function failure(code: FailureCode, evidence: Evidence = {}): Failure {
  return { code, evidence }
}

/** The answer of whatever can fail in an expected way. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const failed = (code: FailureCode, evidence: Evidence = {}): Outcome<never> => ({ ok: false, failure: failure(code, evidence) })
export const refused = (reason: Failure): Outcome<never> => ({ ok: false, failure: reason })

/** For the end of a switch over a closed union: a missing case is a type error. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`)
}
