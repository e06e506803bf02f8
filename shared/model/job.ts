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
import { assertNever, failureSchema } from '../failures/failure.ts'
import { accountIdSchema } from './account.ts'
import { findingsSchema } from './findings.ts'
import { serverAdviceSchema } from './server-advice.ts'
import { storeReportSchema } from './store-findings.ts'

export const jobIdSchema = z.string().min(1).max(64)
export type JobId = z.infer<typeof jobIdSchema>

const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled'])
export type JobState = z.infer<typeof jobStateSchema>

/** One step of "Check account" (B8). `words` are the server's own, or facts such as an address or a TLS version. */
const checkStepSchema = z.object({
  side: z.enum(['incoming', 'outgoing', 'test-message']),
  step: z.enum(['name', 'connect', 'secure', 'sign-in', 'mailbox', 'sender', 'send-as', 'submit', 'arrive']),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  milliseconds: z.number().nonnegative().nullable(),
  words: z.string().nullable(),
  failure: failureSchema.nullable(),
})
export type CheckStep = z.infer<typeof checkStepSchema>
export type CheckSide = CheckStep['side']

/** So many messages left on the server are named in a run's log; a mailbox may hold hundreds of thousands. */
export const skippedNamed = 100

/** What each kind of job tells while it runs and when it is done. */
const jobDetailSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fetch-mail'),
    /** What it is doing, or was when it ended: signing in, asking what is there, bringing it in, having copies removed. */
    phase: z.enum(['connect', 'list', 'fetch', 'remove']).default('connect'),
    /** Messages stored in this run, found on the server already stored, and bytes received. */
    fetched: z.number(),
    /** Of those fetched, what a person waits for: unread, and neither junk nor written by that person; null = all of them. */
    arrived: z.number().nullable().default(null),
    known: z.number(),
    bytes: z.number(),
    /** Bytes of all that is to be brought in, as the server announced them; null = not known yet. */
    bytesTotal: z.number().nullable().default(null),
    /** Left on the server, with the reason: the first `skippedNamed` of them, and how many there are. */
    skipped: z.array(z.object({ serverId: z.string(), failure: failureSchema })),
    skippedTotal: z.number().default(0),
    removed: z.number(),
    /** What is unusual about the server, or was in this run. */
    advice: z.array(serverAdviceSchema).default([]),
  }),
  z.object({ kind: z.literal('send-mail'), sent: z.number(), failed: z.number(), unknown: z.number() }),
  /** `userName`: the other one, which the server took after it had refused the first. */
  z.object({ kind: z.literal('check-account'), steps: z.array(checkStepSchema), userName: z.string().nullable().optional() }),
  z.object({ kind: z.literal('look-up'), findings: findingsSchema }),
  /** `skipped`: subjects of messages whose text cannot be had, the first 100 of them. */
  z.object({ kind: z.literal('index'), indexed: z.number(), skipped: z.array(z.string()) }),
  /** The stored mail, checked against its index; with `rebuild`, the index was put right by the files. */
  z.object({ kind: z.literal('doctor'), rebuild: z.boolean(), report: storeReportSchema }),
  /** The rows of a table looked at (`check`), or all of them queued as mails (`queue`); `batchId` once they are. */
  z.object({ kind: z.literal('batch'), phase: z.enum(['check', 'queue']), tableId: z.string(), name: z.string(), problems: z.number(), batchId: z.string().nullable() }),
  /** Somebody signs in over the web. `page` and `userCode` only for another device: the browser's page carries what nobody else may know. */
  z.object({
    kind: z.literal('sign-in'), phase: z.enum(['begin', 'wait', 'done']), provider: z.string(), way: z.enum(['browser', 'device']),
    page: z.string().nullable(), userCode: z.string().nullable(),
    /** Stands for the finished sign-in until an account takes it (`secrets.signedIn`); null where the account had taken it already. */
    signInId: z.string().nullable(), signedInAs: z.string().nullable(),
  }),
])
export type JobDetail = z.infer<typeof jobDetailSchema>
export type JobKind = JobDetail['kind']

const jobCauseSchema = z.enum(['person', 'schedule', 'start', 'network', 'wake', 'server'])
export type JobCause = z.infer<typeof jobCauseSchema>

export const jobSchema = z.object({
  id: jobIdSchema,
  kind: z.enum(['fetch-mail', 'send-mail', 'check-account', 'look-up', 'index', 'doctor', 'batch', 'sign-in']),
  accountId: accountIdSchema.nullable(),
  state: jobStateSchema,
  /** Why it runs: a person asked, the schedule, the start of the program, the network is back, the machine slept, or the server told that something happened. */
  cause: jobCauseSchema,
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** `total` null = not known yet. Unit: messages for fetch, send, index and doctor, rows for batch, steps for check, sources for look-up. */
  progress: z.object({ done: z.number(), total: z.number().nullable() }),
  detail: jobDetailSchema,
  failure: failureSchema.nullable(),
})
export type Job = z.infer<typeof jobSchema>

export function isOver(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}

/** False for a run that went well and had nothing to do: the log keeps those for a shorter time, and lists leave them out. */
export function isNews({ state, detail }: Pick<Job, 'state' | 'detail'>): boolean {
  if (state !== 'done') return true
  switch (detail.kind) {
    case 'fetch-mail':
      return detail.fetched + detail.removed + detail.skippedTotal > 0
    case 'send-mail':
      return detail.sent + detail.failed + detail.unknown > 0
    case 'index':
      return detail.indexed + detail.skipped.length > 0
    case 'check-account':
    case 'look-up':
    case 'doctor':
    case 'batch':
    case 'sign-in':
      return true
    default:
      return assertNever(detail)
  }
}

/** Milliseconds it ran, or has run until `now`; null while it waits, and when it never ran. */
export function durationOf(job: Pick<Job, 'startedAt' | 'endedAt'>, now: Date): number | null {
  if (job.startedAt === null) return null
  const end = job.endedAt === null ? now.getTime() : Date.parse(job.endedAt)
  return Math.max(0, end - Date.parse(job.startedAt))
}

/** Below this a rate says more about signing in than about the connection. */
const bytesWorthARate = 200_000

/** Bytes a second over the whole run; null where there were too few to tell. */
export function rateOf(job: Pick<Job, 'startedAt' | 'endedAt' | 'detail'>): number | null {
  if (job.detail.kind !== 'fetch-mail' || job.endedAt === null || job.detail.bytes < bytesWorthARate) return null
  const milliseconds = durationOf(job, new Date(job.endedAt)) ?? 0
  return milliseconds === 0 ? null : (job.detail.bytes * 1000) / milliseconds
}

/** What runs of one account brought in and sent on one day. */
export const dayOfAccountSchema = z.object({
  /** Local date of the machine, YYYY-MM-DD. */
  day: z.iso.date(),
  accountId: accountIdSchema,
  fetched: z.number(),
  bytes: z.number(),
  sent: z.number(),
  /** Mails refused, or with an outcome nobody knows. */
  failed: z.number(),
})
export type DayOfAccount = z.infer<typeof dayOfAccountSchema>
