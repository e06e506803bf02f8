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

async function fetchOnDisk(protocol: 'pop3' | 'imap', user: string, left: string): Promise<Told> {
  const port = lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP')
  const mount = `mount -t tmpfs -o size=8m mailroom "$0" && exec "$@"`
  const script = [process.execPath, '--no-warnings', join(import.meta.dirname, '../crash/fetch-on-small-disk.ts'), root, left, protocol, String(port), user, lab.password]
  const { stdout } = await promisify(execFile)('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', mount, root, ...script])
  return JSON.parse(stdout) as Told
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
