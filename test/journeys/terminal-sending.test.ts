/** The command line and mail that goes out, against real servers. */
import { expect, it } from 'vitest'
import { makeInvoicePdf } from '../../electron/practice/sample-pdf.ts'
import type { Result } from '../../shared/contract/methods.ts'
import type { OutgoingView } from '../../shared/model/outgoing-mail.ts'
import { lab } from '../servers/lab.ts'
import type { Mailroom } from './run-mailroom.ts'
import { terminalFolder } from './terminal-folder.ts'

const { add, fileOf, freshMailroom } = terminalFolder()

it('sends a mail with a PDF that arrives with every byte of it', async () => {
  const mailroom = await freshMailroom()
  const [from, to] = [lab.freshUser('from'), lab.freshUser('to')]
  await add(mailroom, from, 'pop3')
  await add(mailroom, to, 'imap')
  const pdf = await makeInvoicePdf({ number: '12', date: new Date(), from: 'A', to: 'B', lines: [{ text: 'Work', cents: 100 }] })
  const file = await fileOf('Rechnung für März.pdf', pdf)

  const sent = await mailroom(['send', '--from', from, '--to', `Bram <${to}@${lab.domain}>`, '--subject', 'Factuur één', '--text-file', '-', '--attach', file, '--now'], 'Beste Bram,\n€ 1.\n')
  expect(sent).toMatchObject({ code: 0, errors: '' })
  const mails = await arrived(mailroom, to)
  const { simpleParser } = await import('mailparser')
  const parsed = await simpleParser(mails[0] ?? '')
  expect(parsed.subject).toBe('Factuur één')
  expect(parsed.text).toContain('€ 1.')
  expect(parsed.attachments[0]?.filename).toBe('Rechnung für März.pdf')
  expect(parsed.attachments[0]?.content.equals(pdf)).toBe(true)
})

it('the organization’s server carries the mail of an account without one, under its no-reply sender, with every footer, for as long as the unit’s is switched off', async () => {
  const mailroom = await freshMailroom()
  const [house, customer] = [lab.freshUser('house'), lab.freshUser('customer')]
  await add(mailroom, customer, 'imap')
  const server = { host: lab.host, port: lab.port('SUBMISSION'), security: 'starttls', signIn: { userName: house } }
  const set = await mailroom(['organization', 'set', await fileOf('organization.json', { name: 'Acme', footer: { text: 'Acme', html: '<b>Acme</b>' }, server: { ...server, noReplyAddress: `no-reply@${lab.domain}`, noReplyName: 'Acme' } }), '--secrets-stdin'], JSON.stringify({ outgoing: lab.password }))
  expect(set).toMatchObject({ code: 0 })
  expect(await mailroom(['organization', 'check'])).toMatchObject({ code: 0, out: expect.stringContaining('✓ Outgoing server: may send') })
  const { unit } = await mailroom.json<Result<'levels.addUnit'>>(['units', 'add', await fileOf('unit.json', { name: 'Sales', footer: 'Unit', server: { ...server, enabled: false, host: 'off.example' } })])
  const account = { name: 'Anna', unitId: unit.id, user: { displayName: 'Anna', address: `${house}@${lab.domain}` }, outgoing: { server: { use: 'shared' }, signIn: { use: 'server' } }, sending: { signature: 'Signature', footer: 'Account' } }
  expect(await mailroom(['accounts', 'add', await fileOf('anna.json', account)])).toMatchObject({ code: 0 })
  const shown = await mailroom(['accounts', 'show', 'Anna'])
  expect(shown.out).toMatch(/Account “Anna”: no server filled in\n.*Unit “Sales”: off\.example, switched off\n.*→ Organization “Acme”: .*, used/)

  const sent = await mailroom(['send', '--from', 'Anna', '--to', `${customer}@${lab.domain}`, '--subject', 'Hi', '--text', 'Dear customer', '--read-receipt', 'account', '--private', '--now'])
  expect(sent).toMatchObject({ code: 0 })
  const message = String((await arrived(mailroom, customer))[0])
  expect(message).toMatch(new RegExp(`^From: Acme <no-reply@${lab.domain}>\r?$`, 'm'))
  expect(message).toMatch(new RegExp(`^Reply-To: Anna <${house}@${lab.domain}>\r?$`, 'm'))
  expect(message).toMatch(new RegExp(`^Return-Path: <no-reply@${lab.domain}>`, 'm'))
  expect(message).toContain(`Disposition-Notification-To: <${house}@${lab.domain}>`)
  expect(message.replaceAll('\r', '')).toMatch(/Dear customer\n\n--(?: |=20)\nSignature\n\nAccount\n\nUnit\n\nAcme\n[^]*<div>Account<\/div>[^]*<div>Unit<\/div>[^]*<b>Acme<\/b>/)
  expect((await mailroom.json<Result<'outbox.list'>>(['outbox', 'list'])).mails).toMatchObject([{ private: true, from: { address: `no-reply@${lab.domain}` } }])
})

it('a test message to oneself is sent and seen arriving', async () => {
  const mailroom = await freshMailroom()
  const user = lab.freshUser('self')
  await add(mailroom, user, 'imap')
  expect(await mailroom(['check', user, '--test-message'])).toMatchObject({ code: 0, out: expect.stringMatching(/✓ Test message: send[^]*✓ Test message: arrive/) })
})

it('sendmail -t takes what a program pipes into it, sends it, and tells what it came to', async () => {
  const mailroom = await freshMailroom()
  const [from, to] = [lab.freshUser('cron'), lab.freshUser('admin')]
  await add(mailroom, from, 'pop3')
  await add(mailroom, to, 'imap')
  const message = `From: ${from}@${lab.domain}\nTo: ${to}@${lab.domain}\nBcc: ${from}@${lab.domain}\nSubject: =?utf-8?q?Back=C3=BCp?=\n\ndone\n.\nnot part of it\n`
  expect(await mailroom(['sendmail', '-t', '-f', `${from}@${lab.domain}`], message)).toMatchObject({ code: 0 })
  const mails = await arrived(mailroom, to)
  expect(mails[0]?.toString()).toMatch(/\r\n\r\ndone\r\n$/)
  expect(mails[0]?.toString()).not.toMatch(/^Bcc:/im)

  expect(await mailroom(['sendmail', '-i', '-F', 'Größe', `${to}@${lab.domain}`], 'Subject: dot\n\na\n.\nb\n')).toMatchObject({ code: 0 })
  expect((await arrived(mailroom, to)).at(-1)?.toString()).toMatch(/\r\n\r\na\r\n\.\r\nb\r\n$/)

  const later = await mailroom(['sendmail', '-oi', `tempfail@${lab.domain}`], `Subject: later\n\n`)
  expect(later).toMatchObject({ code: 75, errors: expect.stringContaining('waits in the outbox') })
  expect(await mailroom(['sendmail', `reject@${lab.domain}`], `Subject: never\n\n`)).toMatchObject({ code: 69 })
  expect(await mailroom(['sendmail'], '')).toMatchObject({ code: 64 })
  expect(await mailroom(['sendmail', '-t'], 'Subject: to nobody\n\n')).toMatchObject({ code: 65 })
  const { counts } = await mailroom.json<Result<'outbox.list'>>(['outbox', 'list'])
  expect(counts).toMatchObject({ sent: 2, ready: 1, error: 1 })
})

it('a mail that comes back is Bounced in the outbox, with the reason', async () => {
  const mailroom = await freshMailroom()
  const user = lab.freshUser('office')
  await add(mailroom, user, 'pop3')
  const { id } = await mailroom.json<OutgoingView>(['send', '--to', `bounce@${lab.domain}`, '--subject', 'x', '--text', 'y'])
  expect((await mailroom(['outbox', 'run'])).code).toBe(0)
  const bounced = async () => {
    await mailroom(['fetch', user])
    return (await mailroom.json<Result<'outbox.list'>>(['outbox', 'list', '--state', 'bounced'])).mails.map((mail) => mail.id)
  }
  await expect.poll(bounced, { timeout: 30_000 }).toEqual([id])
  expect(await mailroom(['outbox', 'show', id])).toMatchObject({ code: 0, out: expect.stringMatching(/Bounced[\s\S]*does not exist[\s\S]*User unknown/) })
})

it('the outbox is listed, held, released, cancelled, cleared and sent', async () => {
  const mailroom = await freshMailroom()
  const user = lab.freshUser('office')
  await add(mailroom, user, 'pop3')
  const queue = (to: string) => mailroom.json<OutgoingView>(['send', '--to', to, '--subject', 'x', '--text', 'y'])
  const [one, two, three] = [await queue(`${user}@${lab.domain}`), await queue(`${user}@${lab.domain}`), await queue(`reject@${lab.domain}`)]
  await mailroom.json(['outbox', 'hold', one.id])
  await mailroom.json(['outbox', 'cancel', two.id])
  expect((await mailroom(['outbox', 'run'])).code).toBe(75)
  await mailroom.json(['outbox', 'release', one.id])
  expect((await mailroom(['outbox', 'run', user])).code).toBe(0)
  const { mails } = await mailroom.json<Result<'outbox.list'>>(['outbox', 'list'])
  expect(Object.fromEntries(mails.map(({ id, state }) => [id, state]))).toEqual({ [one.id]: 'sent', [two.id]: 'cancelled', [three.id]: 'error' })
  expect(await mailroom(['outbox', 'show', three.id])).toMatchObject({ code: 0, out: expect.stringMatching(/Error[\s\S]*reject@.*refused.*550[\s\S]*Refused/) })
  expect(await mailroom(['outbox', 'export', '--out', '-', '--state', 'error', '--search', 'reject'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\ufeffPut in the outbox,Sent,State[^\n]*\r\n[^\n]*,Error,[^\n]*550[^\n]*\r\n$/) })
  expect(await mailroom.json(['outbox', 'clear'])).toEqual({ changed: [three.id] })
  expect((await mailroom(['outbox', 'cancel', one.id])).code).toBe(65)
})

/** Fetches until something is there: delivery takes a moment, and every fetch waits for the one before it. */
async function arrived(mailroom: Mailroom, user: string): Promise<readonly Buffer[]> {
  const { account } = (await mailroom.json<Result<'accounts.list'>>(['accounts', 'list'])).accounts.find(({ account: { name } }) => name === user) ?? {}
  for (;;) {
    await mailroom(['fetch', user])
    const { messages } = await mailroom.json<Result<'mail.list'>>(['mail', 'list', '--account', user])
    const known = seenBefore.get(account?.id ?? '') ?? 0
    if (messages.length <= known) continue
    seenBefore.set(account?.id ?? '', messages.length)
    const ids = messages.map(({ id }) => id).toSorted((a, b) => a - b)
    return Promise.all(ids.map(async (id) => Buffer.from((await mailroom(['mail', 'show', String(id), '--source'])).out)))
  }
}
const seenBefore = new Map<string, number>()
