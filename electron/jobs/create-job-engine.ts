/**
 * Runs jobs as `shared/model/job.ts` draws them: one after the other in a lane, lanes side by side, every change of state
 * in the database before anybody is told of it, where the disk takes it.
 *
 *   start ──▶ queued ── lane free ──▶ running ── outcome ok ─────────────▶ done
 *                │                       ├────── outcome not ok ─────────▶ failed (its failure)
 *                │                       ├────── exception ──────────────▶ failed (the disk's reason; a bug: program.error), told to onUnexpected
 *                └── cancel, stop ───────┴────── not ok after cancel ────▶ cancelled
 *                                └────── still at work after its patience ▶ cancelled, let go
 *   found at start, left by a dead process ──────────────────────────────▶ failed (job.interrupted)
 *
 * Work that was cancelled but is done all the same is `done`: what happened is never denied. What was let go keeps its lane
 * until it has really ended, so that nothing of it meets the next run; its figures are then completed.
 *
 * A disk that takes nothing just now keeps no run from ending, and no program from going on: what could not be written down is
 * remembered, and written with the next change of any job. What dies with the process before that is interrupted at the next start,
 * or was never there.
 */
import { randomUUID } from 'node:crypto'
import { done, failed, failure, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import { isOver, type Job, type JobCause, type JobDetail, type JobId } from '../../shared/model/job.ts'
import type { Database } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { JobEngine, Work } from './job-engine.ts'
import { createJobRows } from './job-rows.ts'
import { machineTimers, type Timers } from './timers.ts'

/** Milliseconds between two tellings of a running job's progress, and between two writings of it. */
export const tellEvery = 100
const writeEvery = 2000
/** A person who cancels sees it end within 200 ms. */
export const usualPatience = 150

export interface JobEngineOptions {
  readonly database: Database
  readonly now?: () => Date
  readonly newId?: () => string
  readonly timers?: Timers
  /** A bug in a job or a listener; the engine goes on. */
  readonly onUnexpected?: (error: unknown, job: Job) => void
}

interface Live {
  readonly work: Work
  readonly abort: AbortController
  /** Over for whoever looks. */
  readonly over: PromiseWithResolvers<Job>
  /** Nothing of it is at work any more. */
  readonly gone: PromiseWithResolvers<void>
  job: Job
  /** Ends the patience with a cancelled one. */
  endPatience: (() => void) | null
  /** Ends the quiet time after a telling; null = nothing was told just now. */
  endQuiet: (() => void) | null
  untold: boolean
  writtenAt: number
}

export function createJobEngine(options: JobEngineOptions): JobEngine {
  const { database, now = () => new Date(), newId = randomUUID, timers = machineTimers, onUnexpected = () => {} } = options
  const rows = createJobRows(database, newId())
  const live = new Map<JobId, Live>()
  /** Over, but not gone yet. */
  const letGo = new Set<Live>()
  /** Whose last change the disk did not take. */
  const unwritten = new Map<JobId, Job>()
  const listeners = new Set<(job: Job) => void>()
  let stopped = false
  rows.failInterrupted(timestamp())

  function timestamp(): string {
    return now().toISOString()
  }

  function tell(job: Job): void {
    for (const listener of listeners) {
      try {
        listener(job)
      } catch (error) {
        onUnexpected(error, job)
      }
    }
  }

  function write(job: Job): void {
    unwritten.set(job.id, job)
    for (const [id, late] of unwritten) {
      try {
        rows.write(late)
        unwritten.delete(id)
      } catch (error) {
        return onUnexpected(error, late)
      }
    }
  }

  /** As it is now: in memory, where it runs or could not be written. */
  function latest(id: JobId): Job | undefined {
    return live.get(id)?.job ?? unwritten.get(id)
  }

  function begin(entry: Live): void {
    move(entry, { state: 'running', startedAt: timestamp() })
    void run(entry)
  }

  async function run(entry: Live): Promise<void> {
    const context = {
      id: entry.job.id,
      signal: entry.abort.signal,
      report: (progress: Job['progress'], detail: JobDetail) => report(entry, progress, detail),
    }
    try {
      const outcome = await entry.work.run(context)
      if (outcome.ok) end(entry, 'done', null)
      else if (entry.abort.signal.aborted) end(entry, 'cancelled', null)
      else end(entry, 'failed', outcome.failure)
    } catch (error) {
      onUnexpected(error, entry.job)
      end(entry, 'failed', reasonOf(error))
    }
    entry.gone.resolve()
  }

  function report(entry: Live, progress: Job['progress'], detail: JobDetail): void {
    entry.job = { ...entry.job, progress, detail }
    entry.untold = true
    if (entry.endQuiet === null && !isOver(entry.job.state)) tellProgress(entry)
  }

  function tellProgress(entry: Live): void {
    entry.endQuiet = null
    if (!entry.untold) return
    entry.untold = false
    entry.endQuiet = timers.after(tellEvery, () => tellProgress(entry))
    const at = now().getTime()
    if (at - entry.writtenAt >= writeEvery) {
      entry.writtenAt = at
      write(entry.job)
    }
    tell(entry.job)
  }

  function move(entry: Live, change: Partial<Job>): void {
    entry.job = { ...entry.job, ...change }
    entry.untold = false
    entry.writtenAt = now().getTime()
    write(entry.job)
    tell(entry.job)
  }

  function end(entry: Live, state: 'done' | 'failed' | 'cancelled', reason: Failure | null): void {
    entry.endQuiet?.()
    entry.endPatience?.()
    if (letGo.delete(entry)) {
      move(entry, {})
    } else {
      live.delete(entry.job.id)
      move(entry, { state, failure: reason, endedAt: timestamp() })
      entry.over.resolve(entry.job)
    }
    startWaiting()
  }

  function loseIt(entry: Live): void {
    entry.endQuiet?.()
    live.delete(entry.job.id)
    letGo.add(entry)
    move(entry, { state: 'cancelled', failure: null, endedAt: timestamp() })
    entry.over.resolve(entry.job)
  }

  /** Begins what is queued and whose lane is free, oldest first. */
  function startWaiting(): void {
    const busy = new Set<string>()
    for (const { job, work } of [...live.values(), ...letGo]) if (job.state !== 'queued' && work.lane !== null) busy.add(work.lane)
    for (const entry of [...live.values()]) {
      const { lane } = entry.work
      if (entry.job.state !== 'queued' || (lane !== null && busy.has(lane))) continue
      if (lane !== null) busy.add(lane)
      begin(entry)
    }
  }

  /** What waits or runs in that lane and does the same. A cancelled one that has not ended yet does nothing for anybody. */
  function joined(work: Work, cause: JobCause): JobId | null {
    if (work.lane === null) return null
    const wanted = JSON.stringify(work.begin)
    for (const { job, work: other, abort } of live.values()) {
      if (other.lane !== work.lane || abort.signal.aborted || JSON.stringify(other.begin) !== wanted) continue
      if (job.state === 'queued' || cause !== 'person' || other.serves?.(job) === true) return job.id
    }
    return null
  }

  function cancelOne(entry: Live): void {
    if (entry.abort.signal.aborted) return
    entry.abort.abort()
    const patience = entry.work.patience ?? usualPatience
    if (entry.job.state === 'queued') {
      end(entry, 'cancelled', null)
      entry.gone.resolve()
    } else if (patience < Number.POSITIVE_INFINITY) entry.endPatience = timers.after(patience, () => loseIt(entry))
  }

  return {
    start(work, cause) {
      const already = joined(work as unknown as Work, cause)
      if (already !== null) return already
      const job: Job = {
        id: newId(),
        kind: work.kind,
        accountId: work.accountId,
        state: 'queued',
        cause,
        createdAt: timestamp(),
        startedAt: null,
        endedAt: null,
        progress: { done: 0, total: null },
        detail: work.begin,
        failure: null,
      }
      const entry: Live = {
        work: work as unknown as Work,
        abort: new AbortController(),
        over: Promise.withResolvers<Job>(),
        gone: Promise.withResolvers<void>(),
        job,
        endQuiet: null,
        endPatience: null,
        untold: false,
        writtenAt: 0,
      }
      live.set(job.id, entry)
      write(job)
      tell(job)
      // Not in this very call: whoever started it learns the id before the first event of the run.
      if (stopped) cancelOne(entry)
      else queueMicrotask(startWaiting)
      return job.id
    },
    list: (query) => rows.newest(query).map((job) => latest(job.id) ?? job),
    open: () => [...live.values()].map(({ job }) => job),
    history: (days) => rows.byDay(days, now()),
    get(id): Outcome<Job> {
      const job = latest(id) ?? rows.get(id)
      return job === null ? failed('job.unknown', { name: id }) : done(job)
    },
    async cancel(id) {
      const entry = live.get(id)
      if (entry === undefined) return this.get(id)
      cancelOne(entry)
      return done(await entry.over.promise)
    },
    async endAll(accountId) {
      const ending = [...live.values(), ...letGo].filter(({ work }) => work.accountId === accountId)
      for (const entry of ending) cancelOne(entry)
      await Promise.all(ending.map(({ gone }) => gone.promise))
    },
    async finished(id) {
      const entry = live.get(id)
      if (entry !== undefined) return entry.over.promise
      const job = latest(id) ?? rows.get(id)
      if (job === null) throw new Error(`no job ${id}`)
      return job
    },
    last: (accountId, kind) => rows.last(accountId, kind),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async stop() {
      stopped = true
      const ending = [...live.values(), ...letGo]
      for (const entry of ending) cancelOne(entry)
      await Promise.all(ending.map(({ gone }) => gone.promise))
    },
  }
}

function reasonOf(error: unknown): Failure {
  try {
    return storageFailure(error, 'mailroom.db')
  } catch {
    return failure('program.error')
  }
}
