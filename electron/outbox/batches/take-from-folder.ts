/**
 * One table of a watched folder, queued or refused. Guarantees, wherever a crash comes between:
 *
 *   taken (`claimed-table.ts`) ─▶ read whole ─▶ queued (its hash stands with the batch, in that transaction) ─▶ PDFs moved to done/ ─▶ the table, last
 *                                        ├─▶ PDFs missing that may still come: put back
 *                                        └─▶ refused: reason written ─▶ the table moved to failed/; its PDFs stay
 *
 * A table whose hash is known is not queued again: what is left of it is only moved. The same table put there once more is refused.
 */
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { explain } from '../../../shared/failures/catalogue.ts'
import { done, failed, type Failure, type Outcome, refused } from '../../../shared/failures/failure.ts'
import { mailProblemWords } from '../../../shared/failures/mail-problems.ts'
import type { BatchOrder } from '../../../shared/model/batch.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import type { MailProblem } from '../../../shared/model/template.ts'
import type { WatchedFolder } from '../../../shared/model/watched-folder.ts'
import { reasonWords } from '../../../shared/words/watched-folder.ts'
import { systemCodeOf } from '../../storage/system-code.ts'
import { syncFolder } from '../../storage/write-durably.ts'
import type { Batches, BatchRun } from './batches.ts'
import { claimTable, returnTable } from './claimed-table.ts'
import { sourceOf } from './create-batches.ts'
import { tableLimits } from './table.ts'

export interface TakeParts {
  readonly batches: Batches
  readonly spool: string
  readonly language: () => Language
  readonly defaultAccountId: () => string | null
  readonly now: () => Date
  /** This program's own, for the tables it takes. */
  readonly mark: string
}

export interface Taken {
  /** null = the table is gone: another program had it first. */
  readonly batchId: string | null
  readonly mails: number
}

/** Tables, as their programs finish them; what begins with a dot or `~$` is still being written. */
export function isTableName(name: string): boolean {
  return /\.(?:csv|json|xlsx)$/i.test(name) && !/^[.~]/.test(name)
}

const namedRows = 200

/** Its PDFs may come yet, or be complete in a moment. */
const passing: ReadonlySet<MailProblem['code']> = new Set(['file-missing', 'file-not-whole', 'file-changed'])

/** `mayWait`: with files missing, the table is left for the next look (`batch.files-awaited`). */
export async function takeFromFolder(parts: TakeParts, folder: WatchedFolder, name: string, run: BatchRun, mayWait = false): Promise<Outcome<Taken>> {
  try {
    const claimed = await claimTable(folder.path, name, parts.mark)
    return claimed === null ? done({ batchId: null, mails: 0 }) : await take(parts, folder, { name, claimed }, run, mayWait)
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === null) throw error
    // Such as a file that another program has open: the next look tries again.
    return failed('folder.unusable', { name: folder.path, detail: code })
  }
}

interface TakenTable {
  readonly name: string
  readonly claimed: string
}

async function take(parts: TakeParts, folder: WatchedFolder, table: TakenTable, run: BatchRun, mayWait: boolean): Promise<Outcome<Taken>> {
  const { batches, spool } = parts
  const { name } = table
  const bytes = await readWhole(table.claimed)
  if (!bytes.ok) return refuse(parts, folder, table, bytes.failure, null)
  // By its place too: another folder may have another template.
  const source = sourceOf(Buffer.concat([Buffer.from(`${folder.id} ${name}\0`), bytes.value]))
  const copy = join(spool, randomUUID())
  await mkdir(spool, { recursive: true, mode: 0o700 })
  await writeFile(copy, bytes.value, { mode: 0o600 })
  const opened = await batches.open({ name, path: copy })
  await rm(copy, { force: true })
  if (!opened.ok) return refuse(parts, folder, table, opened.failure, null)
  const { id, mapping, fileRule } = opened.value
  try {
    const accountId = folder.accountId ?? parts.defaultAccountId()
    if (accountId === null) return await refuse(parts, folder, table, { code: 'account.cannot-send', evidence: {} }, null)
    const rule = folder.files ?? fileRule
    const order: BatchOrder = { accountId, templateId: folder.templateId, mapping, files: rule === null ? null : { rule, from: { is: 'folder', path: folder.path } }, again: [], without: [], corrections: [], skipQueued: false, hold: false, notBefore: null }
    const names = (await batches.fileNames(id, order)) ?? []
    const before = batches.batchOfSource(source)
    if (before !== null) {
      const moved = await moveToDone(folder.path, before, table, names)
      return moved ? done({ batchId: before, mails: 0 }) : await refuse(parts, folder, table, { code: 'batch.queued-before', evidence: { name } }, null)
    }
    const queued = await batches.queue(id, order, run, source)
    if (queued.ok) {
      await moveToDone(folder.path, queued.value.id, table, names)
      return done({ batchId: queued.value.id, mails: queued.value.mails })
    }
    const checked = queued.failure.code === 'batch.problems' && !run.signal.aborted ? await batches.check(id, order, run) : null
    const isPassing = mayWait && checked?.ok === true && problemsOf(batches, id).every(({ code }) => passing.has(code))
    if (run.signal.aborted || isPassing) {
      await returnTable(folder.path, name, parts.mark)
      return isPassing ? failed('batch.files-awaited', { name }) : queued
    }
    return await refuse(parts, folder, table, queued.failure, checked?.ok === true ? id : null)
  } finally {
    batches.close(id)
  }
}

function problemsOf(batches: Batches, id: string): readonly MailProblem[] {
  const found = batches.rows(id, { only: 'problems', offset: 0, limit: tableLimits.rows })
  return found.ok ? found.value.rows.flatMap(({ problems }) => problems) : []
}

/** A plain file, whole; what a link points to is never read. */
async function readWhole(path: string): Promise<Outcome<Buffer>> {
  const facts = await lstat(path)
  if (!facts.isFile()) return failed('input.unreadable-file', { name: path })
  if (facts.size > tableLimits.bytes) return failed('file.too-large', { name: path })
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    return done(await file.readFile())
  } finally {
    await file.close()
  }
}

/** False = it is there already: this is the same table once more. */
async function moveToDone(root: string, batchId: string, { name, claimed }: TakenTable, files: readonly string[]): Promise<boolean> {
  const place = await placeIn(root, 'done', `${name}-${batchId}`)
  if (await exists(join(place, name))) return false
  for (const file of new Set(files)) await renameIfThere(join(root, file), join(place, file))
  await syncFolder(place)
  await rename(claimed, join(place, name))
  await syncFolder(place)
  await syncFolder(root)
  return true
}

async function refuse({ batches, language, now }: TakeParts, { path: root }: WatchedFolder, { name, claimed }: TakenTable, reason: Failure, checked: string | null): Promise<Outcome<never>> {
  const words = reasonWords[language()]
  const { title, cause, remedy } = explain(reason, language())
  const found = checked === null ? null : batches.rows(checked, { only: 'problems', offset: 0, limit: namedRows })
  const rows = found?.ok === true ? found.value : { rows: [], problems: 0 }
  const lines = [
    words.title(name), '', title, cause, ...(checked === null ? [remedy] : []), '',
    ...rows.rows.flatMap(({ row, to, problems }) => problems.map((problem) => words.row(String(row), to, mailProblemWords(problem, language())))),
    ...(rows.problems > rows.rows.length ? [words.more(String(rows.problems - rows.rows.length))] : []),
    '', words.next, '',
  ]
  const place = await placeIn(root, 'failed', `${name}-${now().toISOString().replace(/[:.]/g, '-')}`)
  await writeFile(join(place, words.fileName), lines.join('\n'), { flush: true })
  await rename(claimed, join(place, name))
  await syncFolder(place)
  await syncFolder(root)
  return refused(reason)
}

/** A real folder below the watched one: a link that stands there in its place is not followed. */
async function placeIn(root: string, kind: 'done' | 'failed', name: string): Promise<string> {
  for (const path of [join(root, kind), join(root, kind, name)]) {
    await mkdir(path, { recursive: true })
    if (!(await lstat(path)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'lstat' })
  }
  return join(root, kind, name)
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(() => true, () => false)
}

async function renameIfThere(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    if (systemCodeOf(error) !== 'ENOENT') throw error
  })
}
