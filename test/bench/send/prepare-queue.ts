/**
 * `node prepare-queue.ts FOLDER MAILS`: a data folder whose outbox holds so many invoices, ready to send: 60 KB each with their PDF, composed
 * and frozen as every mail is. The database is kept beside itself as it is now, for `freshQueue`.
 */
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import { accountSchema } from '../../../shared/model/account.ts'
import { composedMailSchema } from '../../../shared/model/outgoing-mail.ts'
import { draftOf } from '../../fakes/one-account.ts'

/** In base64, with the text and the header, about 60 KB. */
const pdfBytes = 43_000

export function freshQueue(folder: string): void {
  for (const name of readdirSync(folder)) if (/\.db-(?:wal|shm)$/.test(name)) rmSync(join(folder, name))
  const { database, outbox } = dataFolderAt(folder)
  // What keeps an older list from sending anything (docs/decisions/an-older-copy-of-the-outbox.md) belongs to the run before.
  for (const name of readdirSync(outbox, { recursive: true })) if (/(?:^|\/)(?:submitted|original-[^/]*)$/.test(String(name))) rmSync(join(outbox, String(name)))
  copyFileSync(`${database}.ready`, database)
}

if (import.meta.main) {
  const [root = '', mails = ''] = process.argv.slice(2)
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const folder = dataFolderAt(root)
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  const pdf = join(root, 'invoice.pdf')
  writeFileSync(pdf, Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(pdfBytes)]))
  const account = accountSchema.parse({ id: 'office', ...draftOf() })
  const wanted = Array.from({ length: Number(mails) }, (_, index) => ({
    account,
    mail: composedMailSchema.parse({ accountId: 'office', to: [{ name: 'Customer', address: `customer-${String(index)}@shop.example` }], subject: `Invoice ${String(index)}`, text: 'Please find your invoice enclosed.\n' }),
    attachments: [{ name: `invoice-${String(index)}.pdf`, path: pdf }],
  }))
  const queued = await createOutbox({ database: opened.value, folder }).queueMany(wanted, { signal: new AbortController().signal })
  if (!queued.ok) throw new Error(JSON.stringify(queued.failure))
  opened.value.close()
  copyFileSync(folder.database, `${folder.database}.ready`)
}
