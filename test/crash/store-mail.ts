/**
 * Stores batches (a large message and doubles among them, one message a second time from another folder) and one of another
 * account, deletes one message, lets go of it a day later, and then deletes all mail of that other account; acknowledges what the
 * store has.
 */
import { acknowledge, startCounting, stepsMade } from './die-at-step.ts'
import { bodyOf } from './mail-bodies.ts'

const { createMailStore } = await import('../../electron/mail/create-mail-store.ts')
const { undoTime } = await import('../../electron/mail/deleted-messages.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')

const folder = dataFolderAt(process.argv[2]!)
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
let now = new Date()
const mail = createMailStore({ database: opened.value, folder, now: () => now, filing: { thread: new URL('./filing-thread-that-dies.ts', import.meta.url) } })

const batches = [
  { account: 'office', path: 'INBOX', ids: ['a', 'b', 'large'] },
  { account: 'office', path: 'INBOX', ids: ['a', 'c'] },
  { account: 'home', path: 'INBOX', ids: ['x', 'y', 'z'] },
  { account: 'office', path: 'Archive', ids: ['a', 'c'] },
  { account: 'office', path: 'INBOX', ids: ['d', 'e'] },
]
await mail.server.noteFolders('office', ['INBOX', 'Archive'].map((path) => ({ path, delimiter: '/', use: null, holdsMessages: true, status: null, messages: null })))

startCounting()
for (const { account, path, ids } of batches) {
  const batch = mail.receive(account, path)
  for (const id of ids) {
    const message = await batch.begin(id, { seen: false })
    const body = bodyOf(id)
    for (let offset = 0; offset < body.length; offset += 40_000) await message.write(body.subarray(offset, offset + 40_000))
    await message.finish()
  }
  const committed = await batch.commit()
  if (!committed.ok) throw new Error(committed.failure.code)
  acknowledge(`stored ${account} ${path} ${ids.join(' ')}`)
}
const second = mail.list({ accountId: null, search: 'b', offset: 0, limit: 1 }).messages[0]!
acknowledge('deleting b')
await mail.delete([second.id])
acknowledge('deleted b')
now = new Date(Date.now() + undoTime)
await mail.putAwayDeleted()
acknowledge('put b away')
acknowledge('removing home')
const removed = await mail.deleteAccount('home')
if (!removed.ok) throw new Error(removed.failure.code)
acknowledge('removed home')
acknowledge(`steps ${stepsMade()}`)
