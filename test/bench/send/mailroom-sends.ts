/** `node mailroom-sends.ts FOLDER PORT CONNECTIONS`: one run of the outbox, every mark of it durable. Says what it cost as JSON. */
import { createPaces } from '../../../electron/jobs/paces.ts'
import { sendMail } from '../../../electron/jobs/kinds/send-mail.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import { openSubmission } from '../../../electron/protocols/open-submission.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import { done } from '../../../shared/failures/failure.ts'
import { tellCost } from './tell-cost.ts'

const [root = '', port = '', connections = ''] = process.argv.slice(2)
const folder = dataFolderAt(root)
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
const outbox = createOutbox({ database: opened.value, folder })
// As the program does when it starts.
const recovered = outbox.recoverAll()
if (!recovered.ok || recovered.value.unknown > 0) throw new Error(JSON.stringify(recovered))
const server = { host: '127.0.0.1', port: Number(port), security: 'none', trustedCertificate: null, timeoutSeconds: 60 } as const
const parts = {
  accounts: { wayMark: () => '', route: async () => done({ protocol: 'smtp' as const, server, credentials: null }) },
  outbox, openSubmission, pauses: { note: () => undefined }, paces: createPaces({ database: opened.value }), connections: Number(connections),
}
await tellCost(async () => {
  const run = await sendMail(parts, 'office').run({ id: 'bench', signal: new AbortController().signal, report: () => undefined })
  if (!run.ok) throw new Error(JSON.stringify(run.failure))
  return outbox.list({ states: ['sent'], accountId: null, offset: 0, limit: 1 }).total
})
opened.value.close()
