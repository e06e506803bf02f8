import { connect, type Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startPractice, type PracticeServer } from '../../../electron/practice/start-practice.ts'

let practice: PracticeServer
const now = () => new Date('2026-11-22T09:00:00Z')
const sockets: Socket[] = []

beforeEach(async () => {
  const started = await startPractice({ now })
  if (!started.ok) throw new Error(started.failure.code)
  practice = started.value
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await practice.stop()
})

const office = 'practice@mailroom.example'
const password = () => practice.accounts[0].secrets.incoming ?? ''

/** Sends all lines at once (RFC 2449, PIPELINING) and answers with every byte until the server closes. */
async function pop3(...lines: string[]): Promise<string> {
  const socket = connect(practice.port.pop3, '127.0.0.1')
  sockets.push(socket)
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece))
  socket.write(lines.map((line) => `${line}\r\n`).join(''))
  await new Promise((resolve) => socket.once('close', resolve))
  return Buffer.concat(pieces).toString('latin1')
}
const signedIn = (...lines: string[]) => pop3(`USER ${office}`, `PASS ${password()}`, ...lines, 'QUIT')

function submit(mail: { to: string; subject: string; text?: string; messageId?: string }, secret = password()) {
  const transport = createTransport({ host: '127.0.0.1', port: practice.port.smtp, auth: { user: office, pass: secret } })
  return transport.sendMail({ from: office, text: 'Hello', ...mail })
}

describe('the mailbox', () => {
  test('has a dozen messages from the days before now, all with CRLF line ends', () => {
    const messages = practice.messages(office)
    expect(messages).toHaveLength(12)
    for (const bytes of messages) {
      const text = bytes.toString('latin1')
      expect(text).not.toMatch(/[^\r]\n/)
      const date = Date.parse(/^Date: (.*)\r$/m.exec(text)?.[1] ?? '')
      expect(now().getTime() - date).toBeGreaterThan(0)
      expect(now().getTime() - date).toBeLessThan(14 * 24 * 3_600_000)
    }
  })

  test('has a PDF that is one, a picture, a table of HTML, and subjects in other letters', () => {
    const all = practice.messages(office).map((bytes) => bytes.toString('latin1'))
    const invoice = all.find((text) => text.includes('application/pdf')) ?? ''
    const pdf = Buffer.from(/application\/pdf[\s\S]*?\r\n\r\n([\w+/=\r\n]+)/.exec(invoice)?.[1] ?? '', 'base64')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(all.filter((text) => /^Content-Type: image\/png/m.test(text))).toHaveLength(1)
    expect(all.filter((text) => /^Subject: =\?UTF-8\?/m.test(text)).length).toBeGreaterThanOrEqual(3)
  })

  test('is served byte for byte over POP3, also lines that begin with a dot', async () => {
    const messages = practice.messages(office)
    const answer = await signedIn(...messages.map((_message, index) => `RETR ${index + 1}`))
    const bodies = answer.split('+OK\r\n').slice(2, 2 + messages.length)
    const received = bodies.map((body) => body.slice(0, body.indexOf('\r\n.\r\n') + 2).replace(/^\.\./gm, '.'))
    expect(received).toEqual(messages.map((bytes) => bytes.toString('latin1')))
    expect(messages.some((bytes) => /^\.\r$/m.test(bytes.toString('latin1')))).toBe(true)
  })

  test('removes what was marked only when the session ends with QUIT', async () => {
    const socket = connect(practice.port.pop3, '127.0.0.1')
    sockets.push(socket)
    socket.write(`USER ${office}\r\nPASS ${password()}\r\nDELE 1\r\n`)
    await new Promise<void>((resolve) => socket.on('data', (data: Buffer) => data.toString().includes('+OK marked') && resolve()))
    socket.destroy()
    expect(practice.messages(office)).toHaveLength(12)
    await signedIn('DELE 1', 'DELE 3', 'RSET', 'DELE 2')
    expect(practice.messages(office)).toHaveLength(11)
  })

  test('keeps the name of each message from one session to the next', async () => {
    const names = (answer: string) => [...answer.matchAll(/^\d+ (\S+)\r$/gm)].map(([, id]) => id)
    const before = names(await signedIn('UIDL'))
    await signedIn('DELE 1')
    expect(names(await signedIn('UIDL'))).toEqual(before.slice(1))
    expect(before).toHaveLength(12)
  })

  test('opens to nobody without the password of this start', async () => {
    expect(await pop3(`USER ${office}`, 'PASS wrong', 'STAT', 'QUIT')).toContain('-ERR [AUTH]')
    expect(await pop3('STAT', 'QUIT')).toContain('-ERR sign in first')
  })

  test('cuts off who sends a line without end', async () => {
    expect(await pop3(`USER ${'x'.repeat(5000)}`.padEnd(70_000, 'x'))).toMatch(/-ERR/)
  })
})

describe('sending', () => {
  test('to another practice user arrives there, byte for byte', async () => {
    await submit({ to: 'sales@mailroom.example', subject: 'To you' })
    const [sent] = practice.received()
    expect(practice.messages('sales@mailroom.example').at(-1)).toEqual(sent?.bytes)
    expect(sent?.recipients).toEqual(['sales@mailroom.example'])
  })

  test('to a customer is answered in its thread', async () => {
    await submit({ to: 'accounts@bakery.example', subject: 'Factuur één', messageId: '<one@mailroom.example>' })
    const answer = practice.messages(office).at(-1)?.toString('utf8') ?? ''
    expect(answer).toMatch(/^From: Bakery <accounts@bakery.example>\r$/m)
    expect(answer).toMatch(/^In-Reply-To: <one@mailroom.example>\r$/m)
    expect(answer).toMatch(/^Subject: =\?UTF-8\?Q\?Re=3A_Factuur_=C3=A9=C3=A9n\?=\r$/m)
  })

  test('is refused with a wrong password', async () => {
    await expect(submit({ to: 'a@b.example', subject: 'x' }, 'wrong')).rejects.toMatchObject({ responseCode: 535 })
    expect(practice.received()).toEqual([])
  })
})

test('listens on this machine only, on the ports its accounts name', () => {
  const { draft } = practice.accounts[1]
  expect(draft.incoming).toMatchObject({ protocol: 'pop3', host: '127.0.0.1', port: practice.port.pop3, security: 'none', clearTextConfirmed: true })
  expect(draft.outgoing?.server).toMatchObject({ host: '127.0.0.1', port: practice.port.smtp })
  expect(draft.name).not.toBe(practice.accounts[0].draft.name)
})

test('says so when its ports cannot be had', async () => {
  expect(await startPractice({ port: practice.port })).toMatchObject({ ok: false, failure: { code: 'host.not-possible' } })
})
