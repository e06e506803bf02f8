/** A database from before messages could stand in several folders (migration 011) is brought forward with all it knew. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createContacts } from '../../../electron/contacts/create-contacts.ts'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { migrations } from '../../../electron/storage/migrations.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'

const before = 11

test('every message of it stands in its folder, with its flags, what waits for the server, its place in the ledger and on the record', async () => {
  const folder = dataFolderAt(mkdtempSync(join(tmpdir(), 'mailroom-older-')))
  const older = openDatabase(folder, migrations.slice(0, before))
  if (!older.ok) throw new Error(older.failure.code)
  older.value.exec(`
    INSERT INTO folder (account_id, path, delimiter, special_use, holds_messages, on_server) VALUES ('office', 'INBOX', '/', 'inbox', 1, 1), ('office', 'Archive', '/', 'archive', 1, 1);
    INSERT INTO message (id, account_id, folder, server_id, file, size, sorted_at, stored_at, from_name, from_address, recipients, subject, seen, flagged, keywords, private, has_attachments, readable, gone_at) VALUES
      (1, 'office', 'INBOX', '7:1', 'office/aa/1.eml', 10, 3000, 3000, 'Jan', 'jan@example.nl', '[]', 'read', 1, 1, 'work', 0, 0, 1, NULL),
      (2, 'office', 'Archive', '8:1', 'office/aa/2.eml', 10, 2000, 2000, 'Jan', 'jan@example.nl', '[]', 'kept', 0, 0, '', 1, 0, 1, NULL),
      (3, 'office', 'INBOX', '7:2', 'office/aa/3.eml', 10, 1000, 1000, NULL, NULL, '[]', 'taken', 0, 0, '', 0, 0, 1, 5000),
      (4, 'office', 'INBOX', '', 'office/aa/4.eml', 10, 900, 900, NULL, NULL, '[]', 'found', 0, 0, '', 1, 0, 1, NULL),
      (5, 'office', 'INBOX', '', 'office/aa/5.eml', 10, 800, 800, NULL, NULL, '[]', 'found too', 0, 0, '', 1, 0, 1, NULL);
    INSERT INTO ledger (account_id, folder, server_id, stored_at, removed_at) VALUES ('office', 'INBOX', '7:1', 3000, NULL), ('office', 'Archive', '8:1', 2000, NULL), ('office', 'INBOX', '7:2', 1000, 5000);
    INSERT INTO flag_change VALUES (2, '\\Seen', 1);
    INSERT INTO correspondence SELECT key, direction, at, message_id, NULL, address, name, makes_contact FROM message_to_file;
    UPDATE filing SET until = 5;`)
  older.value.close()

  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  const mail = createMailStore({ database: opened.value, folder })
  const rows = (path: string | null) => mail.list({ accountId: 'office', folder: path, search: '', offset: 0, limit: 9 }).messages.map(({ subject, folder: at, seen, flagged, private: isPrivate }) => ({ subject, at, seen, flagged, isPrivate }))
  expect(rows('INBOX')).toEqual([
    { subject: 'read', at: 'INBOX', seen: true, flagged: true, isPrivate: false },
    { subject: 'found', at: 'INBOX', seen: false, flagged: false, isPrivate: true },
    { subject: 'found too', at: 'INBOX', seen: false, flagged: false, isPrivate: true },
  ])
  expect([rows('Archive'), rows('')].map((list) => list.map(({ subject }) => subject))).toEqual([['kept'], ['taken']])
  expect(rows(null)).toHaveLength(5)
  expect(mail.server.flagChanges('office')).toEqual(new Map([['Archive', [{ serverId: '8:1', flag: '\\Seen', isSet: true }]]]))
  expect(mail.previewRemovals('office', { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }).rows).toMatchObject([{ id: 1, subject: 'read' }])
  const contacts = createContacts({ database: opened.value })
  expect((await contacts.list({ search: 'jan', order: 'name', offset: 0, limit: 9 })).contacts).toMatchObject([{ received: 1 }])
  mail.markPrivate([1], true)
  expect((await contacts.list({ search: 'jan', order: 'name', offset: 0, limit: 9 })).total).toBe(0)
  mail.close()
  opened.value.close()
  rmSync(folder.root, { recursive: true })
})
