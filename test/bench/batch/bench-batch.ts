/**
 * How fast a batch of invoices is checked and queued, durably, all or none:
 *
 *   10000x40k   a table of 10,000 rows (`--quick`: 2,000), a template, and a PDF of 40 KB for each row
 *
 * Through the parts the program is made of, in this one process. Memory is the process's highest since its start, measured every 20 ms;
 * `stalls` is how long the main thread was kept busy in one go while all was queued: a call from the window waits that long.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createBatches } from '../../../electron/outbox/batches/create-batches.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import { createTemplates } from '../../../electron/outbox/templates/create-templates.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import { accountDraftSchema } from '../../../shared/model/account.ts'
import { letterheadOf } from '../../../shared/model/letterhead.ts'
import { organizationSchema } from '../../../shared/model/levels.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { starterTemplates } from '../../../shared/words/starter-templates.ts'
import type { BenchOptions, BenchResult } from '../bench-options.ts'
import { rounded } from '../statistics.ts'

interface Figure {
  readonly bench: 'batch'
  readonly set: string
  readonly what: 'check' | 'queue'
  readonly seconds: number
  readonly perSecond: number
  readonly peakMb: number
  /** The longest time the main thread was kept from everything else, ms, and that which one in a thousand moments exceeds. */
  readonly longestStallMs: number
  readonly stallMs999: number
  readonly load: number
}

const pdfBytes = 40 * 1024
/** What it must reach on the machine it is measured on. */
const wanted = { perSecond: 300, peakMb: 250 } as const

export async function benchBatch({ quick, say, print }: BenchOptions): Promise<BenchResult> {
  const count = quick ? 2000 : 10_000
  const root = mkdtempSync(join(tmpdir(), 'mailroom-bench-batch-'))
  try {
    say(`writing ${count} PDFs`)
    const invoices = join(root, 'invoices')
    mkdirSync(invoices)
    // One piece of paper with another number each time: what is thrown away here would count as the batch's.
    const paper = randomBytes(pdfBytes)
    for (let index = 0; index < count; index += 1) {
      paper.write(`%PDF-1.7 ${index}\n`)
      writeFileSync(join(invoices, `${index}.pdf`), paper)
    }
    const table = join(root, 'invoices.csv')
    writeFileSync(table, `email;name;invoice;date;due_date;amount\n${Array.from({ length: count }, (_, index) => `customer${index}@example.nl;Customer ${index};${index};2027-01-03;2027-01-17;${index},50`).join('\n')}\n`)
    const rows = await measured(root, table, invoices, count, say)
    for (const row of rows) print(`${row.set} ${row.what}: ${row.seconds} s, ${row.perSecond} a second, at most ${row.peakMb} MB, longest stall ${row.longestStallMs} ms (99.9 %: ${row.stallMs999} ms), load ${row.load}`)
    const queued = rows.find(({ what }) => what === 'queue')
    return { rows, failed: queued === undefined || queued.perSecond < wanted.perSecond || queued.peakMb > wanted.peakMb }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function measured(root: string, table: string, invoices: string, count: number, say: (text: string) => void): Promise<readonly Figure[]> {
  const folder = dataFolderAt(root)
  const database = valueOf(openDatabase(folder))
  const account = { id: 'office', ...accountDraftSchema.parse({ name: 'Office', user: { displayName: 'Office', address: 'office@shop.example', organization: 'Shop' }, outgoing: { server: { use: 'own', host: 'smtp.shop.example' }, signIn: { use: 'none' } } }) }
  const letterhead = () => letterheadOf(account, { organization: organizationSchema.parse({}), units: [] })
  const templates = createTemplates({ database, starters: starterTemplates })
  const outbox = createOutbox({ database, folder, letterhead })
  const batches = createBatches({ database, templates, outbox, letterhead, accounts: { get: () => done(account) }, handed: () => failed('file.unknown') })
  say(`start ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
  const opened = valueOf(await batches.open({ name: 'invoices.csv', path: table }))
  const order = { accountId: account.id, templateId: valueOf(templates.find('Invoice')).id, mapping: opened.mapping, files: { rule: '{invoice}.pdf', from: { is: 'folder' as const, path: invoices } }, again: [], hold: false }
  const figures: Figure[] = []
  for (const what of ['check', 'queue'] as const) {
    say(`${what} ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    let peak = 0
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
    delay.enable()
    const begin = performance.now()
    const outcome = await batches[what](opened.id, order, { signal: new AbortController().signal, progress: () => undefined })
    const seconds = (performance.now() - begin) / 1000
    delay.disable()
    clearInterval(watch)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
    figures.push({
      bench: 'batch', set: `${count}x40k`, what, seconds: rounded(seconds), perSecond: Math.round(count / seconds), peakMb: Math.round(peak / 1e6),
      longestStallMs: Math.round(delay.max / 1e6), stallMs999: Math.round(delay.percentile(99.9) / 1e6), load: rounded(loadavg()[0] ?? 0),
    })
  }
  database.close()
  return figures
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}
