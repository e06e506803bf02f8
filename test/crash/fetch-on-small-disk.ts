/**
 * A run on a disk that is too small, then one after room was made, told on standard output:
 *
 *   node fetch-on-small-disk.ts ROOT KEPT_BYTES|read-only PROTOCOL PORT USER PASSWORD
 *
 * ROOT is the root of a file system of its own. A file of KEPT_BYTES takes its room first, and goes after the first run; with
 * `read-only`, ROOT is mounted so for the first run.
 */
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FetchingFolder } from '../fakes/fetching-folder.ts'
import { digests } from '../protocol/lab-mail.ts'

const [root = '', kept = '', protocol = '', port = '', userName = '', secret = ''] = process.argv.slice(2)
const server = { host: '127.0.0.1', port: Number(port), security: 'none', trustedCertificate: null, timeoutSeconds: 20 } as const
const mailbox = { protocol: protocol === 'pop3' ? 'pop3' : 'imap', server, credentials: { userName, secret, method: 'password' } } as const
const removes = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }
const folder = new FetchingFolder(join(root, 'data'))
// The database and its folders are there from earlier runs.
folder.stored()

const ballast = join(root, 'ballast')
const fill = () => (kept === 'read-only' ? execFileSync('mount', ['-o', 'remount,ro', root]) : writeFileSync(ballast, Buffer.alloc(Number(kept), 1)))
const makeRoom = () => (kept === 'read-only' ? execFileSync('mount', ['-o', 'remount,rw', root]) : rmSync(ballast))
const ended = (outcome: { readonly ok: true } | { readonly ok: false; readonly failure: { readonly code: string } }) => (outcome.ok ? 'done' : outcome.failure.code)

fill()
const full = ended((await folder.run(mailbox, removes)).outcome)
makeRoom()
const stored = digests(folder.stored('some may be on their way'))
const again = ended((await folder.run(mailbox, removes)).outcome)
process.stdout.write(JSON.stringify({ full, stored, again, all: digests(folder.stored()) }))
