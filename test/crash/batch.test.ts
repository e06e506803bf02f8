import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createOutbox } from '../../electron/outbox/create-outbox.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { runUntilKilled } from './run-until-killed.ts'

const script = 'take-table.ts'
const numbers = ['1', '2', '3'] as const

async function inFreshFolder<T>(work: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-crash-batch-'))
  try {
    mkdirSync(join(root, 'data', 'outbox'), { recursive: true })
    mkdirSync(join(root, 'watched'))
    for (const number of numbers) writeFileSync(join(root, 'watched', `${number}.pdf`), `%PDF-1.7 ${number}\n%%EOF\n`)
    writeFileSync(join(root, 'watched', 'may.csv'), `email,invoice\n${numbers.map((number) => `jan@customer.example,${number}\n`).join('')}`)
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function mailsIn(root: string): readonly string[] {
  const folder = dataFolderAt(join(root, 'data'))
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    return createOutbox({ database: opened.value, folder }).list({ states: null, accountId: null, offset: 0, limit: 500 }).mails.map(({ attachmentNames }) => attachmentNames[0] ?? '')
  } finally {
    opened.value.close()
  }
}
const filesIn = (path: string) => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).toSorted()

test('killed before any step, a batch is there as a whole or not at all; the next start queues it once and puts all of it away', async () => {
  const whole = await inFreshFolder((root) => runUntilKilled(script, root, null))
  const total = Number(whole.acknowledged.at(-1)?.slice('steps '.length))
  expect(total).toBeGreaterThan(30)
  // A random few of them; MAILROOM_LONG_TESTS=1 takes every one.
  const stride = process.env['MAILROOM_LONG_TESTS'] === '1' ? 1 : 20
  const offset = Math.floor(Math.random() * stride)
  const steps = Array.from({ length: total }, (_, index) => index + 1).filter((step) => step % stride === offset)
  for (const step of steps) {
    await inFreshFolder(async (root) => {
      await runUntilKilled(script, root, step)
      const when = `killed before step ${step} of ${total}`
      expect([0, numbers.length], when).toContain(mailsIn(root).length)
      await runUntilKilled(script, root, null)
      expect(mailsIn(root).toSorted(), when).toEqual(numbers.map((number) => `${number}.pdf`))
      expect(filesIn(join(root, 'data', 'outbox')).filter((name) => name.endsWith('.eml')), when).toHaveLength(numbers.length)
      expect(filesIn(join(root, 'watched')), when).toEqual(['1.pdf', '2.pdf', '3.pdf', 'may.csv'])
      expect(readdirSync(join(root, 'watched')), when).toEqual(['done'])
    })
  }
})
