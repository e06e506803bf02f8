/** Mailboxes on the lab's Cyrus, which serves the same mail over IMAP and JMAP. Filled by APPEND of many (RFC 3502, RFC 7888), as it has no files to link. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lab } from '../../servers/lab.ts'
import { generator, type Mailboxes } from './mailboxes.ts'

/** Messages in one command. */
const together = 200

export function createCyrusMailboxes(): Mailboxes {
  let filled = 0

  async function fill(user: string, count: number, bytes: number): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'mailroom-bench-mail-'))
    filled += 1
    execFileSync(generator, [String(count), String(bytes), `cyrus ${filled}`, join(folder, 'mail')], { stdio: ['ignore', 'ignore', 'inherit'] })
    const files = ['new', 'cur'].flatMap((part) => readdirSync(join(folder, 'mail', part)).map((name) => join(folder, 'mail', part, name)))
    const socket = connect(lab.port('CYRUS_IMAP'), lab.host).setNoDelay(true)
    await once(socket, 'data')
    await answered(socket, `LOGIN ${user} ${lab.password}\r\n`)
    for (let at = 0; at < files.length; at += together) {
      const messages = files.slice(at, at + together).map((file) => readFileSync(file))
      await answered(socket, Buffer.concat([Buffer.from('APPEND INBOX'), ...messages.flatMap((message) => [Buffer.from(` {${message.length}+}\r\n`), message]), Buffer.from('\r\n')]))
    }
    socket.end('a LOGOUT\r\n')
    rmSync(folder, { recursive: true })
  }

  return {
    async fresh(set) {
      const user = lab.freshUser('bench')
      await fill(user, set.messages, set.bytes)
      return user
    },
    deliver: (user, count) => fill(user, count, 4096),
    // They end with the lab.
    remove: () => undefined,
  }
}

async function answered(socket: Socket, command: string | Buffer): Promise<void> {
  socket.write('a ')
  socket.write(command)
  for (let heard = ''; !heard.includes('a OK'); ) {
    const [piece] = (await once(socket, 'data')) as [Buffer]
    heard += piece.toString('latin1')
    if (/^a (NO|BAD)/m.test(heard)) throw new Error(`Cyrus answers: ${heard.trim()}`)
  }
}
