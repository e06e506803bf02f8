/**
 * Real Dovecot, and somebody in between who makes it behave as no server should. However a run ends: what it stored is whole,
 * nothing left the server that is not stored, and the next run against the server itself brings every message exactly once.
 */
import { afterEach, expect, test } from 'vitest'
import type { FailureCode } from '../../shared/failures/failure.ts'
import { FetchingFolder, type Mailbox } from '../fakes/fetching-folder.ts'
import { meddlingProxy, type Meddling } from '../fakes/meddling-proxy.ts'
import type { Conversation } from '../fakes/scripted-server.ts'
import { lab } from '../servers/lab.ts'
import { removes } from './cut-everywhere.ts'
import { deliver, digests, filesOf, labCredentials } from './lab-mail.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

type Protocol = 'pop3' | 'imap'
type Does = Meddling['does']
type Place = Pick<Meddling, 'when' | 'in'>

const messages = Array.from({ length: 4 }, (_, index) => Buffer.from(`Message-ID: <${index}@shop.example>\r\nSubject: ${index}\r\n\r\n${'text of it\r\n'.repeat(30)}`))

// Where it happens.
const answer = (when: RegExp): Place => ({ when, in: 'answer' })
const question = (when: RegExp): Place => ({ when, in: 'question' })

// What happens there.
const silence: Does = () => {}
const hangUp: Does = ({ hangUp }) => hangUp()
const says = (words: string, andPass = true): Does => async ({ says }, passOn, matched) => {
  await says(words.replace('%s', matched))
  if (andPass) passOn()
}
const saysAndLeaves = (words: string): Does => async ({ says, socket }) => {
  await says(words)
  socket.end()
}
const saysForEver = (words: string): Does => async ({ says, socket }) => {
  const heap = words.repeat(Math.ceil(100_000 / words.length))
  while (!socket.destroyed) await says(heap)
}
const dripsForEver = (words: string): Does => async ({ says, socket }: Conversation) => {
  while (!socket.destroyed) {
    await says(words)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const inMessage = answer(/text of it\r\ntext/)
const cases: readonly (readonly [string, Protocol, Place, Does, FailureCode | 'done'])[] = [
  ['a greeting that never comes', 'pop3', answer(/^\+OK/), silence, 'connect.timeout'],
  ['a list that never comes', 'pop3', question(/LIST\r\n/), silence, 'connect.timeout'],
  ['a list that is rubbish', 'pop3', answer(/^1 \d+\r\n2 \d+\r\n/m), says('\x00\xff\x01 !\r\n'), 'server.protocol'],
  ['a list that never ends', 'pop3', answer(/^1 \d+\r\n/m), saysForEver('1 100\r\n'), 'server.answer-too-long'],
  ['a list that drips for ever', 'pop3', answer(/^1 \d+\r\n/m), dripsForEver('1 100\r\n'), 'connect.timeout'],
  ['ids that are one endless line', 'pop3', answer(/^1 [\da-f]{16}\r\n/m), saysForEver('x'), 'server.answer-too-long'],
  ['sizes that are lies', 'pop3', answer(/^1 \d+\r\n2 \d+\r\n/m), says('1 999999999\r\n2 0\r\n'), 'done'],
  ['a message announced that is not there', 'pop3', answer(/^1 \d+\r\n/m), says('%s9 100\r\n'), 'done'],
  ['one id for two messages', 'pop3', answer(/^1 [\da-f]{16}\r\n2 [\da-f]{16}\r\n/m), says('1 same\r\n2 same\r\n'), 'done'],
  ['a message that stops in the middle', 'pop3', inMessage, silence, 'connect.timeout'],
  ['a message that drips for ever', 'pop3', inMessage, dripsForEver('x\r\n'), 'connect.timeout'],
  ['a message that breaks off', 'pop3', inMessage, hangUp, 'connect.lost'],
  ['a message that is answered with rubbish', 'pop3', answer(/^\+OK \d+ octets\r\n/m), says('HTTP/1.1 200 OK\r\n'), 'server.protocol'],
  ['an endless line instead of an answer', 'pop3', answer(/^\+OK \d+ octets\r\n/m), saysForEver('x'), 'server.answer-too-long'],
  ['a server that goes down', 'pop3', answer(/^\+OK \d+ octets\r\n/m), saysAndLeaves('-ERR [SYS/TEMP] going down\r\n'), 'connect.lost'],
  ['a removal that is never answered', 'pop3', question(/DELE 1\r\n/), silence, 'connect.timeout'],
  ['a removal that is answered with rubbish', 'pop3', answer(/^\+OK Marked/m), says('rubbish'), 'server.protocol'],
  ['a removal that is refused', 'pop3', answer(/^\+OK Marked/m), says('-ERR no'), 'done'],
  ['a good-bye that is never heard', 'pop3', question(/QUIT\r\n/), silence, 'connect.timeout'],
  ['a good-bye that is never answered', 'pop3', answer(/^\+OK Logging out/m), silence, 'connect.lost'],
  ['a good-bye that is refused', 'pop3', answer(/^\+OK Logging out/m), says('-ERR [SYS/TEMP] some were not removed'), 'server.unavailable'],

  ['a greeting that never comes', 'imap', answer(/^\* OK/), silence, 'connect.timeout'],
  ['a mailbox that never opens', 'imap', question(/\w+ (?:SELECT|EXAMINE) .*\r\n/), silence, 'connect.timeout'],
  ['folders that never come', 'imap', question(/\w+ LIST .*\r\n/), silence, 'connect.timeout'],
  ['folders that are rubbish', 'imap', answer(/^\* LIST .*\r\n/m), says('\x00\xff(((\r\n'), 'server.protocol'],
  ['a list that drips for ever', 'imap', answer(/^\* 2 FETCH \(UID \d+ FLAGS/m), dripsForEver('* 1 FETCH (FLAGS ())\r\n'), 'connect.timeout'],
  ['a list that breaks off', 'imap', answer(/^\* 2 FETCH \(UID \d+ FLAGS/m), hangUp, 'connect.lost'],
  ['a message that never comes', 'imap', question(/\w+ UID FETCH .*BODY.*\r\n/), silence, 'connect.timeout'],
  ['a message that stops in the middle', 'imap', inMessage, silence, 'connect.timeout'],
  ['a message that drips for ever', 'imap', inMessage, dripsForEver('x\r\n'), 'connect.timeout'],
  ['a message that breaks off', 'imap', inMessage, hangUp, 'connect.lost'],
  ['a good-bye in the middle of a message', 'imap', inMessage, saysAndLeaves('* BYE going down\r\n'), 'connect.lost'],
  ['a good-bye between messages', 'imap', answer(/^\* 2 FETCH \(UID \d+ BODY/m), saysAndLeaves('* BYE going down\r\n'), 'server.unavailable'],
  ['rubbish between messages', 'imap', answer(/^\* 2 FETCH \(UID \d+ BODY/m), says('\x00\xff(((\r\n%s'), 'server.protocol'],
  ['a message that is longer than any', 'imap', answer(/BODY\[\] \{\d+\}/), says('BODY[] {99999999999}'), 'server.protocol'],
  ['an endless line', 'imap', answer(/^\* 1 FETCH \(UID \d+ BODY/m), saysForEver('x'), 'server.answer-too-long'],
  ['more messages announced than there are', 'imap', answer(/^\* 4 EXISTS/m), says('* 999999 EXISTS'), 'done'],
  ['no messages announced where there are some', 'imap', answer(/^\* 4 EXISTS/m), says('* 0 EXISTS'), 'done'],
  ['a UID that no message has', 'imap', answer(/^\* 1 FETCH \(UID \d+/m), says('* 1 FETCH (UID 4294967295'), 'done'],
  ['a size that is far too large', 'imap', answer(/RFC822\.SIZE \d+/), says('RFC822.SIZE 99999999'), 'done'],
  ['a size that is nought', 'imap', answer(/RFC822\.SIZE \d+/), says('RFC822.SIZE 0'), 'done'],
  ['answers in another order', 'imap', answer(/^(\* 1 FETCH [^]*?)(\* 2 FETCH [^]*?)(?=\* 3 FETCH)/m), async ({ says }, passOn, matched) => {
    const second = matched.indexOf('* 2 FETCH')
    await says(matched.slice(second) + matched.slice(0, second))
    passOn()
  }, 'done'],
  ['a message in place of another', 'imap', answer(/^\* 2 FETCH \(UID \d+ BODY/m), says('* 1 FETCH (UID 1 BODY'), 'done'],
  ['a removal that is never answered', 'imap', question(/\w+ UID (?:STORE|EXPUNGE|MOVE) .*\r\n/), silence, 'connect.timeout'],
  ['a removal that breaks off', 'imap', question(/\w+ UID EXPUNGE .*\r\n/), hangUp, 'connect.lost'],
  ['a removal whose answer is lost', 'imap', answer(/^M\d+ OK (?:\[[^\]]*\] )?Expunge/m), hangUp, 'connect.lost'],
  ['a removal that is answered with rubbish', 'imap', answer(/^M\d+ OK (?:\[[^\]]*\] )?Expunge/m), says('rubbish'), 'server.protocol'],
  ['a removal that is refused', 'imap', answer(/^M\d+ OK (?:\[[^\]]*\] )?Expunge/m), async ({ says }, passOn, matched) => {
    await says(matched.replace('OK', 'NO'))
    passOn()
  }, 'server.refused'],
]

test.each(cases)('%s (%s)', async (_name, protocol, place, does, code) => {
  const user = lab.freshUser('faulty')
  deliver(user, messages)
  const all = digests(messages)
  const real = { host: lab.host, port: lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP') }
  const proxy = await meddlingProxy(real, { ...place, does })
  const folder = new FetchingFolder()
  open.push(proxy, { close: async () => folder.remove() })
  const mailbox = (port: number, timeoutSeconds: number): Mailbox => ({
    protocol, credentials: labCredentials(user), server: { host: lab.host, port, security: 'none', trustedCertificate: null, timeoutSeconds },
  })

  // A short patience where it is to run out; before that place it may run out on a busy machine too.
  const { outcome } = await folder.run(mailbox(proxy.port, code === 'connect.timeout' ? 0.5 : 20), removes)
  expect(outcome.ok ? 'done' : outcome.failure.code).toBe(code)
  expect(proxy.times()).toBe(1)
  const stored = digests(folder.stored())
  const left = digests(filesOf(user))
  expect(stored.filter((one) => !all.includes(one))).toEqual([])
  expect(all.filter((one) => !stored.includes(one) && !left.includes(one))).toEqual([])

  expect(await folder.run(mailbox(real.port, 20), removes)).toMatchObject({ outcome: { ok: true } })
  expect(digests(folder.stored())).toEqual(all)
  expect(filesOf(user)).toEqual([])
})
