/**
 * Stores three batches (a large message and doubles among them) and one of another account, deletes one message, and then all
 * mail of that other account; acknowledges what the store has.
 */
import { acknowledge, startCounting, stepsMade } from './die-at-step.ts'
import { bodyOf } from './mail-bodies.ts'

const { createMailStore } = await import('../../electron/mail/create-mail-store.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')

const folder = dataFolderAt(process.argv[2]!)
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
const mail = createMailStore({ database: opened.value, folder, filing: { thread: new URL('./filing-thread-that-dies.ts', import.meta.url) } })

const batches = [
  { account: 'office', ids: ['a', 'b', 'large'] },
  { account: 'office', ids: ['a', 'c'] },
  { account: 'home', ids: ['x', 'y', 'z'] },
  { account: 'office', ids: ['d', 'e'] },
]

startCounting()
for (const { account, ids } of batches) {
  const batch = mail.receive(account, 'INBOX')
  for (const id of ids) {
    const message = await batch.begin(id, { seen: false })
    const body = bodyOf(id)
    for (let offset = 0; offset < body.length; offset += 40_000) await message.write(body.subarray(offset, offset + 40_000))
    await message.finish()
  }
  const committed = await batch.commit()
  if (!committed.ok) throw new Error(committed.failure.code)
  acknowledge(`stored ${account} ${ids.join(' ')}`)
}
const second = mail.list({ accountId: null, search: 'b', offset: 0, limit: 1 }).messages[0]!
acknowledge('deleting b')
await mail.delete([second.id])
acknowledge('deleted b')
acknowledge('removing home')
const removed = await mail.deleteAccount('home')
if (!removed.ok) throw new Error(removed.failure.code)
acknowledge('removed home')
acknowledge(`steps ${stepsMade()}`)
