/**
 * The one engine all long work runs in: per-account serial order, a cap on connections per server, progress, cancelling,
 * deadlines and what a crash left. States are drawn in `shared/model/job.ts`.
 */
import type { AccountId } from '../../shared/model/account.ts'
import type { Job, JobDetail, JobId, JobKind } from '../../shared/model/job.ts'
import type { Outcome } from '../../shared/failures/failure.ts'

export interface JobContext<K extends JobKind = JobKind> {
  readonly id: JobId
  /** Aborted by cancel and by the program's end; goes through every wait. */
  readonly signal: AbortSignal
  /** Told to listeners at most every 100 ms; the last one always. */
  report(progress: { readonly done: number; readonly total: number | null }, detail: Extract<JobDetail, { kind: K }>): void
}

/** What a job does. `begin` is the detail it starts with; `run` ends it: a failure result is the state `failed`. */
export interface Work<K extends JobKind = JobKind> {
  readonly kind: K
  readonly accountId: AccountId | null
  readonly begin: Extract<JobDetail, { kind: K }>
  /**
   * Jobs with the same lane run one after the other, e.g. `receive:ACCOUNT`. Two of the same kind and lane waiting are one:
   * the second `start` answers with the first's id.
   */
  readonly lane: string | null
  /** Secrets typed just now live in this closure only; nothing of it is ever written to the database. */
  run(context: JobContext<K>): Promise<Outcome<void>>
}

export interface JobEngine {
  start<K extends JobKind>(work: Work<K>, cause: Job['cause']): JobId
  list(limit: number): readonly Job[]
  get(id: JobId): Outcome<Job>
  /** Resolves when the job is over, at most 200 ms after its waits have ended. */
  cancel(id: JobId): Promise<Outcome<Job>>
  /** Resolves with the job once it is over. */
  finished(id: JobId): Promise<Job>
  /** The latest job of a kind for an account, by end. */
  last(accountId: AccountId, kind: JobKind): Job | null
  onChange(listener: (job: Job) => void): () => void
  /** Cancels what runs and waits for it. */
  stop(): Promise<void>
}
