/**
 * The one engine all long work runs in: per-account serial order, a cap on connections per server, progress, cancelling,
 * deadlines and what a crash left. States are drawn in `shared/model/job.ts`.
 */
import type { AccountId } from '../../shared/model/account.ts'
import type { DayOfAccount, Job, JobCause, JobDetail, JobId, JobKind } from '../../shared/model/job.ts'
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
  /**
   * True when a run of this work, as far as it is now, still does all that another one asked for at this moment would do: then
   * a person who asks is given that one. Whatever starts by itself is content with any that runs.
   */
  serves?(running: Job): boolean
  /**
   * Milliseconds a cancelled run may take to end before it counts as cancelled without having ended; 150 unless told. What it
   * can't leave off (a round of fsync, a keychain that asks) goes on behind it; until that is over its lane stays taken, and
   * its figures are completed then.
   */
  readonly patience?: number
  /** Secrets typed just now live in this closure only; nothing of it is ever written to the database. */
  run(context: JobContext<K>): Promise<Outcome<void>>
}

export interface JobQuery {
  readonly limit: number
  readonly accountId?: AccountId | null
  readonly kind?: JobKind | null
  readonly news?: boolean
}

export interface JobEngine {
  /** One run at a time in a lane: whoever asks for what waits already, or is being done, is given the id of that. */
  start<K extends JobKind>(work: Work<K>, cause: JobCause): JobId
  /** The newest first. `news`: without those that went well and had nothing to do. */
  list(query: JobQuery): readonly Job[]
  /** Those that wait or run. */
  open(): readonly Job[]
  /** What came in and went out on each of the last `days` days, today included; days are this machine's. */
  history(days: number): readonly DayOfAccount[]
  get(id: JobId): Outcome<Job>
  /** Resolves when the job is over, which it is at the latest after its patience. */
  cancel(id: JobId): Promise<Outcome<Job>>
  /** Cancels whatever is at work for an account, and resolves when nothing of it is any more: not even what was let go. */
  endAll(accountId: AccountId): Promise<void>
  /** Resolves with the job once it is over. */
  finished(id: JobId): Promise<Job>
  /** The latest job of a kind for an account, by end. */
  last(accountId: AccountId, kind: JobKind): Job | null
  onChange(listener: (job: Job) => void): () => void
  /** Cancels what runs and waits for it. */
  stop(): Promise<void>
}
