/** Stores three batches (a large message and doubles among them) and deletes one message; acknowledges what the store has. */
import { acknowledge, startCounting, stepsMade } from './die-at-step.ts'
import { bodyOf } from './mail-bodies.ts'

const { createMailStore } = await import('../../electron/mail/create-mail-store.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')

const folder = dataFolderAt(process.argv[2]!)
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
const mail = createMailStore({ database: opened.value, folder })

startCounting()
for (const ids of [['a', 'b', 'large'], ['a', 'c'], ['d', 'e']]) {
  const batch = mail.receive('office', 'INBOX')
  for (const id of ids) {
    const message = await batch.begin(id, { seen: false })
    const body = bodyOf(id)
    for (let offset = 0; offset < body.length; offset += 40_000) await message.write(body.subarray(offset, offset + 40_000))
    await message.finish()
  }
  const committed = await batch.commit()
  if (!committed.ok) throw new Error(committed.failure.code)
  acknowledge(`stored ${ids.join(' ')}`)
}
const second = mail.list({ accountId: null, search: 'b', offset: 0, limit: 1 }).messages[0]!
acknowledge('deleting b')
await mail.delete([second.id])
acknowledge('deleted b')
acknowledge(`steps ${stepsMade()}`)
