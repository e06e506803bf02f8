/**
 * How fast a batch of invoices is checked and queued, durably, all or none:
 *
 *   10000x40k   a table of 10,000 rows (`--quick`: 2,000), a template, and a PDF of 40 KB for each row
 *
 * Through the parts the program is made of, bundled as it is, in a process of their own. Memory is that process's highest, measured
 * every 20 ms; `stalls` is how long its main thread was kept from everything else: a call from the window waits that long.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { nodeModules } from '../../../build/bundle/bundle.ts'
import type { BenchOptions, BenchResult } from '../bench-options.ts'
import type { Figure } from './figure.ts'

const pdfBytes = 40 * 1024
/** What it must reach on the machine it is measured on. */
const wanted = { perSecond: 300, peakMb: 250, longestStallMs: 50 } as const

export async function benchBatch({ quick, say, print }: BenchOptions): Promise<BenchResult> {
  const count = quick ? 2000 : 10_000
  const root = mkdtempSync(join(tmpdir(), 'mailroom-bench-batch-'))
  try {
    say(`writing ${count} PDFs`)
    writeInvoices(root, count)
    const program = join(root, 'program')
    await build({ ...nodeModules({ outDir: program, entries: { measure: join(import.meta.dirname, 'measure-batch.ts') } }), logLevel: 'error' })
    writeFileSync(join(root, 'package.json'), '{"type":"module"}')
    const { stdout } = await promisify(execFile)(process.execPath, [join(program, 'measure.js'), root, String(count)])
    const rows = stdout.trim().split('\n').map((line) => JSON.parse(line) as Figure)
    for (const row of rows) print(`${row.set} ${row.what}: ${row.seconds} s, ${row.perSecond} a second, CPU ${row.cpuSeconds} s, at most ${row.peakMb} MB (${row.startMb} before), longest stall ${row.longestStallMs} ms (99.9 %: ${row.stallMs999} ms), load ${row.load}`)
    const queued = rows.find(({ what }) => what === 'queue')
    const isReached = queued !== undefined && queued.perSecond >= wanted.perSecond && queued.peakMb <= wanted.peakMb
    if (queued !== undefined && queued.longestStallMs > wanted.longestStallMs) say(`a stall of more than ${wanted.longestStallMs} ms; at a load of ${queued.load} that may be other programs'`)
    return { rows, failed: !isReached }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function writeInvoices(root: string, count: number): void {
  const invoices = join(root, 'invoices')
  mkdirSync(invoices)
  // One piece of paper with another number each time.
  const paper = randomBytes(pdfBytes)
  paper.write('\n%%EOF\n', pdfBytes - 7)
  for (let index = 0; index < count; index += 1) {
    paper.write(`%PDF-1.7 ${index}\n`)
    writeFileSync(join(invoices, `${index}.pdf`), paper)
  }
  const lines = Array.from({ length: count }, (_, index) => `customer${index}@example.nl;Customer ${index};${index};2027-01-03;2027-01-17;${index},50`)
  writeFileSync(join(root, 'invoices.csv'), `email;name;invoice;date;due_date;amount\n${lines.join('\n')}\n`)
}
