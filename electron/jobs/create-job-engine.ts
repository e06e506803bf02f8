/**
 * Runs jobs as `shared/model/job.ts` draws them: one after the other in a lane, lanes side by side, every change of state
 * in the database before anybody is told of it.
 *
 *   start ──▶ queued ── lane free ──▶ running ── outcome ok ─────────────▶ done
 *                │                       ├────── outcome not ok ─────────▶ failed (its failure)
 *                │                       ├────── exception: a bug ───────▶ failed (program.error), told to onUnexpected
 *                └── cancel, stop ───────┴────── not ok after cancel ────▶ cancelled
 *   found at start, left by a dead process ──────────────────────────────▶ failed (job.interrupted)
 *
 * Work that was cancelled but is done all the same is `done`: what happened is never denied.
 */
import { randomUUID } from 'node:crypto'
import { done, failed, failure, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import { isOver, type Job, type JobDetail, type JobId } from '../../shared/model/job.ts'
import type { Database } from '../storage/database.ts'
import type { JobEngine, Work } from './job-engine.ts'
import { createJobRows } from './job-rows.ts'
import { machineTimers, type Timers } from './timers.ts'

/** Milliseconds between two tellings of a running job's progress, and between two writings of it. */
export const tellEvery = 100
export const writeEvery = 2000

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
  readonly over: PromiseWithResolvers<Job>
  job: Job
  /** Ends the quiet time after a telling; null = nothing was told just now. */
  endQuiet: (() => void) | null
  untold: boolean
  writtenAt: number
}

export function createJobEngine(options: JobEngineOptions): JobEngine {
  const { database, now = () => new Date(), newId = randomUUID, timers = machineTimers, onUnexpected = () => {} } = options
  const rows = createJobRows(database, newId())
  const live = new Map<JobId, Live>()
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
      end(entry, 'failed', failure('program.error'))
    }
  }

  function report(entry: Live, progress: Job['progress'], detail: JobDetail): void {
    if (isOver(entry.job.state)) return
    entry.job = { ...entry.job, progress, detail }
    entry.untold = true
    if (entry.endQuiet === null) tellProgress(entry)
  }

  function tellProgress(entry: Live): void {
    entry.endQuiet = null
    if (!entry.untold) return
    entry.untold = false
    entry.endQuiet = timers.after(tellEvery, () => tellProgress(entry))
    const at = now().getTime()
    if (at - entry.writtenAt >= writeEvery) {
      entry.writtenAt = at
      rows.write(entry.job)
    }
    tell(entry.job)
  }

  function move(entry: Live, change: Partial<Job>): void {
    entry.job = { ...entry.job, ...change }
    entry.untold = false
    entry.writtenAt = now().getTime()
    rows.write(entry.job)
    tell(entry.job)
  }

  function end(entry: Live, state: 'done' | 'failed' | 'cancelled', reason: Failure | null): void {
    entry.endQuiet?.()
    live.delete(entry.job.id)
    move(entry, { state, failure: reason, endedAt: timestamp() })
    rows.trim()
    entry.over.resolve(entry.job)
    startWaiting()
  }

  /** Begins what is queued and whose lane is free, oldest first. */
  function startWaiting(): void {
    const busy = new Set<string>()
    for (const { job, work } of live.values()) if (job.state === 'running' && work.lane !== null) busy.add(work.lane)
    for (const entry of [...live.values()]) {
      const { lane } = entry.work
      if (entry.job.state !== 'queued' || (lane !== null && busy.has(lane))) continue
      if (lane !== null) busy.add(lane)
      begin(entry)
    }
  }

  function sameWaiting(work: Work): JobId | null {
    if (work.lane === null) return null
    const wanted = JSON.stringify(work.begin)
    for (const { job, work: other } of live.values()) {
      if (job.state === 'queued' && other.lane === work.lane && JSON.stringify(other.begin) === wanted) return job.id
    }
    return null
  }

  function cancelOne(entry: Live): void {
    entry.abort.abort()
    if (entry.job.state === 'queued') end(entry, 'cancelled', null)
  }

  return {
    start(work, cause) {
      const waiting = sameWaiting(work as unknown as Work)
      if (waiting !== null) return waiting
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
        job,
        endQuiet: null,
        untold: false,
        writtenAt: 0,
      }
      rows.add(job)
      live.set(job.id, entry)
      tell(job)
      // Not in this very call: whoever started it learns the id before the first event of the run.
      if (stopped) cancelOne(entry)
      else queueMicrotask(startWaiting)
      return job.id
    },
    list: (limit) => rows.newest(limit).map((job) => live.get(job.id)?.job ?? job),
    get(id): Outcome<Job> {
      const job = live.get(id)?.job ?? rows.get(id)
      return job === null ? failed('job.unknown', { name: id }) : done(job)
    },
    async cancel(id) {
      const entry = live.get(id)
      if (entry === undefined) return this.get(id)
      cancelOne(entry)
      return done(await entry.over.promise)
    },
    async finished(id) {
      const entry = live.get(id)
      if (entry !== undefined) return entry.over.promise
      const job = rows.get(id)
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
      const ending = [...live.values()]
      for (const entry of ending) cancelOne(entry)
      await Promise.all(ending.map(({ over }) => over.promise))
    },
  }
}
