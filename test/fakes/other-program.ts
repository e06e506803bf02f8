/** Another mail program in the same mailbox, on a client of its own: what it does is what happens elsewhere. */
import { ImapFlow } from 'imapflow'
import { lab, type LabPort } from '../servers/lab.ts'

/** Dovecot's IMAP, or Cyrus'. */
export function otherProgramAt(port: LabPort) {
  async function inProgram<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ host: lab.host, port: lab.port(port), secure: false, doSTARTTLS: false, disableAutoIdle: true, auth: { user, pass: lab.password }, logger: false })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.logout()
    }
  }

  function inFolder<T>(user: string, folder: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    return inProgram(user, async (client) => {
      await client.mailboxOpen(folder)
      return work(client)
    })
  }

  /** Subject and flags of all in a folder. */
  function flagsIn(user: string, folder: string): Promise<Readonly<Record<string, readonly string[]>>> {
    return inFolder(user, folder, async (client) => {
      const found: Record<string, readonly string[]> = {}
      // Cyrus refuses to fetch from a folder with nothing in it.
      const all = client.mailbox !== false && client.mailbox.exists > 0 ? '1:*' : []
      for await (const { envelope, flags } of client.fetch(all, { envelope: true, flags: true })) found[envelope?.subject ?? ''] = [...(flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted()
      return found
    })
  }

  return { inProgram, inFolder, flagsIn }
}

export const { inProgram: inOtherProgram, inFolder, flagsIn } = otherProgramAt('CLEAR_IMAP')
