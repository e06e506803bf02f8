/**
 * Batches over one database. Guarantees: a table is read to its end before anything is made of it; every row is looked at before the
 * first one is queued, and again while they are; a document goes to a recipient once, whatever batch it is in, unless it is asked for
 * by name; all mails of a batch come into the outbox in one transaction with what is remembered of them, or none does.
 *
 * Two batches must not be queued at the same time: the one job lane for it sees to that.
 */
import { createHash, randomUUID } from 'node:crypto'
import { lstat, realpath } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { type Account, canSend } from '../../../shared/model/account.ts'
import type { BatchMailRow, BatchOrder, BatchRow, FileSource, OpenedTable } from '../../../shared/model/batch.ts'
import type { Letterhead } from '../../../shared/model/letterhead.ts'
import { type ComposedMail, composedMailSchema, type OutgoingId } from '../../../shared/model/outgoing-mail.ts'
import { mailProblem, type MailProblem } from '../../../shared/model/template.ts'
import { isMailAddress } from '../../../shared/model/text-field.ts'
import { testSubject } from '../../../shared/words/test-message.ts'
import type { Database } from '../../storage/database.ts'
import { letterWords } from '../letter-words.ts'
import type { MailToQueue, Outbox, QueueManyOptions } from '../outbox.ts'
import { senderFieldsOf } from '../templates/sender-fields.ts'
import type { Templates } from '../templates/templates.ts'
import { type BatchPlan, documentOf, type FoundMail, namesOf, type Party, rowMail, SeenDocuments, withFile } from './batch-mail.ts'
import { batchRows } from './batch-rows.ts'
import { comparable, type SentDocument, sentDocuments } from './sent-documents.ts'
import type { Batches, BatchRun } from './batches.ts'
import { filesHanded, filesIn, type PlaceOfFile } from './document-files.ts'
import { guessColumns, guessFileRule } from './guess-columns.ts'
import { correctedRows, unknownCell } from './corrected-rows.ts'
import { openTable, type ReadyTable } from './open-table.ts'
import { rowReader } from './row-fields.ts'

export interface BatchesOptions {
  readonly database: Database
  readonly accounts: { get(id: string): Outcome<Account> }
  readonly templates: Pick<Templates, 'get'>
  readonly outbox: Pick<Outbox, 'queue'> & { queueMany(mails: AsyncIterable<MailToQueue>, options: QueueManyOptions): Promise<Outcome<readonly OutgoingId[]>> }
  readonly letterhead: (account: Account) => Letterhead
  /** A file that a window handed over. */
  readonly handed: (handle: string) => Outcome<{ readonly name: string; readonly path: string }>
  readonly now?: () => Date
  readonly newId?: () => string
}

/** So many tables stay open; who opens one more closes the oldest. */
const mostOpen = 6
/** So many files are looked at together. */
const atOnce = 8
const bufferSize = 256 * 1024
/** Milliseconds of work in one go: no call from a window waits longer behind it. */
const oneGo = 12

interface Opened {
  readonly shown: OpenedTable
  readonly table: ReadyTable
  checked: { readonly plan: BatchPlan; readonly rows: ReadyTable['rows']; readonly account: Account; readonly problems: ReadonlyMap<number, readonly MailProblem[]>; readonly leftOut: ReadonlySet<number>; readonly sizes: ReadonlyMap<number, number> } | null
}

export function createBatches(options: BatchesOptions): Batches {
  const { accounts, templates, outbox, letterhead, now = () => new Date(), newId = randomUUID } = options
  const rows = batchRows(options.database)
  const documents = sentDocuments(options.database)
  const tables = new Map<string, Opened>()

  function openedAt(id: string): Outcome<Opened> {
    const found = tables.get(id)
    return found === undefined ? failed('batch.gone') : done(found)
  }

  async function placeOf(from: FileSource): Promise<Outcome<PlaceOfFile>> {
    if (from.is === 'folder') {
      const isFolder = isAbsolute(from.path) && (await lstat(from.path).then((found) => found.isDirectory(), () => false))
      return isFolder ? done(filesIn(await realpath(from.path))) : failed('folder.unusable', { name: from.path })
    }
    const files = []
    for (const handle of from.handles) {
      const file = options.handed(handle)
      if (!file.ok) return file
      files.push(file.value)
    }
    return done(filesHanded(files))
  }

  async function planFor({ table }: Opened, order: BatchOrder): Promise<Outcome<{ readonly plan: BatchPlan; readonly account: Account; readonly templateName: string }>> {
    const unknown = unknownCell(table, order.corrections)
    if (unknown !== null) return failed('input.invalid', { fields: [{ path: `corrections: ${unknown.column}`, problem: 'unknown-field' }] })
    const account = accounts.get(order.accountId)
    if (!account.ok) return account
    if (account.value.outgoing !== null && !account.value.outgoing.enabled) return failed('send.switched-off', { name: account.value.name })
    if (!canSend(account.value)) return failed('account.cannot-send', { name: account.value.name })
    const template = templates.get(order.templateId)
    if (!template.ok) return template
    const { prepareTemplate } = await import('../templates/template-engine.ts')
    const prepared = prepareTemplate(template.value, table.conventions)
    if (!prepared.ok) return failed('template.wrong', { name: template.value.name, faults: [...prepared.faults] })
    const place = order.files === null ? null : await placeOf(order.files.from)
    if (place !== null && !place.ok) return place
    const plan = {
      template: prepared.template, documentType: template.value.documentType, sender: senderFieldsOf(account.value), today: now().toISOString().slice(0, 10),
      readRow: rowReader(table, order.mapping), files: order.files === null || place === null ? null : { rule: order.files.rule, placeOf: place.value },
    }
    return done({ plan, account: account.value, templateName: template.value.name })
  }

  /** Every mail that is not left out, in the order of the table, with all that is wrong with it; null = it was queued before, and is left out for that. */
  async function* look({ table }: Opened, plan: BatchPlan, order: BatchOrder, signal: AbortSignal): AsyncGenerator<{ readonly index: number; readonly seen: SeenMail | null }> {
    const wanted = wantedOf(table, order)
    const again = new Set(order.again.map(comparable))
    const seen = new SeenDocuments()
    const corrected = correctedRows(table, order.corrections)
    const buffers = Array.from({ length: atOnce }, () => Buffer.alloc(plan.files === null ? 0 : bufferSize))
    let since = performance.now()
    for (let from = 0; from < wanted.length && !signal.aborted; from += atOnce) {
      const indexes = wanted.slice(from, from + atOnce)
      const found = await Promise.all(indexes.map((index, at) => withFile(rowMail(plan, corrected[index] ?? []), plan, buffers[at] as Buffer)))
      for (const [at, one] of found.entries()) {
        const index = indexes[at] ?? 0
        const document = documentOf(one, plan.documentType)
        const problems = document === null ? one.problems : [...one.problems, ...repeated(one, document, table.numbers[index] ?? 0)]
        const isSkipped = order.skipQueued && problems.some(({ code }) => code === 'queued-before')
        yield { index, seen: isSkipped ? null : { found: one, document, problems } }
      }
      if (performance.now() - since < oneGo) continue
      await nextTurn()
      since = performance.now()
    }

    function repeated(mail: FoundMail, document: SentDocument, row: number): readonly MailProblem[] {
      const value = mail.number ?? mail.fileName ?? mail.mail?.subject ?? ''
      const before = seen.note(document, row)
      if (before !== null) return [mailProblem('twice-in-table', { value, row: before })]
      const at = namesOf(mail).some((name) => again.has(name)) ? null : documents.queuedBefore(document)
      return at === null ? [] : [mailProblem('queued-before', { value, at: at.toISOString() })]
    }
  }

  async function check(id: string, order: BatchOrder, run: BatchRun): Promise<Outcome<{ readonly problems: number }>> {
    const opened = openedAt(id)
    if (!opened.ok) return opened
    const planned = await planFor(opened.value, order)
    if (!planned.ok) return planned
    const { plan, account } = planned.value
    const [problems, sizes] = [new Map<number, readonly MailProblem[]>(), new Map<number, number>()]
    const total = wantedOf(opened.value.table, order).length
    const leftOut = new Set(order.without.filter((index) => index < opened.value.table.rows.length))
    let looked = 0
    for await (const { index, seen } of look(opened.value, plan, order, run.signal)) {
      if (seen === null) leftOut.add(index)
      else if (seen.problems.length > 0) problems.set(index, seen.problems)
      if (seen !== null && seen.found.file !== null) sizes.set(index, seen.found.file.size)
      looked += 1
      if (looked % atOnce === 0) run.progress(looked, total, problems.size)
    }
    if (run.signal.aborted) return failed('job.cancelled')
    opened.value.checked = { plan, rows: correctedRows(opened.value.table, order.corrections), account, problems, leftOut, sizes }
    const mails = opened.value.table.rows.length - leftOut.size
    run.progress(mails, mails, problems.size)
    return done({ problems: problems.size })
  }

  async function queue(id: string, order: BatchOrder, run: BatchRun, source: string | null = null): Promise<Outcome<BatchRow>> {
    const opened = openedAt(id)
    if (!opened.ok) return opened
    const { name } = opened.value.shown
    if (source !== null && rows.batchOfSource(source) !== null) return failed('batch.queued-before', { name })
    const planned = await planFor(opened.value, order)
    if (!planned.ok) return planned
    const { plan, account, templateName } = planned.value
    const total = wantedOf(opened.value.table, order).length
    const stop = new AbortController()
    const state = { isRefused: false, mails: 0 }

    async function* mails(from: Opened): AsyncGenerator<MailToQueue> {
      for await (const { seen } of look(from, plan, order, run.signal)) {
        if (seen === null) continue
        const { found, document, problems } = seen
        if (problems.length > 0 || document === null || found.mail === null) {
          state.isRefused = true
          return stop.abort()
        }
        state.mails += 1
        yield { account, mail: composed(account, order, found, found.mail), document, attachments: found.file === null ? [] : [found.file] }
      }
      // All were left out: there is no batch without mails.
      if (state.mails === 0) stop.abort()
    }

    const batch = { id: newId(), name, templateName, accountId: account.id, source }
    const at = now()
    const queued = await outbox.queueMany(mails(opened.value), {
      batchId: batch.id,
      signal: AbortSignal.any([run.signal, stop.signal]),
      progress: (frozen) => run.progress(frozen, total, 0),
      also: (ids) => rows.add({ ...batch, mails: ids.length }, at.getTime()),
    })
    // One that cannot be read any more, or is another by now, was looked at a moment ago.
    const isChanged = !queued.ok && queued.failure.code === 'input.unreadable-file'
    if (state.isRefused || isChanged) return failed('batch.problems')
    if (state.mails === 0 && !run.signal.aborted) return failed('batch.nothing-left', { name })
    if (!queued.ok) return queued
    return done({ id: batch.id, name, templateName, accountId: account.id, mails: queued.value.length, createdAt: at.toISOString() })
  }

  function shortRow(opened: Opened, index: number): BatchMailRow & { readonly whole: ReturnType<typeof rowMail> | null } {
    const { table, checked } = opened
    const whole = checked === null ? null : rowMail(checked.plan, checked.rows[index] ?? [])
    return {
      index, row: table.numbers[index] ?? 0, whole,
      to: peopleOf(whole?.to ?? []), subject: whole?.mail?.subject ?? '', file: whole?.fileName ?? null,
      problems: [...(checked?.problems.get(index) ?? [])], leftOut: checked?.leftOut.has(index) ?? false,
      corrected: checked !== null && checked.rows[index] !== table.rows[index],
    }
  }

  return {
    async open({ name, path }) {
      const table = await openTable(path, name)
      if (!table.ok) return table
      const { columns, numbers } = table.value
      const mapping = guessColumns(columns)
      const shown = {
        id: newId(), name, columns: [...columns], rows: table.value.rows.length, firstRow: numbers[0] ?? 0, mapping,
        sample: table.value.rows.slice(0, 5).map((row) => [...row]), fileRule: guessFileRule(columns, mapping),
      }
      tables.set(shown.id, { shown, table: table.value, checked: null })
      for (const oldest of [...tables.keys()].slice(0, Math.max(0, tables.size - mostOpen))) tables.delete(oldest)
      return done(shown)
    },
    opened(id) {
      const found = openedAt(id)
      return found.ok ? done(found.value.shown) : found
    },
    close: (id) => void tables.delete(id),
    check,
    rows(id, { only, offset, limit }) {
      const opened = openedAt(id)
      if (!opened.ok) return opened
      const { table, checked } = opened.value
      const wrong = [...(checked?.problems.keys() ?? [])]
      const total = only === 'problems' ? wrong.length : table.rows.length
      const indexes = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => (only === 'problems' ? (wrong[offset + at] ?? 0) : offset + at))
      return done({ rows: indexes.map((index) => withoutWhole(shortRow(opened.value, index))), total, problems: wrong.length, leftOut: checked?.leftOut.size ?? 0 })
    },
    preview(id, index) {
      const opened = openedAt(id)
      if (!opened.ok) return opened
      const { checked, table } = opened.value
      if (checked === null || index >= table.rows.length) return failed('batch.gone')
      const { whole, ...row } = shortRow(opened.value, index)
      const head = letterhead(checked.account)
      const mail = whole?.mail ?? null
      const words = mail === null ? null : letterWords(head, mail)
      return done({
        ...row,
        cells: table.columns.map((column, at) => ({ column, value: checked.rows[index]?.[at] ?? '', inFile: table.rows[index]?.[at] ?? '' })),
        from: { ...head.from }, cc: peopleOf(whole?.cc ?? []), number: whole?.number ?? null, fileSize: checked.sizes.get(index) ?? null,
        mail: mail === null || words === null ? null : { subject: mail.subject, ...words },
      })
    },
    async sendTest(id, index, to) {
      const opened = openedAt(id)
      if (!opened.ok) return opened
      const { checked } = opened.value
      const cells = checked?.rows[index]
      if (checked === null || cells === undefined) return failed('batch.gone')
      const { plan, account } = checked
      const found = await withFile(rowMail(plan, cells), plan, Buffer.alloc(plan.files === null ? 0 : bufferSize))
      if (found.mail === null || (found.fileName !== null && found.file === null)) return failed('batch.problems', { count: 1 })
      const address = to ?? account.user.address
      if (!isMailAddress(address)) return failed('input.invalid', { address, fields: [{ path: 'to', problem: 'not-an-address' }] })
      const { text, html } = found.mail
      const mail = composedMailSchema.parse({ accountId: account.id, to: [{ name: '', address }], subject: testSubject(found.mail.subject), text, html })
      return outbox.queue(account, mail, found.file === null ? [] : [found.file])
    },
    queue,
    get(id) {
      const found = rows.get(id)
      return found === null ? failed('batch.unknown') : done(found)
    },
    list: rows.newest,
    fieldsOfRow(id, index, mapping) {
      const opened = openedAt(id)
      if (!opened.ok) return opened
      const { table, shown } = opened.value
      return done(rowReader(table, mapping ?? shown.mapping)(table.rows[index] ?? []))
    },
    async fileNames(id, order) {
      const opened = openedAt(id)
      const planned = opened.ok ? await planFor(opened.value, order) : null
      if (!opened.ok || planned === null || !planned.ok) return null
      return correctedRows(opened.value.table, order.corrections).flatMap((cells) => rowMail(planned.value.plan, cells).fileName ?? [])
    },
    batchOfSource: rows.batchOfSource,
  }
}

interface SeenMail {
  readonly found: FoundMail
  readonly document: SentDocument | null
  readonly problems: readonly MailProblem[]
}

/** The rows that are not left out by name. */
function wantedOf({ rows }: ReadyTable, { without }: BatchOrder): readonly number[] {
  const out = new Set(without)
  return [...rows.keys()].filter((index) => !out.has(index))
}

function composed(account: Account, order: BatchOrder, { to, cc }: FoundMail, { subject, text, html }: { readonly subject: string; readonly text: string; readonly html: string | null }): ComposedMail {
  return composedMailSchema.parse({ accountId: account.id, to, cc, subject, text, html, hold: order.hold, notBefore: order.notBefore })
}

function peopleOf(people: readonly Party[]): string {
  return people.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`)).join(', ')
}

function withoutWhole({ whole: _whole, ...row }: BatchMailRow & { readonly whole: unknown }): BatchMailRow {
  return row
}

/** A table by its bytes: the same one found twice in a watched folder is queued once. */
export function sourceOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
