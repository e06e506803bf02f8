/**
 * Messages whose very first byte is a dot. Dovecot 2.3 does not double it (RFC 1939 section 3), so that such a message can't be told
 * from the end of one by what comes alone; whoever goes by that loses a byte, the connection, or the mailbox for good.
 */
import { afterEach, expect, test } from 'vitest'
import { FetchingFolder } from '../fakes/fetching-folder.ts'
import { segmentingProxy } from '../fakes/segmenting-proxy.ts'
import { lab } from '../servers/lab.ts'
import { removes } from './cut-everywhere.ts'
import { deliver, digests, filesOf, labCredentials } from './lab-mail.ts'
import { asDovecotServes } from './served-by.ts'

const messages = ['.', '.\r\n', '.\r\nA: line\r\n', '.\r\n.\r\n..\r\n.x\r\n', '.x: no header\r\n\r\ntext\r\n', '..', '..\r\n', '..two: dots\r\n', '...\r\n', 'Subject: usual\r\n\r\n.\r\n..\r\n', '.last\n\n.'].map((text) => Buffer.from(text))

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

test.each(['whole', 'in segments of 1 to 7 bytes'])('they are stored as they are (%s), the others too, and then removed', async (way) => {
  const user = lab.freshUser('dots')
  deliver(user, messages)
  const real = { host: lab.host, port: lab.port('CLEAR_POP3') }
  const proxy = await segmentingProxy(real)
  const folder = new FetchingFolder()
  open.push(proxy, { close: async () => folder.remove() })
  const server = { host: lab.host, port: way === 'whole' ? real.port : proxy.port, security: 'none', trustedCertificate: null, timeoutSeconds: 20 } as const
  const run = await folder.run({ protocol: 'pop3', server, credentials: labCredentials(user) }, removes)
  expect(run).toMatchObject({ outcome: { ok: true }, detail: { fetched: messages.length, removed: messages.length, skippedTotal: 0, advice: expect.arrayContaining([{ kind: 'undoubled-dots', count: messages.length - 1 }]) } })
  expect(digests(folder.stored())).toEqual(digests(messages.map((message) => asDovecotServes('pop3', message))))
  expect(filesOf(user)).toEqual([])
})
