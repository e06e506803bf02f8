/** Takes what waits into the search index; kills itself (SIGKILL) so many milliseconds after the first messages are in. */
import { acknowledge } from './die-at-step.ts'

const { createMailStore } = await import('../../electron/mail/create-mail-store.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')

const folder = dataFolderAt(process.argv[2]!)
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
const mail = createMailStore({ database: opened.value, folder })
const dieAfter = Number(process.env['DIE_AT_STEP'] ?? Number.POSITIVE_INFINITY)
let dying = false

const indexed = await mail.index({
  signal: new AbortController().signal,
  tell(news) {
    if (news.is === 'indexed') acknowledge(String(news.count))
    if (dying || dieAfter === Number.POSITIVE_INFINITY) return
    dying = true
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), dieAfter)
  },
})
if (!indexed.ok) throw new Error(indexed.failure.code)
