/**
 * The log of runs in the database. Every row is parsed when read; one that cannot be read (damaged, or of a newer version) is
 * left out rather than shown wrong.
 *
 * What is kept: a run in which something happened for 90 days, the latest 5,000 of them at most; one that had nothing to do for
 * 7 days, the latest 50 of each account and kind at most; and of every account the last of each kind whatever its age, which
 * is what the account list shows and what pauses follow from.
 */
import { dayOfAccountSchema, jobSchema, type DayOfAccount, type Job, type JobId, type JobKind } from '../../shared/model/job.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { failure } from '../../shared/failures/failure.ts'
import type { Database } from '../storage/database.ts'
import type { JobQuery } from './job-engine.ts'

export const kept = { newsDays: 90, news: 5000, quietDays: 7, quiet: 50 } as const
/** So many runs end between two looks at what is too old. */
const trimEvery = 50
const day = 24 * 60 * 60 * 1000

/** `isNews` of shared/model/job.ts, in SQL; a test holds them together. */
const isQuiet = `(state = 'done' AND json_valid(detail) AND CASE kind
  WHEN 'fetch-mail' THEN json_extract(detail, '$.fetched') + json_extract(detail, '$.removed') + coalesce(json_extract(detail, '$.skippedTotal'), 0) = 0
  WHEN 'send-mail' THEN json_extract(detail, '$.sent') + json_extract(detail, '$.failed') + json_extract(detail, '$.unknown') = 0
  WHEN 'index' THEN json_extract(detail, '$.indexed') + json_array_length(detail, '$.skipped') = 0
  ELSE 0 END)`

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
    DELETE FROM job WHERE ended_at IS NOT NULL AND sequence IN (
      SELECT sequence FROM (
        SELECT sequence, ended_at, quiet,
          row_number() OVER (PARTITION BY account_id, kind ORDER BY sequence DESC) AS of_its_kind,
          row_number() OVER (PARTITION BY quiet ORDER BY sequence DESC) AS of_all,
          row_number() OVER (PARTITION BY quiet, account_id, kind ORDER BY sequence DESC) AS alike, account_id
        FROM (SELECT sequence, account_id, kind, ended_at, coalesce(${isQuiet}, 0) AS quiet FROM job)
      )
      WHERE (account_id IS NULL OR of_its_kind > 1)
        AND ((quiet AND (ended_at < :quietSince OR alike > ${kept.quiet})) OR (NOT quiet AND (ended_at < :newsSince OR of_all > ${kept.news})))
    )`)
  const newest = database.prepare(`
    SELECT * FROM job
    WHERE (:accountId IS NULL OR account_id = :accountId) AND (:kind IS NULL OR kind = :kind) AND (NOT :news OR NOT coalesce(${isQuiet}, 0))
    ORDER BY sequence DESC LIMIT :limit`)
  const byDay = database.prepare(`
    SELECT date(ended_at, 'localtime') AS day, account_id AS accountId,
      sum(coalesce(json_extract(detail, '$.fetched'), 0)) AS fetched, sum(coalesce(json_extract(detail, '$.bytes'), 0)) AS bytes,
      sum(coalesce(json_extract(detail, '$.sent'), 0)) AS sent,
      sum(coalesce(json_extract(detail, '$.failed'), 0) + coalesce(json_extract(detail, '$.unknown'), 0)) AS failed
    FROM job
    WHERE kind IN ('fetch-mail', 'send-mail') AND account_id IS NOT NULL AND ended_at IS NOT NULL AND json_valid(detail)
      AND date(ended_at, 'localtime') > date(:now, 'localtime', '-' || :days || ' days')
    GROUP BY 1, 2 ORDER BY 1, 2`)
  const byId = database.prepare('SELECT * FROM job WHERE id = ?')
  const latest = database.prepare(`
    SELECT * FROM job WHERE account_id = ? AND kind = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, sequence DESC LIMIT 1`)

  let ended = 0

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
    /** Looks at the first call, and at every 50th. */
    trim(now: Date): void {
      if (ended++ % trimEvery !== 0) return
      const since = (days: number) => new Date(now.getTime() - days * day).toISOString()
      trim.run({ quietSince: since(kept.quietDays), newsSince: since(kept.newsDays) })
    },
    newest: ({ limit, accountId = null, kind = null, news = false }: JobQuery): readonly Job[] =>
      newest.all({ limit, accountId, kind, news: Number(news) }).flatMap((row) => parse(row) ?? []),
    byDay: (days: number, now: Date): readonly DayOfAccount[] =>
      byDay.all({ days, now: now.toISOString() }).flatMap((row) => dayOfAccountSchema.safeParse(row).data ?? []),
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
