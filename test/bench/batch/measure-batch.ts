/**
 * Looks at a batch and queues it, as the program does, and tells what each took, one line of JSON each. Arguments: the folder with
 * `invoices.csv` and `invoices/`, how many rows it has. Run from a bundle, as people run it: reading TypeScript costs memory of its own.
 */
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { quietSqliteWarning } from '../../../electron/hosts/quiet-sqlite-warning.ts'
import { createBatches } from '../../../electron/outbox/batches/create-batches.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import { createTemplates } from '../../../electron/outbox/templates/create-templates.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { accountDraftSchema } from '../../../shared/model/account.ts'
import { letterheadOf } from '../../../shared/model/letterhead.ts'
import { organizationSchema } from '../../../shared/model/levels.ts'
import { starterTemplates } from '../../../shared/words/starter-templates.ts'
import { rounded } from '../statistics.ts'
import type { Figure } from './figure.ts'

quietSqliteWarning()
const [root = '', rows = '0'] = process.argv.slice(2)
const count = Number(rows)
const folder = dataFolderAt(root)
const database = valueOf(openDatabase(folder))
const account = { id: 'office', ...accountDraftSchema.parse({ name: 'Office', user: { displayName: 'Office', address: 'office@shop.example', organization: 'Shop' }, outgoing: { server: { use: 'own', host: 'smtp.shop.example' }, signIn: { use: 'none' } } }) }
const letterhead = () => letterheadOf(account, { organization: organizationSchema.parse({}), units: [] })
const templates = createTemplates({ database, starters: starterTemplates })
const outbox = createOutbox({ database, folder, letterhead })
const batches = createBatches({ database, templates, outbox, letterhead, accounts: { get: () => done(account) }, handed: () => failed('file.unknown') })
const opened = valueOf(await batches.open({ name: 'invoices.csv', path: join(root, 'invoices.csv') }))
const order = { accountId: account.id, templateId: valueOf(templates.find('Invoice')).id, mapping: opened.mapping, files: { rule: '{invoice}.pdf', from: { is: 'folder' as const, path: join(root, 'invoices') } }, again: [], without: [], corrections: [], skipQueued: false, hold: false, notBefore: null }

for (const what of ['check', 'queue'] as const) {
  const startMb = Math.round(process.memoryUsage.rss() / 1e6)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
  delay.enable()
  const [begin, used] = [performance.now(), process.cpuUsage()]
  const outcome = await batches[what](opened.id, order, { signal: new AbortController().signal, progress: () => undefined })
  const seconds = (performance.now() - begin) / 1000
  const { user, system } = process.cpuUsage(used)
  delay.disable()
  clearInterval(watch)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  const figure: Figure = {
    bench: 'batch', set: `${count}x40k`, what, seconds: rounded(seconds), perSecond: Math.round(count / seconds), cpuSeconds: rounded((user + system) / 1e6), startMb, peakMb: Math.round(peak / 1e6),
    longestStallMs: Math.round(delay.max / 1e6), stallMs999: Math.round(delay.percentile(99.9) / 1e6), load: rounded(loadavg()[0] ?? 0),
  }
  process.stdout.write(`${JSON.stringify(figure)}\n`)
}
database.close()

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}
