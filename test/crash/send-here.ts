/** One run of the outbox of a folder, in this process, to a server on a port of this machine. */
import { sendMail } from '../../electron/jobs/kinds/send-mail.ts'
import { createPaces } from '../../electron/jobs/paces.ts'
import { createOutbox } from '../../electron/outbox/create-outbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { done, type Outcome } from '../../shared/failures/failure.ts'

export async function sendHere(root: string, port: number): Promise<Outcome<void>> {
  const folder = dataFolderAt(root)
  const opened = openDatabase(folder)
  if (!opened.ok) return opened
  try {
    const server = { host: '127.0.0.1', port, security: 'none', trustedCertificate: null, timeoutSeconds: 10 } as const
    const parts = {
      accounts: { wayMark: () => '', route: async () => done({ protocol: 'smtp' as const, server, credentials: null }) },
      outbox: createOutbox({ database: opened.value, folder }), openSubmission, pauses: { note: () => undefined }, paces: createPaces({ database: opened.value }), connections: 3,
    }
    return await sendMail(parts, 'office').run({ id: 'run', signal: new AbortController().signal, report: () => undefined })
  } finally {
    opened.value.close()
  }
}
