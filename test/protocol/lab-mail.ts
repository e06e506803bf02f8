/** What the protocol tests share: a target in the lab, a mailbox filled with generated mail, and the bytes that are in it. */
import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { chownSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Credentials, ServerTarget } from '../../electron/protocols/net/server-target.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import type { Security } from '../../shared/model/server.ts'
import { lab } from '../servers/lab.ts'
import type { LabPort } from '../servers/lab.ts'

export function labTarget(port: LabPort, security: Security, changes: Partial<ServerTarget> = {}): ServerTarget {
  return { host: lab.host, port: lab.port(port), security, trustedCertificate: null, timeoutSeconds: 20, signal: new AbortController().signal, ...changes }
}

export function labCredentials(userName: string, changes: Partial<Credentials> = {}): Credentials {
  return { userName, secret: lab.passwordOf(userName), method: 'password', ...changes }
}

/** A new user with `count` generated messages of about `size`. */
export function filledMailbox(count: number, size: string): string {
  const user = lab.freshUser('mail')
  execFileSync(join(import.meta.dirname, '..', 'servers', 'gen-mail'), [String(count), size, '7', join(lab.mail, user, 'Maildir')])
  return user
}

/**
 * Every file of the user's inbox, or of another folder. A server renames a message when its flags change, so a name that was listed may be gone
 * when it is read: whoever reads a Maildir lists it again then, and knows a message by the part before the colon.
 */
export function filesOf(user: string, folder: string | null = null): readonly Buffer[] {
  const maildir = join(lab.mail, user, 'Maildir', ...(folder === null ? [] : [`.${folder}`]))
  const read = new Map<string, Buffer>()
  for (;;) {
    const listed = ['new', 'cur'].flatMap((folder) => readdirSync(join(maildir, folder)).map((name) => ({ path: join(maildir, folder, name), message: name.split(':')[0] ?? name })))
    const unread = listed.filter(({ message }) => !read.has(message))
    for (const { path, message } of unread) {
      const bytes = bytesAt(path)
      if (bytes !== null) read.set(message, bytes)
    }
    // Moved between the two listings, a message stands in both.
    const there = new Set(listed.map(({ message }) => message))
    if (unread.every(({ message }) => read.has(message))) return [...there].flatMap((message) => read.get(message) ?? [])
  }
}

function bytesAt(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Every message as the servers give it away: what was delivered there is kept with bare LF, and goes out with CRLF. */
export function servedTo(user: string, folder: string | null = null): readonly Buffer[] {
  return filesOf(user, folder).map((bytes) => Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1'))
}

/** Sorted, so that two heaps of messages can be compared whatever their order. */
export function digests(messages: Iterable<Buffer>): readonly string[] {
  return [...messages].map((bytes) => `${createHash('sha256').update(bytes).digest('hex')} ${bytes.length}`).toSorted()
}

/** For steps that are not what the test is about. */
export function mustBe<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code} ${JSON.stringify(outcome.failure.evidence)}`)
  return outcome.value
}

/** Puts messages into a user's inbox as they are, as a delivery that wrote the files itself. */
export function deliver(user: string, messages: readonly Buffer[]): void {
  const maildir = join(lab.mail, user, 'Maildir')
  const { uid, gid } = statSync(lab.mail)
  const folders = ['tmp', 'new', 'cur'].map((folder) => join(maildir, folder))
  for (const folder of folders) mkdirSync(folder, { recursive: true })
  // By name, not recursively: the server may be moving other messages just now.
  for (const folder of [join(lab.mail, user), maildir, ...folders]) chownSync(folder, uid, gid)
  const names = messages.map(() => `${Date.now()}.${randomUUID()}.faults`)
  names.forEach((name, index) => {
    writeFileSync(join(maildir, 'tmp', name), messages[index] ?? '')
    chownSync(join(maildir, 'tmp', name), uid, gid)
  })
  for (const name of names) renameSync(join(maildir, 'tmp', name), join(maildir, 'new', name))
}
