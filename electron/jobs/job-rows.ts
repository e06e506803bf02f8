/**
 * The history of jobs in the database. Every row is parsed when read; one that cannot be read (damaged, or of a newer
 * version) is left out rather than shown wrong. The last 1,000 jobs are kept, and of every account the last of each kind.
 */
import { jobSchema, type Job, type JobId, type JobKind } from '../../shared/model/job.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { failure } from '../../shared/failures/failure.ts'
import type { Database } from '../storage/database.ts'

export const keptJobs = 1000

export function createJobRows(database: Database, owner: string) {
  const insert = database.prepare(`
    INSERT INTO job (id, owner, kind, account_id, state, cause, created_at, started_at, ended_at, done, total, detail, failure)
    VALUES (:id, :owner, :kind, :accountId, :state, :cause, :createdAt, :startedAt, :endedAt, :done, :total, :detail, :failure)`)
  const update = database.prepare(`
    UPDATE job SET state = :state, started_at = :startedAt, ended_at = :endedAt, done = :done, total = :total, detail = :detail, failure = :failure
    WHERE id = :id`)
  const interrupt = database.prepare(`
    UPDATE job SET state = 'failed', ended_at = :endedAt, failure = :failure WHERE ended_at IS NULL AND owner <> :owner`)
  const trim = database.prepare(`
    DELETE FROM job
    WHERE sequence <= (SELECT sequence FROM job ORDER BY sequence DESC LIMIT 1 OFFSET ${keptJobs})
      AND ended_at IS NOT NULL
      AND sequence NOT IN (SELECT max(sequence) FROM job WHERE account_id IS NOT NULL GROUP BY account_id, kind)`)
  const newest = database.prepare('SELECT * FROM job ORDER BY sequence DESC LIMIT ?')
  const byId = database.prepare('SELECT * FROM job WHERE id = ?')
  const latest = database.prepare(`
    SELECT * FROM job WHERE account_id = ? AND kind = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, sequence DESC LIMIT 1`)

  return {
    add(job: Job): void {
      const { id, kind, accountId, cause, createdAt } = job
      insert.run({ id, kind, accountId, cause, createdAt, owner, ...changing(job) })
    },
    write(job: Job): void {
      update.run({ id: job.id, ...changing(job) })
    },
    /** What a dead process left waiting or running is over, and says so. */
    failInterrupted(at: string): void {
      interrupt.run({ endedAt: at, failure: JSON.stringify(failure('job.interrupted')), owner })
    },
    trim(): void {
      trim.run()
    },
    newest: (limit: number): readonly Job[] => newest.all(limit).flatMap((row) => parse(row) ?? []),
    get: (id: JobId): Job | null => parse(byId.get(id)),
    last: (accountId: AccountId, kind: JobKind): Job | null => parse(latest.get(accountId, kind)),
  }
}

export type JobRows = ReturnType<typeof createJobRows>

function changing(job: Job) {
  return {
    state: job.state,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
    done: job.progress.done,
    total: job.progress.total,
    detail: JSON.stringify(job.detail),
    failure: job.failure === null ? null : JSON.stringify(job.failure),
  }
}

function parse(row: Record<string, unknown> | undefined): Job | null {
  if (row === undefined) return null
  const parsed = jobSchema.safeParse({
    id: row['id'],
    kind: row['kind'],
    accountId: row['account_id'],
    state: row['state'],
    cause: row['cause'],
    createdAt: row['created_at'],
    startedAt: row['started_at'],
    endedAt: row['ended_at'],
    progress: { done: row['done'], total: row['total'] },
    detail: json(row['detail']),
    failure: json(row['failure']),
  })
  return parsed.success ? parsed.data : null
}

function json(text: unknown): unknown {
  if (typeof text !== 'string') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
