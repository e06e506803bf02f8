/** `mailroom log`: what ran, why, how it went and how fast, the last one first; and why messages stayed on the server. */
import { explain } from '../../../../shared/failures/catalogue.ts'
import type { AccountId } from '../../../../shared/model/account.ts'
import { durationOf, isOver, rateOf, type Job } from '../../../../shared/model/job.ts'
import { table } from '../format.ts'
import { type Command, ok, type Session } from '../session.ts'

interface LogOptions {
  readonly account?: string
  readonly every?: boolean
  readonly limit: number
}

/** So many of the contract's `jobs.list` at a time. */
const most = 500

export const showLog = (options: LogOptions): Command => async (session) => {
  const { caller, output, words } = session
  let accountId: AccountId | null = null
  if (options.account !== undefined) {
    const found = await caller.call('accounts.find', { key: options.account })
    if (!found.ok) return found
    accountId = found.value.account.id
  }
  const listed = await caller.call('jobs.list', { accountId, news: options.every !== true, limit: Math.min(options.limit, most) })
  if (!listed.ok) return listed
  output.document(listed.value)
  const { jobs } = listed.value
  const accounts = await caller.call('accounts.list', {})
  const names = new Map<AccountId, string>(accounts.ok ? accounts.value.accounts.map(({ account }) => [account.id, account.name]) : [])
  output.line(jobs.length === 0 ? words.log.nothing : table(words.log.headings, jobs.map((job) => rowOf(job, names, session))))
  for (const job of jobs) for (const line of leftBehind(job, names, session)) output.line(line)
  return ok
}

function rowOf(job: Job, names: ReadonlyMap<AccountId, string>, { words, format, language }: Session): readonly string[] {
  const duration = isOver(job.state) && job.endedAt !== null ? durationOf(job, new Date(job.endedAt)) : null
  const rate = rateOf(job)
  return [
    format.date(job.startedAt ?? job.createdAt), names.get(job.accountId ?? '') ?? '', words.log.kinds[job.kind], words.log.causes[job.cause],
    duration === null ? '' : format.seconds(duration), rate === null ? '' : words.log.perSecond(format.size(rate)), howItWent(job, { words, format, language }),
  ]
}

function howItWent({ state, detail, failure }: Job, { words, format, language }: Pick<Session, 'words' | 'format' | 'language'>): string {
  const { number, size } = format
  const figure = (count: number, say: (count: string) => string) => (count === 0 ? [] : [say(number(count))])
  const { log } = words
  const figures: readonly string[] =
    detail.kind === 'fetch-mail'
      ? [...figure(detail.fetched, (count) => log.fetched(count, size(detail.bytes))), ...figure(detail.removed, log.removed), ...figure(detail.skippedTotal, log.left)]
      : detail.kind === 'send-mail'
        ? [...figure(detail.sent, log.sent), ...figure(detail.failed, log.refused), ...figure(detail.unknown, log.unknown)]
        : []
  const said = [failure === null ? log.states[state] : `${log.states[state]}: ${explain(failure, language).title}`, ...figures]
  return said.join(', ')
}

/** By cause: what keeps a hundred messages on the server is said once. */
function leftBehind(job: Job, names: ReadonlyMap<AccountId, string>, { words, format, language }: Session): readonly string[] {
  if (job.detail.kind !== 'fetch-mail' || job.detail.skipped.length === 0) return []
  const name = names.get(job.accountId ?? '') ?? ''
  return [...Map.groupBy(job.detail.skipped, ({ failure }) => failure.code).values()].flatMap((alike) => {
    const failure = alike[0]?.failure
    if (failure === undefined) return []
    const { title, remedy } = explain(failure, language)
    return [`${format.date(job.startedAt)} ${words.log.leftBecause(name, format.number(alike.length), title)} ${remedy}`]
  })
}
