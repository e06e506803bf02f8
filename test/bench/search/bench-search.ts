/**
 * How fast mail becomes searchable, what a person feels of it meanwhile, and how fast it is found.
 *
 *   2000x40k      index of freshly fetched mail, from the job's begin to its end; beside it, every 5 ms, a message is marked read
 *   100000x200w   the same for 100,000 messages of 200 words (`--quick`: 10,000); then searches as a person types them
 *
 * In this one process, on the real store with its real thread. Times are milliseconds where not said.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import { dataFolderAt, type DataFolder } from '../../../electron/storage/data-folder.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import type { BenchOptions, BenchResult } from '../bench-options.ts'
import { median, rounded } from '../statistics.ts'

interface Figure {
  readonly bench: 'search'
  readonly set: string
  readonly what: string
  /** Of so many measurements. */
  readonly runs: number
  readonly median: number
  readonly longest: number
  readonly unit: 'ms' | 's' | 'MB'
  /** The machine's load average of a minute when this ended: our own work counts, too. */
  readonly load: number
}

const rounds = 15

export async function benchSearch({ quick, only, say, print }: BenchOptions): Promise<BenchResult> {
  const count = quick ? 10_000 : 100_000
  const sets: readonly [name: string, messages: () => Iterable<Buffer>][] = [
    ['2000x40k', () => realistic(2000, '40K')],
    [`${count}x200w`, () => plain(count)],
  ]
  const rows: Figure[] = []
  for (const [set, messages] of sets.filter(([name]) => name.includes(only))) {
    const root = mkdtempSync(join(tmpdir(), 'mailroom-bench-search-'))
    try {
      const folder = dataFolderAt(root)
      const opened = openDatabase(folder)
      if (!opened.ok) throw new Error(opened.failure.code)
      const mail = createMailStore({ database: opened.value, folder })
      say(`${set}: storing`)
      await store(mail, messages())
      say(`${set}: indexing`)
      rows.push(...(await indexing(set, mail, folder)))
      say(`${set}: searching`)
      rows.push(...searching(set, mail))
      mail.close()
      opened.value.close()
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  }
  print(tableOf(rows))
  return { rows, failed: false }
}

async function store(mail: MailStore, messages: Iterable<Buffer>): Promise<void> {
  const batch = mail.receive('office', 'INBOX')
  const commit = async () => {
    const committed = await batch.commit()
    if (!committed.ok) throw new Error(committed.failure.code)
  }
  let stored = 0
  for (const bytes of messages) {
    const message = await batch.begin(String(stored), { seen: false })
    await message.write(bytes)
    await message.finish()
    stored += 1
    if (stored % 500 === 0) await commit()
  }
  await commit()
}

async function indexing(set: string, mail: MailStore, folder: DataFolder): Promise<readonly Figure[]> {
  const before = await marking(mail, after(1000))
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  const work = mail.index({ signal: new AbortController().signal, tell: () => undefined })
  const waits = await marking(mail, work)
  const indexed = await work
  if (!indexed.ok) throw new Error(indexed.failure.code)
  const seconds = (performance.now() - started) / 1000
  const peakMb = process.resourceUsage().maxRSS / 1024
  const { user, system } = process.cpuUsage(cpu)
  return [
    figure(set, 'index', [seconds], 's'),
    figure(set, 'index, processor time', [(user + system) / 1e6], 's'),
    figure(set, 'marking read, nothing else going on', before, 'ms'),
    figure(set, 'marking read while the index is made', waits, 'ms'),
    figure(set, 'memory of the whole process at its peak', [peakMb], 'MB'),
    figure(set, 'size of the index', [statSync(folder.search).size / 1e6], 'MB'),
  ]
}

/** What a person waits, again and again until `work` is over: until it is the call's turn, and for the call. */
async function marking(mail: MailStore, work: Promise<unknown>): Promise<readonly number[]> {
  const [{ id } = { id: 0 }] = mail.list({ accountId: null, search: '', offset: 0, limit: 1 }).messages
  const waits: number[] = []
  const over = new AbortController()
  void work.finally(() => over.abort())
  for (let seen = true; !over.signal.aborted; seen = !seen) {
    const due = performance.now() + 5
    await after(5)
    mail.markSeen([id], seen)
    waits.push(performance.now() - due)
  }
  return waits
}

function searching(set: string, mail: MailStore): readonly Figure[] {
  const everywhere = ['every', 'every half', 'half', 'tenth', 'hundredth', 'number777x', 'num', 'hundredth half jan@example', 'nowhere'].map((search) => ({ search, accountId: null }))
  const inAccount = ['every', 'half', 'hundredth'].map((search) => ({ search, accountId: 'office' }))
  return [...everywhere, ...inAccount].map(({ search, accountId }) => {
    const times: number[] = []
    let total = 0
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now()
      total = mail.list({ accountId, search, offset: 0, limit: 100 }).total
      times.push(performance.now() - begun)
    }
    return figure(set, `search “${search}”${accountId === null ? '' : ' in an account'} (${total} found)`, times, 'ms')
  })
}

function figure(set: string, what: string, values: readonly number[], unit: Figure['unit']): Figure {
  return { bench: 'search', set, what, runs: values.length, median: rounded(median(values)), longest: rounded(Math.max(...values)), unit, load: rounded(loadavg()[0] ?? 0) }
}

function tableOf(rows: readonly Figure[]): string {
  const line = (set: string, what: string, ...figures: readonly string[]) => `${set.padEnd(13)} ${what.padEnd(52)} ${figures.map((one) => one.padStart(10)).join(' ')}`
  return [line('set', 'what', 'median', 'longest', 'load'), ...rows.map(({ set, what, median: middle, longest, unit, load }) => line(set, what, `${middle} ${unit}`, `${longest} ${unit}`, String(load)))].join('\n')
}

/** As in mailboxes: charsets, HTML, attachments. */
function* realistic(count: number, size: string): Iterable<Buffer> {
  const place = mkdtempSync(join(tmpdir(), 'mailroom-bench-mail-'))
  try {
    const maildir = join(place, 'Maildir')
    execFileSync(join(import.meta.dirname, '..', '..', 'servers', 'gen-mail'), [String(count), size, '1', maildir])
    for (const entry of readdirSync(maildir, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) yield readFileSync(join(entry.parentPath, entry.name))
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** 200 words each, of a language of 20,000 in which few are usual: the rank of a word says how often it comes (Zipf). */
function* plain(count: number): Iterable<Buffer> {
  let state = 1
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  for (let at = 0; at < count; at++) {
    const words = Array.from({ length: 200 }, () => `w${Math.floor(20_000 ** random()).toString(36)}`)
    const rare = [at % 2 === 0 ? 'half' : '', at % 10 === 0 ? 'tenth' : '', at % 100 === 0 ? 'hundredth' : '', `number${at}x`]
    const date = new Date(1_600_000_000_000 + ((at * 7919) % count) * 60_000).toUTCString()
    yield Buffer.from(`From: Jan <jan@example.nl>\r\nTo: office@example.nl\r\nSubject: Message ${at}\r\nDate: ${date}\r\n\r\nevery ${rare.join(' ')} ${words.join(' ')}\r\n`)
  }
}
