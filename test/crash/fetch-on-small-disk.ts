/**
 * A run on a disk that is too small, then one after room was made, told on standard output:
 *
 *   node fetch-on-small-disk.ts ROOT FREE_BYTES|read-only|mail-read-only PROTOCOL PORT USER PASSWORD
 *
 * ROOT is the root of a file system of its own. So much of it is left free for the first run, or,
 * with `read-only` or `mail-read-only`, ROOT or the folder for mail is so for the first run.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FetchingFolder } from '../fakes/fetching-folder.ts'
import { digests } from '../protocol/lab-mail.ts'

const [root = '', left = '', protocol = '', port = '', userName = '', secret = ''] = process.argv.slice(2)
const server = { host: '127.0.0.1', port: Number(port), security: 'none', trustedCertificate: null, timeoutSeconds: 20 } as const
const mailbox = { protocol: protocol === 'pop3' ? 'pop3' : 'imap', server, credentials: { userName, secret, method: 'password' } } as const
const removes = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }
const folder = new FetchingFolder(join(root, 'data'))
mkdirSync(folder.root)
// The database and its folders are there from earlier runs.
folder.stored()

const freeBytes = () => {
  const { bavail, bsize } = statfsSync(root)
  return bavail * bsize
}
const ballast = join(root, 'ballast')
const obstacles = {
  'read-only': { put: () => execFileSync('mount', ['-o', 'remount,ro', root]), take: () => execFileSync('mount', ['-o', 'remount,rw', root]) },
  'mail-read-only': { put: () => execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'mailroom', join(folder.root, 'mail')]), take: () => execFileSync('umount', [join(folder.root, 'mail')]) },
  full: { put: () => writeFileSync(ballast, Buffer.alloc(freeBytes() - Number(left), 1)), take: () => rmSync(ballast) },
}
const obstacle = obstacles[left === 'read-only' || left === 'mail-read-only' ? left : 'full']
const ended = (outcome: { readonly ok: true } | { readonly ok: false; readonly failure: { readonly code: string } }) => (outcome.ok ? 'done' : outcome.failure.code)

obstacle.put()
const full = ended((await folder.run(mailbox, removes)).outcome)
obstacle.take()
const stored = digests(folder.stored('some may be on their way'))
const again = ended((await folder.run(mailbox, removes)).outcome)
process.stdout.write(JSON.stringify({ full, stored, again, all: digests(folder.stored()) }))
