/** Another mail program in the same mailbox, on a client of its own: what it does is what happens elsewhere. */
import { ImapFlow } from 'imapflow'
import { lab } from '../servers/lab.ts'

export async function inOtherProgram<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = new ImapFlow({ host: lab.host, port: lab.port('CLEAR_IMAP'), secure: false, doSTARTTLS: false, disableAutoIdle: true, auth: { user, pass: lab.password }, logger: false })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.logout()
  }
}

/** In one folder. */
export function inFolder<T>(user: string, folder: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  return inOtherProgram(user, async (client) => {
    await client.mailboxOpen(folder)
    return work(client)
  })
}

/** Subject and flags of all in a folder. */
export function flagsIn(user: string, folder: string): Promise<Readonly<Record<string, readonly string[]>>> {
  return inFolder(user, folder, async (client) => {
    const found: Record<string, readonly string[]> = {}
    for await (const { envelope, flags } of client.fetch('1:*', { envelope: true, flags: true })) found[envelope?.subject ?? ''] = [...(flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted()
    return found
  })
}
