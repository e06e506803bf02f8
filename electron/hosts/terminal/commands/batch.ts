/**
 * `mailroom batch FILE --template NAME`: checked row by row, then queued as a whole, or not at all. 65 = a row has a problem, and each
 * is named; with --dry-run every mail is shown and none is queued.
 */
import { dirname, resolve } from 'node:path'
import { mailProblemWords } from '../../../../shared/failures/mail-problems.ts'
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import type { BatchMailRow, BatchOrder, CellCorrection, OpenedTable } from '../../../../shared/model/batch.ts'
import type { Job } from '../../../../shared/model/job.ts'
import { exitCodes } from '../exit-codes.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { handOverFile } from '../hand-over-file.ts'
import { timeFrom } from '../read-time.ts'
import { senderAccount } from '../sender-account.ts'
import { type Command, ok, type Session } from '../session.ts'

export interface BatchOptions {
  readonly template: string
  readonly account?: string
  /** The rule; false = none wanted; left out = as the table tells. */
  readonly files?: string | false
  readonly folder?: string
  readonly column: readonly string[]
  readonly again: readonly string[]
  readonly dryRun?: boolean
  readonly hold?: boolean
  /** `5,12-20`, as people count rows. */
  readonly without?: string
  readonly withoutProblems?: boolean
  /** `5:Email=anna@example.nl` each. */
  readonly correct: readonly string[]
  readonly skipQueued?: boolean
  readonly at?: string
  /** The row, as people count. */
  readonly test?: number
  readonly testTo?: string
}

/** So many rows with a problem are named; with --json all of them. */
const namedProblems = 50

export const runBatch = (file: string, options: BatchOptions): Command => async (session) => {
  const { caller, output, words, format } = session
  const template = await caller.call('templates.find', { key: options.template })
  if (!template.ok) return template
  const account = await senderAccount(session, options.account === undefined ? [] : [options.account])
  if (!account.ok) return account
  const opened = await openTable(session, file)
  if (!opened.ok) return opened
  const mapping = columnsFrom(options.column, opened.value)
  if (!mapping.ok) return mapping
  const rule = options.files === undefined ? opened.value.fileRule : options.files === false ? null : options.files
  const folder = resolve(options.folder ?? dirname(file))
  const notBefore = timeFrom('--at', options.at)
  if (!notBefore.ok) return notBefore
  const asked: BatchOrder = {
    accountId: account.value.id, templateId: template.value.id, mapping: mapping.value, again: [...options.again], without: [], corrections: [], skipQueued: options.skipQueued === true,
    hold: options.hold === true, notBefore: notBefore.value,
    files: rule === null ? null : { rule, from: { is: 'folder', path: folder } },
  }
  const { id } = opened.value
  try {
    const without = options.without === undefined ? done([]) : await indexesOf(session, id, '--without', options.without)
    if (!without.ok) return without
    const corrections = await correctionsFrom(session, opened.value, mapping.value, options.correct)
    if (!corrections.ok) return corrections
    let order: BatchOrder = { ...asked, without: [...without.value], corrections: [...corrections.value] }
    const checked = await follow(session, 'batches.check', id, order)
    if (!checked.ok) return checked
    if (options.test !== undefined) return await sendTest(session, id, options.test, options.testTo ?? null)
    const problems = await rowsOf(session, id, 'problems')
    if (!problems.ok) return problems
    if (problems.value.length > 0) {
      if (options.withoutProblems !== true) return tellProblems(session, problems.value)
      nameProblems(session, problems.value)
      order = { ...order, without: [...order.without, ...problems.value.map(({ index }) => index)] }
      const again = await follow(session, 'batches.check', id, order)
      if (!again.ok) return again
    }
    if (options.dryRun === true) {
      const all = await rowsOf(session, id, 'all')
      if (!all.ok) return all
      output.document({ rows: all.value })
      output.line(table(words.batch.headings, all.value.map(({ row, to, subject, file: name }) => [String(row), to, subject, name ?? ''])))
      output.line(words.batch.checked(format.number(all.value.length)))
      const out = all.value.filter(({ leftOut }) => leftOut).length
      if (out > 0) output.line(words.batch.leftOut(format.number(out)))
      const corrected = all.value.filter((row) => row.corrected).length
      if (corrected > 0) output.line(words.batch.corrected(format.number(corrected)))
      return ok
    }
    const queued = await follow(session, 'batches.queue', id, order)
    if (!queued.ok) return queued
    const { detail, progress } = queued.value
    if (detail.kind !== 'batch' || detail.batchId === null) return failed('batch.problems')
    output.document({ batchId: detail.batchId, queued: progress.done })
    output.line(words.batch.queued(format.number(progress.done), detail.batchId))
    if (order.notBefore !== null) output.line(words.batch.notBefore(format.date(order.notBefore)))
    return ok
  } finally {
    await caller.call('batches.close', { id })
  }
}

async function openTable({ caller }: Session, file: string): Promise<Outcome<OpenedTable>> {
  const handle = await handOverFile(caller, file)
  if (!handle.ok) return handle
  const opened = await caller.call('batches.open', { handle: handle.value })
  await caller.call('files.discard', { handle: handle.value })
  return opened
}

/** What is named goes before what was guessed. A column that is not there is refused: it was meant. */
function columnsFrom(named: readonly string[], { columns, mapping }: OpenedTable): Outcome<Record<string, string>> {
  const chosen: Record<string, string> = { ...mapping }
  for (const pair of named) {
    const at = pair.indexOf('=')
    const [field, heading] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    const column = columns.find((one) => one.toLowerCase() === heading.toLowerCase())
    if (at < 1 || column === undefined) return failed('input.invalid', { fields: [{ path: `--column ${pair}`, problem: 'unknown-field' }] })
    chosen[field] = column
  }
  return done(chosen)
}

async function follow(session: Session, method: 'batches.check' | 'batches.queue', id: string, order: BatchOrder): Promise<Outcome<Job>> {
  const { caller, output, words, format } = session
  const followed = await followJobs(session, async () => {
    const started = await caller.call(method, { id, order })
    return started.ok ? done([started.value.jobId]) : started
  }, ({ kind, progress: { done: made, total } }) => output.progress(() => words.progress(words.jobs[kind], format.number(made), total === null ? null : format.number(total))))
  if (!followed.ok) return followed
  const outcome = failureAmong(followed.value)
  if (!outcome.ok) return outcome
  const [job] = followed.value
  if (job?.state !== 'done') return failed('job.cancelled')
  return done(job)
}

async function rowsOf({ caller }: Session, id: string, only: 'all' | 'problems'): Promise<Outcome<readonly BatchMailRow[]>> {
  const rows: BatchMailRow[] = []
  for (;;) {
    const page = await caller.call('batches.rows', { id, only, offset: rows.length, limit: 200 })
    if (!page.ok) return page
    rows.push(...page.value.rows)
    if (page.value.rows.length === 0 || rows.length >= page.value.total) return done(rows)
  }
}

/** `5:Email=anna@example.nl`: the row, a column by its heading or by the field it is, and what stands there instead. */
async function correctionsFrom(session: Session, { id, columns }: OpenedTable, mapping: Readonly<Record<string, string>>, named: readonly string[]): Promise<Outcome<readonly CellCorrection[]>> {
  const corrections: CellCorrection[] = []
  for (const one of named) {
    const [, row = '', heading = '', value = ''] = /^\s*(\d{1,7})\s*:([^=]+)=(.*)$/s.exec(one) ?? []
    const column = columns.find((each) => each.toLowerCase() === heading.trim().toLowerCase()) ?? mapping[heading.trim()]
    if (column === undefined) return failed('input.invalid', { fields: [{ path: `--correct ${one}`, problem: 'unknown-field' }] })
    const index = await indexesOf(session, id, '--correct', row)
    if (!index.ok) return index
    corrections.push({ index: index.value[0] ?? 0, column, value })
  }
  return done(corrections)
}

/** `5,12-20` → the indexes of these rows. A row that is not there is refused: it was meant. */
async function indexesOf(session: Session, id: string, option: string, wanted: string): Promise<Outcome<readonly number[]>> {
  const all = await rowsOf(session, id, 'all')
  if (!all.ok) return all
  const indexes = new Map(all.value.map(({ row, index }) => [row, index]))
  const found: number[] = []
  for (const piece of wanted.split(',')) {
    const range = /^\s*(\d{1,7})(?:\s*-\s*(\d{1,7}))?\s*$/.exec(piece)
    const [first, last] = [Number(range?.[1] ?? 0), Number(range?.[2] ?? range?.[1] ?? -1)]
    const rows = Array.from({ length: Math.max(0, Math.min(last - first + 1, 1_000_000)) }, (_, at) => indexes.get(first + at)).filter((index) => index !== undefined)
    if (rows.length === 0) return failed('input.invalid', { fields: [{ path: `${option} ${piece.trim()}`, problem: 'unknown-field' }] })
    found.push(...rows)
  }
  return done(found)
}

async function sendTest(session: Session, id: string, row: number, to: string | null): Promise<Outcome<number>> {
  const { caller, output, words } = session
  const indexes = await indexesOf(session, id, '--test', String(row))
  if (!indexes.ok) return indexes
  const queued = await caller.call('batches.sendTest', { id, index: indexes.value[0] ?? 0, to })
  if (!queued.ok) return queued
  output.document(queued.value)
  output.line(words.batch.tested(String(row), queued.value.recipients[0]?.address ?? ''))
  return ok
}

function tellProblems(session: Session, rows: readonly BatchMailRow[]): Outcome<number> {
  const { output, words } = session
  output.document({ problems: rows })
  nameProblems(session, rows)
  output.note(words.batch.nothingQueued)
  return done(exitCodes.badData)
}

function nameProblems({ output, words, language, format }: Session, rows: readonly BatchMailRow[]): void {
  for (const { row, to, problems } of rows.slice(0, namedProblems)) {
    for (const problem of problems) output.note(words.batch.problem(String(row), to, mailProblemWords(problem, language, format.date)))
  }
  if (rows.length > namedProblems) output.note(words.batch.more(format.number(rows.length - namedProblems)))
}
