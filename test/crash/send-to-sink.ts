/**
 * Starts as the program does, and sends what is ready to a sink, over three connections, until nothing is left that may be sent now:
 * `send-to-sink.ts FOLDER PORT HOURS`, with a clock that is so many hours off.
 */
import { acknowledge, startCounting } from './die-at-step.ts'

const { createPaces } = await import('../../electron/jobs/paces.ts')
const { sendMail } = await import('../../electron/jobs/kinds/send-mail.ts')
const { createOutbox } = await import('../../electron/outbox/create-outbox.ts')
const { openSubmission } = await import('../../electron/protocols/open-submission.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')
const { done } = await import('../../shared/failures/failure.ts')

const [root = '', port = '', hours = '0'] = process.argv.slice(2)
const folder = dataFolderAt(root)
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
const now = () => new Date(Date.now() + Number(hours) * 3_600_000)
const outbox = createOutbox({ database: opened.value, folder, now })
const server = { host: '127.0.0.1', port: Number(port), security: 'none', trustedCertificate: null, timeoutSeconds: 10 } as const
startCounting()
outbox.recoverAll()
/** The clock of whoever wants to kill this begins to run with the first mail that goes out. */
let hasBegun = false
const told: typeof outbox = {
  ...outbox,
  submitting(mail) {
    if (!hasBegun) acknowledge('began')
    hasBegun = true
    return outbox.submitting(mail)
  },
}
const parts = {
  accounts: { wayMark: () => '', route: async () => done({ protocol: 'smtp' as const, server, credentials: null }) },
  outbox: told, openSubmission, pauses: { note: () => undefined }, paces: createPaces({ database: opened.value }), connections: 3, now,
}
const context = { id: 'run', signal: new AbortController().signal, report: () => undefined }
await sendMail(parts, 'office').run(context)
acknowledge('ended')
opened.value.close()
