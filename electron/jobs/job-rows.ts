/**
 * The log of runs in the database. Every row is parsed when read; one that cannot be read (damaged, or of a newer version) is
 * left out rather than shown wrong.
 *
 * What is kept: a run in which something happened for 90 days, the latest 5,000 of them at most; one that had nothing to do for
 * 7 days, the latest 50 of each account and kind at most; and of every account the last of each kind whatever its age, which
 * is what the account list shows and what pauses follow from.
 */
import { dayOfAccountSchema, isNews, jobSchema, type DayOfAccount, type Job, type JobId, type JobKind } from '../../shared/model/job.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { failure } from '../../shared/failures/failure.ts'
import type { Database } from '../storage/database.ts'
import type { JobQuery } from './job-engine.ts'

export const kept = { newsDays: 90, news: 5000, quietDays: 7, quiet: 50 } as const
/** So many runs begin between two looks at what is too old. */
const trimEvery = 50
const day = 24 * 60 * 60 * 1000

export function createJobRows(database: Database, owner: string) {
  const insert = database.prepare(`
    INSERT INTO job (id, owner, kind, account_id, state, cause, created_at, started_at, ended_at, done, total, detail, failure, news)
    VALUES (:id, :owner, :kind, :accountId, :state, :cause, :createdAt, :startedAt, :endedAt, :done, :total, :detail, :failure, :news)`)
  const update = database.prepare(`
    UPDATE job SET state = :state, started_at = :startedAt, ended_at = :endedAt, done = :done, total = :total, detail = :detail, failure = :failure, news = :news
    WHERE id = :id`)
  const interrupt = database.prepare(`
    UPDATE job SET state = 'failed', ended_at = :endedAt, failure = :failure WHERE ended_at IS NULL AND owner <> :owner`)
  const trim = database.prepare(`
    DELETE FROM job
    WHERE ended_at IS NOT NULL
      AND sequence NOT IN (SELECT max(sequence) FROM job WHERE account_id IS NOT NULL GROUP BY account_id, kind)
      AND (ended_at < iif(news, :newsSince, :quietSince)
        OR (news AND sequence <= (SELECT sequence FROM job WHERE news = 1 ORDER BY sequence DESC LIMIT 1 OFFSET ${kept.news}))
        OR sequence IN (
          SELECT sequence FROM (SELECT sequence, row_number() OVER (PARTITION BY account_id, kind ORDER BY sequence DESC) AS place FROM job WHERE news = 0)
          WHERE place > ${kept.quiet}))`)
  const newest = database.prepare(`
    SELECT * FROM job
    WHERE (:accountId IS NULL OR account_id = :accountId) AND (:kind IS NULL OR kind = :kind) AND (NOT :news OR news = 1)
    ORDER BY sequence DESC LIMIT :limit`)
  const byDay = database.prepare(`
    SELECT date(ended_at, 'localtime') AS day, account_id AS accountId,
      sum(coalesce(json_extract(detail, '$.fetched'), 0)) AS fetched, sum(coalesce(json_extract(detail, '$.bytes'), 0)) AS bytes,
      sum(coalesce(json_extract(detail, '$.sent'), 0)) AS sent,
      sum(coalesce(json_extract(detail, '$.failed'), 0) + coalesce(json_extract(detail, '$.unknown'), 0)) AS failed
    FROM job
    WHERE news = 1 AND ended_at >= :since AND kind IN ('fetch-mail', 'send-mail') AND account_id IS NOT NULL AND json_valid(detail)
      AND date(ended_at, 'localtime') > date(:now, 'localtime', '-' || :days || ' days')
    GROUP BY 1, 2 ORDER BY 1, 2`)
  const byId = database.prepare('SELECT * FROM job WHERE id = ?')
  const latest = database.prepare(`
    SELECT * FROM job WHERE account_id = ? AND kind = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, sequence DESC LIMIT 1`)

  const since = (now: string, days: number) => new Date(Date.parse(now) - days * day).toISOString()

  return {
    /** Adds it, where it is not there yet. */
    write(job: Job): void {
      if (update.run({ id: job.id, ...changing(job) }).changes > 0) return
      const { id, kind, accountId, cause, createdAt } = job
      const { lastInsertRowid } = insert.run({ id, kind, accountId, cause, createdAt, owner, ...changing(job) })
      // By the number of all runs ever: a command of the command line is a process of its own, and begins but one or two.
      if (Number(lastInsertRowid) % trimEvery === 0) trim.run({ newsSince: since(createdAt, kept.newsDays), quietSince: since(createdAt, kept.quietDays) })
    },
    /** What a dead process left waiting or running is over, and says so. */
    failInterrupted(at: string): void {
      interrupt.run({ endedAt: at, failure: JSON.stringify(failure('job.interrupted')), owner })
    },
    newest: ({ limit, accountId = null, kind = null, news = false }: JobQuery): readonly Job[] =>
      newest.all({ limit, accountId, kind, news: Number(news) }).flatMap((row) => parse(row) ?? []),
    byDay: (days: number, now: Date): readonly DayOfAccount[] =>
      byDay.all({ days, now: now.toISOString(), since: since(now.toISOString(), days + 1) }).flatMap((row) => dayOfAccountSchema.safeParse(row).data ?? []),
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
    news: Number(isNews(job)),
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
