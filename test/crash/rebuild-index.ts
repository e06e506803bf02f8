/** Puts the index right by the message files, and says what it came to. */
import { acknowledge, startCounting, stepsMade } from './die-at-step.ts'

const { createMailStore } = await import('../../electron/mail/create-mail-store.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')

const folder = dataFolderAt(process.argv[2]!)
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
const mail = createMailStore({ database: opened.value, folder })

startCounting()
const examined = await mail.examine({ rebuild: true, signal: new AbortController().signal, progress: () => undefined })
if (!examined.ok) throw new Error(examined.failure.code)
acknowledge(`left ${examined.value.left}`)
acknowledge(`steps ${stepsMade()}`)
