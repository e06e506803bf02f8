/**
 * Files that may not grow further (RLIMIT_FSIZE, which says EFBIG where a full disk says ENOSPC), and a place where no file can
 * be made. On file systems of their own, full and read-only: test/long/small-disk.test.ts.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FetchingFolder, type Mailbox } from '../fakes/fetching-folder.ts'
import { removes } from '../protocol/cut-everywhere.ts'
import { deliver, digests, filesOf, labCredentials } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'

let folder: FetchingFolder
beforeEach(() => {
  folder = new FetchingFolder()
})
afterEach(() => folder.remove())

const mailOf = (sizes: readonly number[]) => sizes.map((size, index) => Buffer.from(`Message-ID: <${index}@shop.example>\r\nSubject: ${index}\r\n\r\n`.padEnd(size - 2, 'text ').concat('\r\n')))

function mailboxWith(messages: readonly Buffer[], protocol: 'pop3' | 'imap'): Mailbox {
  const user = lab.freshUser('limit')
  deliver(user, messages)
  const server = { host: lab.host, port: lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP'), security: 'none', trustedCertificate: null, timeoutSeconds: 20 } as const
  return { protocol, server, credentials: labCredentials(user) }
}

/** With files of at most so many blocks of 512 bytes. Rejects with what the run failed with. */
function runLimited({ protocol, server, credentials }: Mailbox, blocks: number): Promise<unknown> {
  const script = [process.execPath, '--no-warnings', join(import.meta.dirname, 'fetch-and-remove.ts'), folder.root, protocol, String(server.port), credentials.userName, credentials.secret]
  return promisify(execFile)('sh', ['-c', `ulimit -f ${blocks} && exec "$@"`, 'sh', ...script])
}

async function expectAllAfterwards(mailbox: Mailbox, messages: readonly Buffer[]): Promise<void> {
  expect((await folder.run(mailbox, removes)).outcome).toEqual({ ok: true, value: undefined })
  expect(digests(folder.stored())).toEqual(digests(messages))
  expect(filesOf(mailbox.credentials.userName)).toEqual([])
}

describe.each(['pop3', 'imap'] as const)('fetching over %s', (protocol) => {
  test.each([
    ['a message', [1000, 3_000_000, 1000], 4000, 'storage.full'],
    // SQLite calls only ENOSPC full.
    ['the list of messages', Array.from({ length: 1200 }, () => 300), 1200, 'storage.failed'],
  ] as const)('where the disk has no room for %s says so, keeps the server\'s copies of what is not stored, and goes on when there is room', async (_what, sizes, blocks, code) => {
    const messages = mailOf(sizes)
    const mailbox = mailboxWith(messages, protocol)
    await expect(runLimited(mailbox, blocks)).rejects.toThrow(code)
    const [stored, left, all] = [digests(folder.stored('some may be on their way')), digests(filesOf(mailbox.credentials.userName)), digests(messages)]
    expect(stored.filter((one) => !all.includes(one))).toEqual([])
    expect(all.filter((one) => !stored.includes(one) && !left.includes(one))).toEqual([])
    await expectAllAfterwards(mailbox, messages)
  })

  test('where no file can be made says so, and removes nothing', async () => {
    const messages = mailOf([1000, 2000, 3000])
    const mailbox = mailboxWith(messages, protocol)
    const place = join(folder.root, 'mail')
    mkdirSync(folder.root, { recursive: true })
    writeFileSync(place, 'a file where the folder should be')
    expect((await folder.run(mailbox, removes)).outcome).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
    expect(digests(filesOf(mailbox.credentials.userName))).toEqual(digests(messages))
    rmSync(place)
    await expectAllAfterwards(mailbox, messages)
  })
})
