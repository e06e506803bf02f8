/**
 * Mailboxes on the lab's server. Each set's messages are made once; every further mailbox with them is a tree of links to the
 * same files, which the server only ever renames.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lab } from '../../servers/lab.ts'
import type { MailSet } from './sets.ts'

export const generator = join(import.meta.dirname, '..', '..', 'servers', 'gen-mail')

export interface Mailboxes {
  /** A user whose inbox holds the set. */
  fresh(set: MailSet): string | Promise<string>
  /** So many more messages of about 4 KB arrive. */
  deliver(user: string, count: number): void | Promise<void>
  remove(user: string): void
}

export function createMailboxes(): Mailboxes {
  const originals = new Map<string, string>()
  let delivered = 0

  function original(set: MailSet): string {
    const known = originals.get(set.name)
    if (known !== undefined) return known
    const user = lab.freshUser('original')
    if (set.messages === 1) writeSingle(set.bytes, maildirOf(user))
    else generate(set.messages, set.bytes, set.name, maildirOf(user))
    originals.set(set.name, user)
    return user
  }

  return {
    fresh(set) {
      const user = lab.freshUser('bench')
      execFileSync('cp', ['-al', join(lab.mail, original(set)), join(lab.mail, user)])
      return user
    },
    deliver(user, count) {
      delivered += 1
      const scratch = lab.freshUser('arriving')
      generate(count, 4096, `arriving ${delivered}`, maildirOf(scratch))
      for (const part of ['new', 'cur']) {
        for (const name of readdirSync(join(maildirOf(scratch), part))) {
          const size = name.slice(name.indexOf(',S='), name.includes(':') ? name.indexOf(':') : undefined)
          renameSync(join(maildirOf(scratch), part, name), join(maildirOf(user), 'new', `${1_900_000_000 + delivered}.${randomBytes(6).toString('hex')}.lab${size}`))
        }
      }
      rmSync(join(lab.mail, scratch), { recursive: true })
    },
    remove: (user) => rmSync(join(lab.mail, user), { recursive: true, force: true }),
  }
}

const maildirOf = (user: string): string => join(lab.mail, user, 'Maildir')

function generate(count: number, bytes: number, seed: string, maildir: string): void {
  execFileSync(generator, [String(count), String(bytes), seed, maildir], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** One message with an attachment that makes it this long. */
function writeSingle(bytes: number, maildir: string): void {
  const header = ['From: a@example.org', 'To: b@example.org', 'Subject: A large one', 'Date: Mon, 01 Jan 2024 10:00:00 +0000', 'Message-ID: <large@example.org>', 'MIME-Version: 1.0', 'Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64', '', ''].join('\r\n')
  const lines = Math.floor((bytes - header.length) / 78)
  const body = randomBytes(lines * 57).toString('base64').replaceAll(/.{76}/g, '$&\r\n')
  const message = `${header}${body}`
  const { uid, gid } = statSync(lab.mail)
  const own = (path: string) => process.getuid?.() === 0 && chownSync(path, uid, gid)
  mkdirSync(maildir, { recursive: true, mode: 0o700 })
  own(dirname(maildir))
  own(maildir)
  for (const part of ['tmp', 'new', 'cur']) {
    mkdirSync(join(maildir, part), { mode: 0o700 })
    own(join(maildir, part))
  }
  const file = join(maildir, 'new', `1704067200.large.lab,S=${message.length},W=${message.length}`)
  writeFileSync(file, message)
  own(file)
}
