/**
 * A connection that breaks at any byte of what a server says: a whole run, with removals, is recorded from real Dovecot; then it
 * is said again as far as that byte, to a data folder of its own; then that folder fetches from Dovecot itself.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Delivery } from '../../shared/model/account.ts'
import { FetchingFolder, type FetchRun, type Mailbox } from '../fakes/fetching-folder.ts'
import { recorder, replay, type Dialogue } from '../fakes/recorded-dialogue.ts'
import { lab } from '../servers/lab.ts'
import { deliver, digests, filesOf, labCredentials } from './lab-mail.ts'

export const leaves: Delivery = { leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false }
export const removes: Delivery = { ...leaves, leaveCopy: false }

const messages = ['one', '.two\r\n..dots', 'three\r\n.\r\n.', '', 'five '.repeat(60)].map((text, index) => Buffer.from(`Message-ID: <${index}@shop.example>\r\nSubject: ${index}\r\n\r\n${text}\r\n`))

export interface Recording {
  readonly mailbox: Mailbox
  readonly dialogue: Dialogue
  readonly all: readonly string[]
}

/** The mailbox is afterwards as it was before, under the same ids. */
export async function record(protocol: 'pop3' | 'imap'): Promise<Recording> {
  const user = lab.freshUser('cut')
  deliver(user, messages)
  const server = { host: lab.host, security: 'none', trustedCertificate: null, timeoutSeconds: 20 } as const
  const mailbox = { protocol, credentials: labCredentials(user), server: { ...server, port: lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP') } }
  const all = digests(filesOf(user))

  const folder = new FetchingFolder()
  expect((await folder.run(mailbox, leaves)).outcome.ok).toBe(true)
  folder.remove()
  const maildir = join(lab.mail, user, 'Maildir')
  // Dovecot may still be putting a lock away.
  execFileSync('sh', ['-ec', 'mkdir "$1.kept"; chown --reference="$1" "$1.kept"; tar -C "$1" --exclude="*.lock" -cf - . | tar -C "$1.kept" -xpf -', 'keep', maildir])
  const tape = await recorder(mailbox.server)
  const removing = new FetchingFolder()
  const run = await removing.run({ ...mailbox, server: { ...server, port: tape.port } }, removes)
  expect({ ok: run.outcome.ok, removed: run.detail?.removed, left: filesOf(user) }).toEqual({ ok: true, removed: messages.length, left: [] })
  removing.remove()
  await tape.close()
  execFileSync('rm', ['-r', maildir])
  execFileSync('mv', [`${maildir}.kept`, maildir])
  return { mailbox, dialogue: tape.dialogue(), all }
}

/** Breaks the connection after `at` bytes, fetches again from the whole server, and answers with how the broken run ended. */
export async function breakOffAt({ mailbox, dialogue, all }: Recording, at: number): Promise<FetchRun> {
  const folder = new FetchingFolder()
  const server = await replay(dialogue, at, at % 2 === 1)
  try {
    const broken = await folder.run({ ...mailbox, server: { ...mailbox.server, port: server.port } }, removes)
    const kept = digests(folder.stored())
    expect(kept.filter((one) => !all.includes(one)), `stored after ${at} bytes`).toEqual([])
    expect(kept, `known after ${at} bytes`).toHaveLength(broken.known.size)
    expect(broken.outcome.ok ? null : broken.outcome.failure.code, `after ${at} bytes`).toBe(broken.outcome.ok ? null : 'connect.lost')

    expect((await folder.run(mailbox, leaves)).outcome, `again after ${at} bytes`).toEqual({ ok: true, value: undefined })
    expect(digests(folder.stored()), `all after ${at} bytes`).toEqual(all)
    return broken
  } finally {
    await server.close()
    folder.remove()
  }
}

/** Several at once: they mostly wait for the disk. */
export async function breakOffAtEach(recording: Recording, places: readonly number[]): Promise<void> {
  const left = [...places]
  const lane = async () => {
    for (let at = left.shift(); at !== undefined; at = left.shift()) await breakOffAt(recording, at)
  }
  await Promise.all(Array.from({ length: 6 }, lane))
}
