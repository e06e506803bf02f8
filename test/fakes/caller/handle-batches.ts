/**
 * The fake's templates and batches. Any table that is handed over has the same invoices, three of them with something wrong; what a
 * template says is worked out as the real program does.
 */
import { prepareTemplate } from '../../../electron/outbox/templates/template-engine.ts'
import { previewTemplate } from '../../../electron/outbox/templates/preview-template.ts'
import { done, failed } from '../../../shared/failures/failure.ts'
import type { BatchMail, BatchOrder, BatchRow, BatchStanding, OpenedTable } from '../../../shared/model/batch.ts'
import { testSubject } from '../../../shared/words/test-message.ts'
import type { OutgoingState } from '../../../shared/model/outgoing-mail.ts'
import type { Job, JobDetail } from '../../../shared/model/job.ts'
import { type MailProblem, mailProblem, type Template } from '../../../shared/model/template.ts'
import type { FakeTools, Handlers } from './fake-caller.ts'

type Own = Pick<Handlers, Extract<keyof Handlers, `templates.${string}` | `batches.${string}` | `watched.${string}`>>

const customers = ['Pieter Bakker', 'Fatima el Amrani', 'Joost Visser', 'Bloemist Roos & Zonen', 'Garage Van Dam', 'Sanne Mulder']
const fakeTableRows = 248

const mapping = { 'recipient.address': 'E-mail', 'recipient.name': 'Klant', 'document.number': 'Factuurnummer', 'document.date': 'Datum', 'document.amount': 'Bedrag', 'document.due_date': 'Vervaldatum' }

function cellsOf(index: number): readonly string[] {
  const name = customers[index % customers.length] ?? ''
  const address = index === 3 ? 'info@bloemist' + ',roos' : `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.nl`
  return [name, index === 3 ? 'bloemist roos' : address, `2026-${String(500 + index).padStart(4, '0')}`, '2026-11-20', `${String(120 + index * 7)},50`, '2026-12-04']
}

const table: OpenedTable = {
  id: 'table-1', name: 'facturen-november.xlsx', columns: ['Klant', 'E-mail', 'Factuurnummer', 'Datum', 'Bedrag', 'Vervaldatum'], rows: fakeTableRows, firstRow: 2,
  sample: Array.from({ length: 5 }, (_, index) => [...cellsOf(index)]), mapping, fileRule: '{Factuurnummer}.pdf',
}

export function batchHandlers({ world, emit, after }: FakeTools): Own {
  let made = 0
  let order: BatchOrder | null = null

  const queued: BatchRow = { id: 'batch-1', name: table.name, templateName: 'Factuur', accountId: 'invoices', createdAt: world.now, mails: fakeTableRows }
  const ofBatch = (states: readonly OutgoingState[]) => world.outbox.filter((mail) => mail.batchId === queued.id && states.includes(mail.state))
  const standing = (): BatchStanding => ({
    pause: ofBatch(['ready', 'scheduled']).length, continue: ofBatch(['held']).length, cancel: ofBatch(['ready', 'scheduled', 'held']).length, underWay: ofBatch(['sending', 'submitting']).length,
    doubted: 0, sent: ofBatch(['sent']).length, needsPerson: ofBatch(['error', 'unknown']).length,
  })

  const templateOf = (id: number) => world.templates.find((template) => template.id === id)
  const changedTemplates = (templates: Template[]) => {
    world.templates = templates
    emit('templates.changed', {})
  }
  const correctedCells = (index: number) => table.columns.map((column, at) => order?.corrections.findLast((one) => one.index === index && one.column === column)?.value ?? cellsOf(index)[at] ?? '')
  const fieldsOf = (index: number) => {
    const [name = '', address = '', number = '', date = '', amount = '', due = ''] = correctedCells(index)
    return { recipient: { name, address }, document: { number, date, amount, due_date: due, currency: 'EUR' } }
  }
  function mailOf(index: number): BatchMail {
    const fields = fieldsOf(index)
    const template = templateOf(order?.templateId ?? 0)
    const from = world.accounts.find(({ account }) => account.id === order?.accountId)?.account.user
    const prepared = template === undefined ? null : prepareTemplate(template, { decimal: ',', dayFirst: true })
    const merged = prepared?.ok === true ? prepared.template.merge({ ...fields, sender: { name: from?.displayName ?? '', organization: from?.organization ?? '' }, today: world.now.slice(0, 10) }) : null
    const file = order?.files === null ? null : `${fields.document.number}.pdf`
    const problems: MailProblem[] = [
      ...(!fields.recipient.address.includes('@') ? [mailProblem('not-an-address', { value: fields.recipient.address })] : []),
      ...(merged !== null && 'problem' in merged ? [merged.problem] : []),
      ...(index === 17 && file !== null ? [mailProblem('file-missing', { value: file })] : []),
      ...(index === 41 && order?.again.includes(fields.document.number) !== true ? [mailProblem('queued-before', { value: fields.document.number, at: '2026-11-02T09:00:00.000Z' })] : []),
    ]
    return {
      index, row: index + 2, corrected: order?.corrections.some((one) => one.index === index) === true,
      cells: table.columns.map((column, at) => ({ column, value: correctedCells(index)[at] ?? '', inFile: cellsOf(index)[at] ?? '' })),
      to: `${fields.recipient.name} <${fields.recipient.address}>`, cc: '', subject: merged !== null && 'mail' in merged ? merged.mail.subject : '', file, problems,
      from: { name: from?.displayName ?? '', address: from?.address ?? '' }, leftOut: order?.without.includes(index) === true || (order?.skipQueued === true && problems.some(({ code }) => code === 'queued-before')), mail: merged !== null && 'mail' in merged ? merged.mail : null, number: fields.document.number, fileSize: file === null ? null : 41_200,
    }
  }
  const all = () => Array.from({ length: fakeTableRows }, (_, index) => mailOf(index))

  function run(phase: 'check' | 'queue', accountId: string) {
    const id = `batch-job-${String(++made)}`
    const problems = all().filter((mail) => mail.problems.length > 0 && !mail.leftOut).length
    const mails = all().filter((mail) => !mail.leftOut).length
    const detail: Extract<JobDetail, { kind: 'batch' }> = { kind: 'batch', phase, tableId: table.id, name: table.name, problems: 0, batchId: null }
    const job: Job = { id, kind: 'batch', accountId, state: 'running', cause: 'person', createdAt: world.now, startedAt: world.now, endedAt: null, progress: { done: 0, total: fakeTableRows }, detail, failure: null }
    const tell = (change: Partial<Job>) => {
      const now = { ...(world.jobs.find((one) => one.id === id) ?? job), ...change }
      world.jobs = [now, ...world.jobs.filter((one) => one.id !== id)]
      emit('job.changed', now)
    }
    tell({})
    const step = (rows: number) => {
      if (world.jobs.find((one) => one.id === id)?.state !== 'running') return
      if (rows < fakeTableRows) {
        tell({ progress: { done: rows, total: fakeTableRows } })
        after(120, () => step(rows + 40))
        return
      }
      tell({ state: 'done', endedAt: world.now, progress: { done: mails, total: mails }, detail: phase === 'check' ? { ...detail, problems } : { ...detail, batchId: 'batch-1' } })
    }
    after(60, () => step(40))
    return done({ jobId: id })
  }

  return {
    'templates.list': () => done({ templates: world.templates.map(({ text: _text, html: _html, ...row }) => row) }),
    'templates.get'({ id }) {
      const found = templateOf(id)
      return found === undefined ? failed('template.unknown') : done(found)
    },
    'templates.find'({ key }) {
      const found = world.templates.find(({ name }) => name.toLowerCase() === key.toLowerCase())
      return found === undefined ? failed('template.unknown', { name: key }) : done(found)
    },
    'templates.save'({ id, draft }) {
      const prepared = prepareTemplate(draft)
      if (!prepared.ok) return failed('template.wrong', { name: draft.name, faults: [...prepared.faults] })
      if (world.templates.some((other) => other.id !== id && other.name.toLowerCase() === draft.name.toLowerCase())) return failed('input.invalid', { fields: [{ path: 'name', problem: 'name-taken' }] })
      const saved = { ...draft, id: id ?? Math.max(0, ...world.templates.map((one) => one.id)) + 1, changedAt: world.now }
      changedTemplates([...world.templates.filter((one) => one.id !== id), saved])
      return done(saved)
    },
    'templates.remove'({ id }) {
      changedTemplates(world.templates.filter((one) => one.id !== id))
      return done({})
    },
    'templates.preview': ({ template, accountId, table: row }) =>
      done(previewTemplate(template, world.accounts.find(({ account }) => account.id === accountId)?.account ?? null, row === null ? null : fieldsOf(row.index), new Date(world.now))),
    'batches.open': () => done(table),
    'batches.close': () => done({}),
    'batches.check'({ order: asked }) {
      order = asked
      return run('check', asked.accountId)
    },
    'batches.rows'({ only, offset, limit }) {
      const mails = all()
      const problems = mails.filter((mail) => mail.problems.length > 0 && !mail.leftOut)
      const shown = only === 'problems' ? problems : mails
      return done({ rows: shown.slice(offset, offset + limit).map(({ index, row, to, subject, file, problems: wrong, leftOut, corrected }) => ({ index, row, to, subject, file, problems: wrong, leftOut, corrected })), total: shown.length, problems: problems.length, leftOut: mails.filter((mail) => mail.leftOut).length })
    },
    'batches.mail': ({ index }) => done(mailOf(index)),
    'batches.sendTest'({ index, to }) {
      const mail = mailOf(index)
      return done({
        id: 'test-mail', accountId: order?.accountId ?? '', state: 'ready', messageId: '<test-mail@devries-advies.nl>', from: mail.from, recipients: [{ kind: 'to', name: '', address: to ?? mail.from.address, state: 'waiting', replyCode: null, words: null, returned: null }],
        subject: testSubject(mail.subject), size: 2048, attachmentNames: mail.file === null ? [] : [mail.file], createdAt: world.now, changedAt: world.now, notBefore: null, attempts: 0, failure: null, private: false, resentFrom: null, batchId: null,
      })
    },
    'batches.queue'({ order: asked }) {
      order = asked
      return run('queue', asked.accountId)
    },
    'watched.list': () => done({ folders: world.watched.map((folder) => ({ ...folder, reach: 'ok' as const })) }),
    'watched.save'({ id, draft }) {
      if (!draft.path.startsWith('/')) return failed('folder.unusable', { name: draft.path })
      const saved = { ...draft, id: id ?? world.watched.length + 1, templateName: templateOf(draft.templateId)?.name ?? '', last: null }
      world.watched = [...world.watched.filter((one) => one.id !== id), saved]
      emit('watched.changed', {})
      return done(saved)
    },
    'watched.remove'({ id }) {
      world.watched = world.watched.filter((one) => one.id !== id)
      emit('watched.changed', {})
      return done({})
    },
    'watched.look': () => done({ jobIds: [] }),
    'watched.keep': () => done({}),
    'batches.standing': ({ id }) => (id === queued.id ? done({ batch: queued, standing: standing() }) : failed('batch.unknown')),
    'batches.move'({ id, move }) {
      if (id !== queued.id) return failed('batch.unknown')
      const [from, to] = ({ pause: [['ready', 'scheduled'], 'held'], continue: [['held'], 'ready'], cancel: [['ready', 'scheduled', 'held'], 'cancelled'] } as const)[move]
      const meant = ofBatch(from).map((mail) => mail.id)
      world.outbox = world.outbox.map((mail) => (meant.includes(mail.id) ? { ...mail, state: to } : mail))
      emit('outbox.changed', { ids: meant })
      return done({ changed: meant.length, standing: standing() })
    },
    'batches.list': () => done({ batches: [queued] }),
  }
}
