import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { lab } from '../servers/lab.ts'
import { filledMailbox, labCredentials, labTarget, mustBe } from './lab-mail.ts'

const megabyte = 1024 * 1024

/** Memory that is really held: what only waits for the garbage collector is none of the question. */
function held(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().arrayBuffers
}

/** 50 MB in lines, some of which begin with a dot. */
function largeMail(): Buffer {
  const lines = Array.from({ length: 25_000 }, (_, index) => `${index % 5 === 0 ? '.' : ''}${randomBytes(750).toString('base64')}\r\n`)
  return Buffer.from(`Subject: large\r\n\r\n${lines.join('').repeat(2)}`)
}

describe.each([['pop3', 'POP3S', 'tls'], ['imap', 'IMAPS', 'tls']] as const)('%s', (protocol, port, security) => {
  const user = { name: '', digest: '', size: 0 }
  beforeAll(() => {
    const mail = largeMail()
    user.name = filledMailbox(0, '1K')
    user.digest = createHash('sha256').update(mail).digest('hex')
    user.size = mail.length
    const folder = join(lab.mail, user.name, 'Maildir', 'cur')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, '1700000000.M1P1.lab:2,'), mail, { mode: 0o666 })
  })

  it('a message of 50 MB arrives byte for byte without ever being whole in memory', async () => {
    const inbox = mustBe(await openInbox(protocol, labTarget(port, security), labCredentials(user.name)))
    const listed = mustBe(await inbox.list())
    const digest = createHash('sha256')
    let bytes = 0
    let largestPiece = 0
    let most = 0
    const before = held()
    const outcome = await inbox.fetch(listed.map(({ serverId }) => serverId), {
      begin: () => ({
        write: (piece) => {
          digest.update(piece)
          if (Math.floor(bytes / (5 * megabyte)) !== Math.floor((bytes + piece.length) / (5 * megabyte))) most = Math.max(most, held() - before)
          bytes += piece.length
          largestPiece = Math.max(largestPiece, piece.length)
        },
      }),
      end: () => {},
    })
    await inbox.close()
    expect(outcome.ok).toBe(true)
    expect({ bytes, digest: digest.digest('hex') }).toEqual({ bytes: user.size, digest: user.digest })
    expect(largestPiece).toBeLessThan(4 * megabyte)
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThan(32 * megabyte)
  })
})
