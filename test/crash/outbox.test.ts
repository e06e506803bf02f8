import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createOutbox } from '../../electron/outbox/create-outbox.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { draftOf } from '../fakes/one-account.ts'
import { runUntilKilled } from './run-until-killed.ts'

const script = 'send-mails.ts'
const account = { id: 'office', ...draftOf() }

async function inFreshFolder<T>(work: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-crash-outbox-'))
  try {
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

test("a mail's row is written only after its file and folder are synced", async () => {
  const { steps } = await inFreshFolder((root) => runUntilKilled(script, root, null))
  const firstMail = steps.slice(0, steps.indexOf('BEGIN IMMEDIATE'))
  const file = firstMail.findLast((step) => step.startsWith('write '))!.slice('write '.length)
  expect(firstMail.lastIndexOf(`fsync ${file}`)).toBeGreaterThan(firstMail.lastIndexOf(`write ${file}`))
  expect(firstMail.lastIndexOf(`open ${join(file, '..')}`)).toBeGreaterThan(firstMail.lastIndexOf(`fsync ${file}`))
})

test('killed before any step, no queued mail is lost or changed, and none that may have gone out is ready again', async () => {
  const whole = await inFreshFolder((root) => runUntilKilled(script, root, null))
  const total = Number(whole.acknowledged.at(-1)?.slice('steps '.length))
  expect(total).toBeGreaterThan(60)
  // Every step after DATA, and a random part of the others; MAILROOM_LONG_TESTS=1 takes every one.
  const stride = process.env['MAILROOM_LONG_TESTS'] === '1' ? 1 : 6
  const offset = Math.floor(Math.random() * stride)
  const steps = Array.from({ length: total }, (_, index) => index + 1).filter((step) => step % stride === offset || stepsAfterData(whole.steps).has(step))
  for (const step of steps) {
    await inFreshFolder(async (root) => {
      const { acknowledged, killed } = await runUntilKilled(script, root, step)
      // How many pieces a file is written in is not always the same, so the last step may lie a few earlier.
      expect(killed || step > total - 8, `step ${step} of ${total}`).toBe(true)
      await check(root, acknowledged, `killed before step ${step}`)
    })
  }
})

/** The numbers of the steps made while a server had been told and its answer was not noted yet. */
function stepsAfterData(trace: readonly string[]): ReadonlySet<number> {
  const numbers = new Set<number>()
  let number = 0
  let told = false
  for (const line of trace) {
    if (line.startsWith('= ')) told = line.startsWith('= data') || (told && !/^= (?:sent|again)/.test(line))
    else if ((number += 1) > 0 && told) numbers.add(number)
  }
  return numbers
}

async function check(root: string, acknowledged: readonly string[], when: string): Promise<void> {
  const folder = dataFolderAt(root)
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    const outbox = createOutbox({ database: opened.value, folder })
    outbox.recoverAll()
    const { mails } = outbox.list({ states: null, accountId: null, offset: 0, limit: 500 })
    const states = new Map(mails.map(({ id, state }) => [id, state]))
    const said = (what: string) => acknowledged.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1))

    for (const id of said('queued')) expect(states.has(id), `${when}: mail ${id} is there`).toBe(true)
    for (const { id, size, messageId, createdAt } of mails) {
      const bytes = readFileSync(join(folder.outbox, createdAt.slice(0, 7), `${id}.eml`))
      expect(bytes.length, `${when}: size of ${id}`).toBe(size)
      expect(bytes.toString('latin1')).toContain(messageId)
      expect(bytes.toString('latin1').trimEnd().endsWith('--')).toBe(true)
    }
    for (const id of said('sent')) expect(states.get(id)).toBe('sent')

    // Once the server was told, only its answer moves a mail on; without one recorded the outcome is unknown.
    for (const id of new Set(said('data'))) {
      const answered = acknowledged.indexOf(`answered ${id}`)
      const wasAnswered = answered >= 0 && !acknowledged.slice(answered).includes(`data ${id}`)
      // Mail 1 is answered with OK: whether that was still noted is open.
      const allowed = wasAnswered ? ['unknown', 'ready'] : id === '1' ? ['unknown', 'sent'] : ['unknown']
      expect(allowed, `${when}: mail ${id} after DATA`).toContain(states.get(id))
    }
    expect([...states.values()].filter((state) => state === 'sending' || state === 'submitting')).toEqual([])

    // What a queueing left half done is gone when the next mail is queued, and nothing else is.
    const next = join(root, 'next')
    writeFileSync(next, 'To: jan@customer.example\n\nHello')
    expect(await outbox.queueMessage(account, next, null)).toMatchObject({ ok: true })
    const files = readdirSync(folder.outbox, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !/^(?:submitted|original-.*)$/.test(entry.name))
    expect(files, when).toHaveLength(mails.length + 1)
    expect(opened.value.prepare('SELECT * FROM unsettled_file').all(), when).toEqual([])
  } finally {
    opened.value.close()
  }
}
