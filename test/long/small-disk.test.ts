/**
 * Real file systems that are full or read-only: a memory disk of its own for each process, in a mount namespace of its own
 * (Linux; no root needed), so nothing is left behind whatever happens.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliver, digests, filesOf } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'

const messages = Array.from({ length: 40 }, (_, index) => Buffer.from(`Message-ID: <${index}@shop.example>\r\nSubject: ${index}\r\n\r\n${`text of ${index}\r\n`.repeat(3000)}`))
const all = digests(messages)

interface Told {
  readonly full: string
  readonly stored: readonly string[]
  readonly again: string
  readonly all: readonly string[]
}

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailroom-disk-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

async function onDisk<T>(script: string, parameters: readonly string[]): Promise<T> {
  const mount = `mount -t tmpfs -o size=8m mailroom "$0" && exec "$@"`
  const run = [process.execPath, '--no-warnings', join(import.meta.dirname, '../crash', script), root, ...parameters]
  const { stdout } = await promisify(execFile)('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', mount, root, ...run])
  return JSON.parse(stdout) as T
}

function fetchOnDisk(protocol: 'pop3' | 'imap', user: string, left: string): Promise<Told> {
  const port = lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP')
  return onDisk('fetch-on-small-disk.ts', [left, protocol, String(port), user, lab.password])
}

describe.each(['pop3', 'imap'] as const)('fetching over %s', (protocol) => {
  // With less and less room: for some messages, for a few pages of the database, for nothing.
  test.each([
    ['full after some messages', 700_000, 'storage.full'], ['full before the first message', 130_000, 'storage.full'], ['full already', 0, 'storage.full'], ['read-only', 'read-only', 'storage.failed'],
    ['read-only where messages go', 'mail-read-only', 'storage.failed'],
  ] as const)('onto a disk that is %s says so, keeps the server\'s copies, and goes on when there is room', async (_name, left, code) => {
    const user = lab.freshUser('disk')
    deliver(user, messages)
    const told = await fetchOnDisk(protocol, user, String(left))
    expect(told).toMatchObject({ full: code, again: 'done', all })
    expect(told.stored.filter((one) => !all.includes(one))).toEqual([])
    expect(filesOf(user)).toEqual([])
  })
})

interface SentThere {
  readonly sending: string
  readonly queueing: string
  readonly rowsThen: number
  readonly queuedAgain: string
  readonly sentAgain: string
  readonly counts: { readonly sent: number; readonly unknown?: number }
  readonly untrue: number
  readonly messages: number
}

// With less and less room: for some mails' answers, for some marks, for a page of the database, for nothing.
describe.each([500_000, 300_000, 200_000, 150_000, 100_000, 30_000, 8000, 0])('a disk with %i bytes left, while mail is sent and queued:', (left) => {
  test.each(['same', 'new'] as const)('the run says so, nothing is lost, sent twice or queued in part, and it goes on when there is room (the %s program)', async (then) => {
    const told = await onDisk<SentThere>('send-on-small-disk.ts', [String(left), '60', then])
    expect(told).toMatchObject({ sending: 'storage.full', queueing: 'storage.full', rowsThen: 60, queuedAgain: 'done', sentAgain: 'done', untrue: 0, messages: 61 })
    // A program that ends on a full disk takes with it which answers it could not write down.
    expect(told.counts.sent + (then === 'new' ? (told.counts.unknown ?? 0) : 0)).toBe(61)
  })
})
