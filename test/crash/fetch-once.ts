/**
 * One run over an account that leaves no copy, as the program does it, and nothing after it; called, or as a process that can
 * be killed:
 *
 *   node fetch-once.ts DATA_FOLDER PROTOCOL PORT USER agreed|not-agreed        the password on standard input
 */
import { text } from 'node:stream/consumers'
import { createJobEngine } from '../../electron/jobs/create-job-engine.ts'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import { createPauses } from '../../electron/jobs/pauses.ts'
import { createMailStore } from '../../electron/mail/create-mail-store.ts'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { accountSchema } from '../../shared/model/account.ts'
import { done } from '../../shared/failures/failure.ts'
import type { Job } from '../../shared/model/job.ts'

export interface OneRun {
  readonly root: string
  readonly protocol: 'pop3' | 'imap'
  readonly port: number
  readonly user: string
  readonly password: string
  /** Somebody saw the preview and agreed. */
  readonly agreed: boolean
}

export async function fetchOnce({ root, protocol, port, user, password, agreed }: OneRun): Promise<Job> {
  const server = { host: '127.0.0.1', port, security: 'none' } as const
  const account = accountSchema.parse({
    id: 'office', name: 'Office', user: { displayName: 'Office', address: 'office@shop.example' }, delivery: { leaveCopy: false },
    incoming: { protocol, ...server, clearTextConfirmed: true, signIn: { userName: user } },
  })
  const folder = dataFolderAt(root)
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    const jobs = createJobEngine({ database: opened.value })
    const mail = createMailStore({ database: opened.value, folder })
    mail.agreeToRemovals('office', agreed ? account.delivery : null)
    const credentials = { userName: user, secret: password, method: 'password' } as const
    const accounts = { get: () => done(account), route: async () => done({ protocol, server: { ...server, trustedCertificate: null, timeoutSeconds: 20 }, credentials }) }
    return await jobs.finished(jobs.start(fetchMail({ accounts, mail, openInbox, pauses: createPauses({ jobs }) }, 'office'), 'person'))
  } finally {
    opened.value.close()
  }
}

if (import.meta.main) {
  const [root = '', protocol = '', port = '', user = '', agreed = ''] = process.argv.slice(2)
  await fetchOnce({ root, protocol: protocol as OneRun['protocol'], port: Number(port), user, password: await text(process.stdin), agreed: agreed === 'agreed' })
}
