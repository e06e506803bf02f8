import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { deleteForGood } from '../fakes/delete-for-good.ts'
import { createMailStore } from '../../electron/mail/create-mail-store.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { runUntilKilled } from './run-until-killed.ts'

const count = 600

function open(root: string) {
  const folder = dataFolderAt(root)
  const database = openDatabase(folder)
  if (!database.ok) throw new Error(database.failure.code)
  const clock = { at: new Date() }
  return { database: database.value, clock, mail: createMailStore({ database: database.value, folder, now: () => clock.at }) }
}

async function fill(root: string): Promise<void> {
  const { database, mail } = open(root)
  const batch = mail.receive('office', 'INBOX')
  for (let at = 0; at < count; at++) {
    const message = await batch.begin(`${at}`, { seen: false })
    await message.write(Buffer.from(`Subject: ${at}\r\n\r\ndossier number${at}x ${'filling '.repeat(500)}`))
    await message.finish()
  }
  expect((await batch.commit()).ok).toBe(true)
  database.close()
}

test('killed at any moment of indexing, it goes on where it was: each message is taken in once, and none is missing', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-crash-index-'))
  try {
    await fill(root)
    const sum = (lines: readonly string[]) => lines.reduce((total, line) => total + Number(line), 0)
    let acknowledged = 0
    for (let kill = 0; kill < 6; kill++) {
      const run = await runUntilKilled('index-mail.ts', root, 1 + Math.floor(Math.random() * 60))
      acknowledged += sum(run.acknowledged)
      const { database, mail } = open(root)
      // What was said to be in is found, and nothing twice.
      const { total } = mail.list({ accountId: null, search: 'dossier', offset: 0, limit: 1 })
      expect(total).toBeGreaterThanOrEqual(acknowledged)
      expect(total).toBeLessThanOrEqual(count)
      expect(mail.hasUnindexed()).toBe(total < count)
      mail.close()
      database.close()
      if (!run.killed) break
    }
    await runUntilKilled('index-mail.ts', root, null)
    const { database, mail } = open(root)
    expect(mail.hasUnindexed()).toBe(false)
    expect(mail.list({ accountId: null, search: 'dossier', offset: 0, limit: 1 }).total).toBe(count)
    for (let at = 0; at < count; at++) expect(mail.list({ accountId: null, search: `number${at}x`, offset: 0, limit: 500 }).messages.map(({ subject }) => subject)).toEqual([`${at}`])
    mail.close()
    database.close()
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})

test('killed at any moment of letting go of deleted messages, counts are right whenever all is said to be in, and no word of them stays', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-crash-index-'))
  try {
    await fill(root)
    await runUntilKilled('index-mail.ts', root, null)
    let left = count
    for (let kill = 0; kill < 6; kill++) {
      const { database, mail, clock } = open(root)
      const { messages } = mail.list({ accountId: null, search: 'dossier', offset: 0, limit: 5 })
      await deleteForGood(mail, clock, messages.map(({ id }) => id))
      left -= messages.length
      mail.close()
      database.close()
      await runUntilKilled('index-mail.ts', root, Math.floor(Math.random() * 8))
      const again = open(root)
      const { total } = again.mail.list({ accountId: null, search: 'dossier', offset: 0, limit: 1 })
      expect(total === left || again.mail.hasUnindexed(), `${total} of ${left} found`).toBe(true)
      again.mail.close()
      again.database.close()
    }
    await runUntilKilled('index-mail.ts', root, null)
    const { database, mail } = open(root)
    expect(mail.list({ accountId: null, search: 'dossier', offset: 0, limit: 1 }).total).toBe(left)
    mail.close()
    const index = new DatabaseSync(dataFolderAt(root).search, { readOnly: true })
    expect(index.prepare("SELECT count(*) AS n FROM message_words WHERE message_words MATCH 'dossier'").get()).toMatchObject({ n: left })
    index.close()
    database.close()
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
