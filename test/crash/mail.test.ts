import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMailStore } from '../../electron/mail/create-mail-store.ts'
import { undoTime } from '../../electron/mail/deleted-messages.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { bodyOf } from './mail-bodies.ts'
import { runUntilKilled } from './run-until-killed.ts'

const script = 'store-mail.ts'
const everything = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }

async function inFreshFolder<T>(work: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-crash-mail-'))
  try {
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

test('rows are written only after every file of the batch and its folder are synced', async () => {
  const { steps } = await inFreshFolder((root) => runUntilKilled(script, root, null))
  const firstCommit = steps.slice(0, steps.indexOf('BEGIN IMMEDIATE'))
  const lastOf = (action: string, path: string) => firstCommit.lastIndexOf(`${action} ${path}`)
  const written = [...new Set(firstCommit.filter((step) => step.startsWith('write ')).map((step) => step.slice('write '.length)))]
  expect(written).toHaveLength(3)
  for (const file of written) {
    expect(lastOf('fsync', file)).toBeGreaterThan(lastOf('write', file))
    expect(firstCommit.lastIndexOf(`open ${join(file, '..')}`)).toBeGreaterThan(lastOf('fsync', file))
  }
})

test('a round is noted in the database, and marked in its folder, before the first of its files is there', async () => {
  const { steps } = await inFreshFolder((root) => runUntilKilled(script, root, null))
  const first = (start: RegExp) => steps.findIndex((step) => start.test(step))
  expect(first(/^INSERT .*unsettled_file/)).toBeGreaterThanOrEqual(0)
  expect(first(/^writeFile .*-arriving$/)).toBeGreaterThan(first(/^INSERT .*unsettled_file/))
  expect(first(/^open .*\.eml$/)).toBeGreaterThan(first(/^writeFile .*-arriving$/))
})

test('killed before any step of storing, deleting and removing an account, all that was acknowledged is there, byte for byte, and index and files agree', async () => {
  const whole = await inFreshFolder((root) => runUntilKilled(script, root, null))
  const total = Number(whole.acknowledged.at(-1)?.slice('steps '.length))
  expect(total).toBeGreaterThan(40)
  // A random part of all steps each time; MAILROOM_LONG_TESTS=1 takes every one.
  const stride = process.env['MAILROOM_LONG_TESTS'] === '1' ? 1 : 4
  for (let step = 1 + Math.floor(Math.random() * stride); step <= total; step += stride) {
    await inFreshFolder(async (root) => {
      const { acknowledged, killed } = await runUntilKilled(script, root, step)
      // How many pieces a file is written in is not always the same, so the last step may lie a few earlier.
      expect(killed || step > total - 8, `step ${step} of ${total}`).toBe(true)
      await check(root, acknowledged)
    })
  }
})

async function check(root: string, acknowledged: readonly string[]): Promise<void> {
  const folder = dataFolderAt(root)
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    const mail = createMailStore({ database: opened.value, folder, now: () => new Date(Date.now() + 2 * undoTime) })
    const stored = new Set(acknowledged.filter((line) => line.startsWith('stored office INBOX ')).flatMap((line) => line.split(' ').slice(3)))
    const known = mail.knownServerIds('office', 'INBOX')
    expect([...stored].filter((id) => !known.has(id))).toEqual([])
    if (acknowledged.includes('stored office Archive a c')) expect(mail.knownServerIds('office', 'Archive')).toEqual(new Set(['a', 'c']))
    expect(new Set(mail.dueForRemoval('office', 'INBOX', everything))).toEqual(known)

    // The next fetch brings what is missing, and sweeps what the crash left.
    for (const [path, ids] of [['INBOX', ['a', 'b', 'large', 'c', 'd', 'e', 'new']], ['Archive', ['a', 'c']]] as const) {
      const there = mail.knownServerIds('office', path)
      const batch = mail.receive('office', path)
      for (const id of ids) {
        if (there.has(id)) continue
        const message = await batch.begin(id, { seen: false })
        await message.write(bodyOf(id))
        await message.finish()
      }
      expect((await batch.commit()).ok).toBe(true)
      await batch.abandon()
    }
    expect((await mail.putAwayDeleted()).ok).toBe(true)
    expect(opened.value.prepare('SELECT * FROM unsettled_file').all()).toEqual([])

    const { messages } = mail.list({ accountId: null, search: '', offset: 0, limit: 500 })
    const subjectsOf = (account: string) => messages.filter(({ accountId }) => accountId === account).map(({ subject }) => subject).toSorted()
    // All of the other account or nothing of it: a removal that was cut off is finished.
    if (acknowledged.includes('removed home')) expect(subjectsOf('home')).toEqual([])
    else if (acknowledged.includes('stored home INBOX x y z') && !acknowledged.includes('removing home')) expect(subjectsOf('home')).toEqual(['x', 'y', 'z'])
    else expect([[], ['x', 'y', 'z']]).toContainEqual(subjectsOf('home'))

    const subjects = subjectsOf('office')
    const here = ['a', 'b', 'c', 'd', 'e', 'large', 'new']
    const mayLackB = acknowledged.includes('deleting b') && !subjects.includes('b')
    expect(subjects).toEqual(mayLackB ? here.filter((id) => id !== 'b') : here)
    if (acknowledged.includes('deleted b')) expect(mayLackB).toBe(true)
    expect(mail.list({ accountId: 'office', folder: 'Archive', search: '', offset: 0, limit: 9 }).messages.map(({ subject }) => subject).toSorted()).toEqual(['a', 'c'])
    for (const { id, subject } of messages) {
      const source = await mail.source(id, 0, 1_000_000)
      expect(source.ok && Buffer.from(source.value.bytes).equals(bodyOf(subject)), subject).toBe(true)
    }
    const files = readdirSync(folder.mail, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files).toHaveLength(messages.length)
    expect(files.map((file) => readFileSync(join(file.parentPath, file.name)).length).toSorted()).toEqual(messages.map(({ size }) => size).toSorted())
  } finally {
    opened.value.close()
  }
}
