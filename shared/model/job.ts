/**
 * Long work, as everybody outside the job engine sees it.
 *
 *   queued ──▶ running ──▶ done
 *     │           ├──────▶ failed (failure)
 *     └───────────┴──────▶ cancelled
 *
 * A job never goes back. What is tried again is a new job.
 */
import { z } from 'zod'
import { failureSchema } from '../failures/failure.ts'
import { accountIdSchema } from './account.ts'
import { findingsSchema } from './findings.ts'
import { serverAdviceSchema } from './server-advice.ts'
import { storeReportSchema } from './store-findings.ts'

export const jobIdSchema = z.string().min(1).max(64)
export type JobId = z.infer<typeof jobIdSchema>

export const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled'])
export type JobState = z.infer<typeof jobStateSchema>

/** One step of "Check account" (B8). `words` are the server's own, or facts such as an address or a TLS version. */
export const checkStepSchema = z.object({
  side: z.enum(['incoming', 'outgoing', 'test-message']),
  step: z.enum(['name', 'connect', 'secure', 'sign-in', 'mailbox', 'sender', 'submit', 'arrive']),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  milliseconds: z.number().nonnegative().nullable(),
  words: z.string().nullable(),
  failure: failureSchema.nullable(),
})
export type CheckStep = z.infer<typeof checkStepSchema>
export type CheckSide = CheckStep['side']

/** What each kind of job tells while it runs and when it is done. */
export const jobDetailSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fetch-mail'),
    /** Messages stored in this run, found on the server already stored, and bytes received. */
    fetched: z.number(),
    known: z.number(),
    bytes: z.number(),
    /** Left on the server, with the reason. */
    skipped: z.array(z.object({ serverId: z.string(), failure: failureSchema })),
    removed: z.number(),
    /** What is unusual about the server, or was in this run. */
    advice: z.array(serverAdviceSchema).default([]),
  }),
  z.object({ kind: z.literal('send-mail'), sent: z.number(), failed: z.number(), unknown: z.number() }),
  z.object({ kind: z.literal('check-account'), steps: z.array(checkStepSchema) }),
  z.object({ kind: z.literal('look-up'), findings: findingsSchema }),
  /** `skipped`: subjects of messages whose text cannot be had, the first 100 of them. */
  z.object({ kind: z.literal('index'), indexed: z.number(), skipped: z.array(z.string()) }),
  /** The stored mail, checked against its index; with `rebuild`, the index was put right by the files. */
  z.object({ kind: z.literal('doctor'), rebuild: z.boolean(), report: storeReportSchema }),
])
export type JobDetail = z.infer<typeof jobDetailSchema>
export type JobKind = JobDetail['kind']

export const jobSchema = z.object({
  id: jobIdSchema,
  kind: z.enum(['fetch-mail', 'send-mail', 'check-account', 'look-up', 'index', 'doctor']),
  accountId: accountIdSchema.nullable(),
  state: jobStateSchema,
  /** Why it runs: a person asked, the schedule, or the start of the program. */
  cause: z.enum(['person', 'schedule', 'start']),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** `total` null = not known yet. Unit: messages for fetch, send, index and doctor, steps for check, sources for look-up. */
  progress: z.object({ done: z.number(), total: z.number().nullable() }),
  detail: jobDetailSchema,
  failure: failureSchema.nullable(),
})
export type Job = z.infer<typeof jobSchema>

export function isOver(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}
