import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMailStore } from '../../electron/mail/create-mail-store.ts'
import { dataFolderAt, type DataFolder } from '../../electron/storage/data-folder.ts'
import type { Database } from '../../electron/storage/database.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { bodyOf } from './mail-bodies.ts'
import { runUntilKilled } from './run-until-killed.ts'

const script = 'rebuild-index.ts'
const ids = Array.from({ length: 140 }, (_, n) => `m${n}`)
let base: string
/** A store with doubles in it, of which one file is lost and the index knows only a part. */
let damaged: string

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'mailroom-crash-doctor-'))
  damaged = join(base, 'damaged')
  const folder = dataFolderAt(damaged)
  await withStore(folder, async (mail) => {
    for (const round of [ids.slice(0, 70), ids.slice(70)]) {
      const batch = mail.receive('office', 'INBOX')
      for (const id of [...round, 'twin']) {
        const message = await batch.begin(`${id} of ${round[0]}`, { seen: false })
        await message.write(bodyOf(id))
        await message.finish()
      }
      const committed = await batch.commit()
      if (!committed.ok) throw new Error(committed.failure.code)
    }
  })
  await withStore(folder, async (_mail, database) => {
    database.exec("DELETE FROM message WHERE id > 20; DELETE FROM membership WHERE message_id = 7; DELETE FROM ledger WHERE server_id <> 'm0 of m0'")
    const { file } = database.prepare("SELECT file FROM message JOIN membership ON message.id = membership.message_id WHERE server_id = 'm0 of m0'").get() as { file: string }
    rmSync(join(folder.mail, file))
  })
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

async function withStore<T>(folder: DataFolder, work: (mail: ReturnType<typeof createMailStore>, database: Database) => Promise<T>): Promise<T> {
  mkdirSync(folder.root, { recursive: true })
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    return await work(createMailStore({ database: opened.value, folder }), opened.value)
  } finally {
    opened.value.close()
  }
}

async function inCopy<T>(work: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(base, 'copy-'))
  cpSync(damaged, root, { recursive: true, preserveTimestamps: true })
  try {
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Everything the index says, without what may differ: the numbers of rows. */
async function indexOf(root: string): Promise<unknown> {
  return withStore(dataFolderAt(root), async (mail, database) => {
    const all = (sql: string) => database.prepare(sql).all()
    return {
      rows: all('SELECT m.account_id, p.folder, p.server_id, file, size, date, stored_at, subject, p.seen, private FROM message m JOIN membership p ON p.message_id = m.id ORDER BY file, p.id'),
      ledger: all('SELECT * FROM ledger'),
      awaited: all('SELECT awaited_message.account_id, sign, file FROM awaited_message JOIN message ON message.id = awaited_message.message_id ORDER BY sign'),
      searched: mail.list({ accountId: null, search: 'shop.example', offset: 0, limit: 500 }).total,
    }
  })
}

const filesOf = (root: string) =>
  readdirSync(dataFolderAt(root).mail, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')]).toSorted()

test('killed before any step of a rebuild and begun again, the index comes to the same end, and every file stays', async () => {
  const whole = await inCopy(async (root) => ({ ...(await runUntilKilled(script, root, null)), index: await indexOf(root), files: filesOf(root) }))
  expect(whole.acknowledged[0]).toBe('left 1')
  expect(whole.index).toMatchObject({ searched: 141 })
  const total = Number(whole.acknowledged.at(-1)?.slice('steps '.length))
  expect(total).toBeGreaterThan(300)
  // A random part of all steps each time; MAILROOM_LONG_TESTS=1 takes every one.
  const stride = process.env['MAILROOM_LONG_TESTS'] === '1' ? 1 : Math.ceil(total / 8)
  for (let step = 1 + Math.floor(Math.random() * stride); step <= total; step += stride) {
    await inCopy(async (root) => {
      expect((await runUntilKilled(script, root, step)).killed, `step ${step} of ${total}`).toBe(true)
      expect((await runUntilKilled(script, root, Number.MAX_SAFE_INTEGER)).acknowledged[0]).toBe('left 1')
      expect(await indexOf(root), `step ${step} of ${total}`).toEqual(whole.index)
      expect(filesOf(root)).toEqual(whole.files)
    })
  }
})
