/** Takes the table that stands in the folder `watched` of its data folder, as a program does that was just started; says when it was queued. */
import { acknowledge, startCounting, stepsMade } from './die-at-step.ts'

const { existsSync } = await import('node:fs')
const { join } = await import('node:path')
const { takeFromFolder } = await import('../../electron/outbox/batches/take-from-folder.ts')
const { claimName } = await import('../../electron/outbox/batches/claimed-table.ts')
const { createBatches } = await import('../../electron/outbox/batches/create-batches.ts')
const { createOutbox } = await import('../../electron/outbox/create-outbox.ts')
const { createTemplates } = await import('../../electron/outbox/templates/create-templates.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')
const { letterheadOf } = await import('../../shared/model/letterhead.ts')
const { organizationSchema } = await import('../../shared/model/levels.ts')
const { done, failed } = await import('../../shared/failures/failure.ts')
const { starterTemplates } = await import('../../shared/words/starter-templates.ts')
const { draftOf } = await import('../fakes/one-account.ts')
// Loaded by the first mail that needs them: their own files are no steps.
await import('nodemailer/lib/mail-composer')
await import('../../electron/outbox/templates/template-engine.ts')

const root = process.argv[2]!
const folder = dataFolderAt(join(root, 'data'))
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
const database = opened.value
const account = { id: 'office', ...draftOf() }
const outbox = createOutbox({ database, folder, freezingThread: new URL('./freezing-thread-that-dies.ts', import.meta.url) })
const templates = createTemplates({ database, starters: starterTemplates })
const batches = createBatches({
  database, templates, outbox, accounts: { get: () => done(account) }, handed: () => failed('file.unknown'),
  letterhead: (of) => letterheadOf(of, { organization: organizationSchema.parse({}), units: [] }),
})
const invoice = templates.find('Invoice')
if (!invoice.ok) throw new Error(invoice.failure.code)
const watched = { id: 1, path: join(root, 'watched'), templateId: invoice.value.id, templateName: 'Invoice', accountId: null, files: null, polling: false, enabled: true, last: null }

startCounting()
if (['may.csv', claimName('may.csv', 'ours')].some((name) => existsSync(join(watched.path, name)))) {
  const taken = await takeFromFolder({ batches, spool: folder.spool, language: () => 'en', defaultAccountId: () => 'office', now: () => new Date(), mark: 'ours' }, watched, 'may.csv', { signal: new AbortController().signal, progress: () => undefined })
  if (!taken.ok) throw new Error(JSON.stringify(taken.failure))
  acknowledge(`queued ${taken.value.batchId}`)
}
acknowledge(`steps ${stepsMade()}`)
