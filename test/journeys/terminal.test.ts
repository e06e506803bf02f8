import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeInvoicePdf } from '../../electron/practice/sample-pdf.ts'
import type { Result } from '../../shared/contract/methods.ts'
import type { Account } from '../../shared/model/account.ts'
import type { OutgoingView } from '../../shared/model/outgoing-mail.ts'
import { digests, filesOf, filledMailbox } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { labDraft, type Mailroom, mailroomOn } from './run-mailroom.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'mailroom-terminal-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const secrets = (incoming = lab.password) => JSON.stringify({ incoming })

async function fileOf(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
  return path
}

async function freshMailroom(environment: NodeJS.ProcessEnv = {}): Promise<Mailroom> {
  return mailroomOn(await mkdtemp(join(folder, 'data-')), environment)
}

async function add(mailroom: Mailroom, user: string, protocol: 'pop3' | 'imap', options: readonly string[] = []): Promise<Account> {
  const file = await fileOf(`${user}.json`, labDraft(user, protocol))
  return (await mailroom.json<Result<'accounts.add'>>(['accounts', 'add', file, '--secrets-stdin', ...options], secrets())).account
}

async function everyFile(root: string): Promise<readonly { readonly path: string; readonly bytes: Buffer }[]> {
  const entries = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return Promise.all(entries.map(async ({ parentPath, name }) => ({ path: join(parentPath, name), bytes: await readFile(join(parentPath, name)) })))
}

const storedIn = async (root: string) => (await everyFile(join(root, 'mail'))).filter(({ path }) => path.endsWith('.eml')).map(({ bytes }) => bytes)

describe('the command line against real servers', () => {
  it.each(['pop3', 'imap'] as const)('adds an account over %s, proves it, fetches 1,000 messages byte for byte, and fetches none of them again', async (protocol) => {
    const mailroom = await freshMailroom()
    const user = filledMailbox(1000, '8K')
    await add(mailroom, user, protocol)

    const checked = await mailroom.alone(['check', user])
    expect(checked).toMatchObject({ code: 0 })
    // Both servers are asked side by side.
    expect(checked.out).toMatch(/✓ Incoming server: sign in[^]*Everything works/)
    expect(checked.out).toMatch(/✓ Outgoing server: may send[^]*Everything works/)

    expect(await mailroom(['fetch', '--all'])).toMatchObject({ code: 0, out: expect.stringContaining('1,000 new messages') })
    expect(digests(await storedIn(mailroom.data))).toEqual(digests(filesOf(user)))
    expect(await mailroom(['fetch', user])).toMatchObject({ code: 0, out: expect.stringContaining('0 new messages') })
    expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).total).toBe(1000)
    // By words of its text, which no window has taken in.
    expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list', '--search', 'bestelling bijlage'])).total).toBeGreaterThan(100)

    const log = await mailroom(['log', '--account', user])
    expect(log).toMatchObject({ code: 0, out: expect.stringMatching(/by you .*\/s .*done, 1,000 new/) })
    const kinds = async (...options: string[]) => (await mailroom.json<Result<'jobs.list'>>(['log', ...options])).jobs.map(({ kind }) => kind)
    expect([await kinds(), await kinds('--account', user, '--every', '--limit', '1')]).toEqual([expect.arrayContaining(['check-account', 'fetch-mail']), ['fetch-mail']])
  })

  it('removes from the server only what was shown and agreed to, and asks again when the option was changed and changed back', async () => {
    const mailroom = await freshMailroom()
    const user = filledMailbox(5, '4K')
    const draft = { ...labDraft(user, 'pop3'), delivery: { leaveCopy: false } }
    await mailroom.json(['accounts', 'add', await fileOf(`${user}.json`, draft), '--secrets-stdin'], secrets())
    const listed = async () => (await mailroom.json<Result<'accounts.list'>>(['accounts', 'list'])).accounts[0]?.unconfirmedRemovals
    await mailroom(['fetch', user])
    expect(await listed()).toBe(5)
    expect((await mailroom(['accounts', 'list'])).out).toContain('removals wait for your confirmation')
    expect(await mailroom(['fetch', user])).toMatchObject({ code: 0, out: expect.not.stringContaining('removed') })
    expect(filesOf(user)).toHaveLength(5)

    expect((await mailroom.json<Result<'mail.previewRemovals'>>(['removals', user]))).toMatchObject({ due: 5, total: 5, confirmed: false })
    expect((await mailroom(['removals', user, '--confirm'])).out).toContain('Agreed')
    expect(await listed()).toBeNull()
    const changed = async (delivery: object) => mailroom(['accounts', 'change', user, await fileOf(`${user}-changed.json`, { ...draft, delivery })])
    for (const delivery of [{ leaveCopy: true }, { leaveCopy: false }]) expect(await changed(delivery)).toMatchObject({ code: 0 })
    expect(await listed()).toBe(5)

    await mailroom(['removals', user, '--confirm'])
    expect(await mailroom(['fetch', user])).toMatchObject({ code: 0, out: expect.stringContaining('5 removed from the server') })
    expect(filesOf(user)).toHaveLength(0)
    expect(await mailroom.json<Result<'mail.removals'>>(['removals', user, '--done'])).toMatchObject({ total: 5 })
    expect(await mailroom(['removals', user, '--done', '--confirm'])).toMatchObject({ code: 64 })
  })

  it('whoever wrote is a contact with a record, and a mail that is marked private leaves it with every trace', async () => {
    const mailroom = await freshMailroom()
    const user = filledMailbox(6, '4K')
    await add(mailroom, user, 'pop3')
    await mailroom(['fetch', user])
    const { messages } = await mailroom.json<Result<'mail.list'>>(['mail', 'list'])
    const sender = messages[0]?.from?.address ?? ''
    const ofSender = messages.filter(({ from }) => from?.address === sender).map(({ id }) => String(id))
    const record = async () => (await mailroom.json<Result<'contacts.messages'>>(['contacts', 'show', sender.toUpperCase()])).total
    expect(await record()).toBe(ofSender.length)
    expect((await mailroom(['mail', 'private', ...ofSender])).out).toContain('Private')
    expect(await mailroom(['contacts', 'show', sender])).toMatchObject({ code: 65, errors: expect.stringContaining('no such contact') })
    expect((await mailroom(['contacts', 'list'])).out).not.toContain(sender)
    await mailroom(['mail', 'private', '--off', ...ofSender])
    expect(await record()).toBe(ofSender.length)
    await mailroom(['contacts', 'change', sender, '--name', 'Somebody', '--address', 'other@people.example'])
    expect((await mailroom(['contacts', 'list', '--search', 'somebody'])).out).toMatch(/Somebody .*other@people\.example/)
    expect(await mailroom(['mail', 'private', 'all'])).toMatchObject({ code: 64 })
  })

  it('a lost database is said by the doctor and made again from the message files; nothing leaves the server, and nothing comes twice', async () => {
    const mailroom = await freshMailroom()
    const user = filledMailbox(120, '6K')
    await add(mailroom, user, 'pop3')
    expect((await mailroom(['fetch', user])).code).toBe(0)
    expect(await mailroom(['doctor'])).toMatchObject({ code: 0, out: expect.stringContaining('Message files and index agree') })

    for (const end of ['', '-wal', '-shm']) await rm(join(mailroom.data, `mailroom.db${end}`), { force: true })
    expect(await mailroom(['doctor'])).toMatchObject({ code: 65, out: expect.stringMatching(/in no list: 120\n[^]*doctor --rebuild/) })
    expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).total).toBe(0)
    expect(await mailroom(['doctor', '--rebuild'])).toMatchObject({ code: 0, out: expect.stringContaining('Put right: 120') })
    const { messages, total } = await mailroom.json<Result<'mail.list'>>(['mail', 'list', '--limit', '500'])
    expect(total).toBe(120)
    const exported = join(folder, `${user}-rebuilt`)
    const bytes: Buffer[] = []
    for (const { id } of messages) {
      expect((await mailroom(['mail', 'export', String(id), exported, '--force'])).code).toBe(0)
      bytes.push(await readFile(exported))
    }
    expect(digests(bytes)).toEqual(digests(filesOf(user)))

    expect(await mailroom(['fetch', user])).toMatchObject({ code: 0, out: expect.stringContaining('0 new messages') })
    expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).total).toBe(120)
    expect(digests(await storedIn(mailroom.data))).toEqual(digests(filesOf(user)))
    expect(await mailroom(['doctor'])).toMatchObject({ code: 0 })
  })

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

  it('a wrong password ends with 77, and says the cause and what to do', async () => {
    const mailroom = await freshMailroom()
    const user = lab.freshUser('wrong')
    const file = await fileOf('wrong.json', labDraft(user, 'imap'))
    await mailroom.json(['accounts', 'add', file, '--secrets-stdin'], secrets('not-this-one'))
    for (const words of [['check', user], ['fetch', user]]) {
      const ended = await mailroom(words)
      expect(ended.code).toBe(77)
      expect(ended.errors).toMatch(/User name or password is not accepted\n.*refused the sign-in.*\n.*Check the user name/)
    }
    const asJson = await mailroom(['fetch', user, '--json'])
    expect(JSON.parse(asJson.errors)).toMatchObject({ failure: { code: 'signin.rejected', remedy: expect.any(String) } })
  })

  it('a server that is not there ends with 69, for fetching and for sending', async () => {
    const mailroom = await freshMailroom()
    const user = lab.freshUser('gone')
    const port = await unusedPort()
    const draft = { ...labDraft(user, 'pop3'), incoming: { protocol: 'pop3', host: lab.host, port, signIn: { userName: user } }, outgoing: { server: { use: 'own', host: lab.host, port, security: 'starttls' } } }
    await mailroom.json(['accounts', 'add', await fileOf('gone.json', draft), '--secrets-stdin'], secrets())
    expect(await mailroom(['fetch', user])).toMatchObject({ code: 69, errors: expect.stringContaining('does not accept connections') })
    expect(await mailroom(['send', '--to', 'a@b.nl', '--subject', 'x', '--now'])).toMatchObject({ code: 69, errors: expect.stringContaining('waits in the outbox') })
    expect(await mailroom.json<Result<'outbox.list'>>(['outbox', 'list'])).toMatchObject({ mails: [{ state: 'ready' }] })
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

  it('no password is anywhere in the data folder or the log, in any of its forms', async () => {
    const mailroom = await freshMailroom()
    const user = lab.freshUser('quiet')
    await add(mailroom, user, 'imap')
    expect((await mailroom(['check', user])).code).toBe(0)
    expect((await mailroom(['send', '--to', `${user}@${lab.domain}`, '--subject', 's', '--now'])).code).toBe(0)
    expect((await mailroom(['fetch', '--all'])).code).toBe(0)
    await mailroom(['accounts', 'add', await fileOf('again.json', labDraft(user, 'imap', 'Again')), '--secrets-stdin'], secrets('a-wrong-secret-9'))
    await mailroom(['fetch', 'Again'])

    const forms = [lab.password, 'a-wrong-secret-9'].flatMap((secret) => [
      secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), Buffer.from(`\0${user}\0${secret}`).toString('base64').replace(/=+$/, ''), Buffer.from(secret).toString('hex'), encodeURIComponent(secret),
    ])
    const files = await everyFile(mailroom.data)
    expect(files.some(({ path }) => path.endsWith('.log'))).toBe(true)
    for (const { path, bytes } of files) {
      for (const form of forms) expect(bytes.includes(form), `${path} holds a password`).toBe(false)
    }
  })
})

describe('the command line and what it is given', () => {
  it('bad data ends with 65 and names the fields, a file that is not there with 66, a wrong word with 64', async () => {
    const mailroom = await freshMailroom()
    expect(await mailroom(['accounts', 'add', await fileOf('broken.json', '{"name": ')])).toMatchObject({ code: 65, errors: expect.stringContaining('not JSON') })
    const wrong = await mailroom(['accounts', 'add', await fileOf('wrong-fields.json', { ...labDraft('x', 'pop3'), name: '', surprise: 1 })])
    expect(wrong).toMatchObject({ code: 65, errors: expect.stringMatching(/surprise: There is no field of this name\./) })
    expect(wrong.errors).toContain('name: Fill this in.')
    expect((await mailroom(['accounts', 'add', join(folder, 'nowhere.json')])).code).toBe(66)
    expect((await mailroom(['accounts', 'add', '-'], '[1]')).code).toBe(65)
    expect((await mailroom(['accounts', 'show', 'nobody'])).code).toBe(78)
    for (const words of [['frobnicate'], ['fetch'], ['accounts', 'show'], ['mail', 'show', 'x'], ['secrets', 'use', 'drawer'], ['--frobnicate']]) {
      expect(await mailroom(words), words.join(' ')).toMatchObject({ code: 64 })
    }
    expect(await everyFile(join(mailroom.data, 'mail'))).toEqual([])
  })

  it('what “accounts show --json” prints can be added again, changed, made the default and removed', async () => {
    const mailroom = await freshMailroom()
    const user = lab.freshUser('copy')
    await add(mailroom, user, 'imap')
    const shown = await mailroom.json<Account>(['accounts', 'show', user])
    expect((await mailroom(['accounts', 'add', await fileOf('same.json', shown)])).code).toBe(65)
    const other = await mailroom.json<Result<'accounts.add'>>(['accounts', 'add', await fileOf('other.json', { ...shown, name: 'Other' })])
    expect(other.account).toEqual({ ...shown, id: other.account.id, name: 'Other' })
    const changed = await mailroom.json<Result<'accounts.change'>>(['accounts', 'change', 'Other', '-'], JSON.stringify({ ...shown, name: 'Renamed', kind: 'team' }))
    expect(changed.account).toMatchObject({ id: other.account.id, name: 'Renamed', kind: 'team' })
    expect((await mailroom(['accounts', 'default', 'Renamed'])).out).toContain('“Renamed” is now the default')
    expect((await mailroom(['accounts', 'remove', 'Renamed'])).code).toBe(64)
    expect((await mailroom(['accounts', 'remove', 'Renamed', '--delete-mail'])).out).toContain(`“${user}” is now the default`)
    expect((await mailroom(['accounts', 'list'])).out).toContain(user)
  })

  it('without a keychain a password is not kept silently: the choices are named, and each of them works', async () => {
    const mailroom = await freshMailroom({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' })
    const user = lab.freshUser('nokeys')
    const file = await fileOf('nokeys.json', labDraft(user, 'imap'))
    const refused = await mailroom(['accounts', 'add', file, '--secrets-stdin'], secrets())
    expect(refused).toMatchObject({ code: 78, errors: expect.stringMatching(/--secret-place session.*secrets use vault/) })
    expect((await mailroom.json<Result<'accounts.list'>>(['accounts', 'list'])).accounts).toEqual([])

    const added = await mailroom(['accounts', 'add', file, '--secrets-stdin', '--secret-place', 'session'], secrets())
    expect(added.code).toBe(0)
    expect(await mailroom(['check', user])).toMatchObject({ code: 77, errors: expect.stringContaining('No password') })
    expect(await mailroom(['check', user, '--secrets-stdin'], secrets())).toMatchObject({ code: 0 })

    const passphrase = 'correct horse battery'
    expect((await mailroom(['secrets', 'use', 'vault', '--passphrase-stdin'], `${passphrase}\n`)).out).toContain('vault')
    expect((await mailroom(['check', user, '--secrets-stdin'], JSON.stringify({ passphrase, incoming: lab.password }))).code).toBe(0)
    expect(await mailroom(['fetch', user])).toMatchObject({ code: 78, errors: expect.stringContaining('locked') })
    expect((await mailroom(['fetch', user, '--secrets-stdin'], JSON.stringify({ passphrase }))).code).toBe(0)
    expect((await mailroom(['secrets', 'unlock', '--passphrase-stdin'], 'wrong passphrase\n')).code).toBe(77)
  })

  it('Ctrl+C cancels the work and ends with 130', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const mailroom = await freshMailroom()
    const user = lab.freshUser('slow')
    const draft = { ...labDraft(user, 'pop3'), incoming: { protocol: 'pop3', host: '127.0.0.1', port: (silent.address() as AddressInfo).port, signIn: { userName: user } } }
    await mailroom.json(['accounts', 'add', await fileOf('slow.json', draft), '--secrets-stdin'], secrets())
    const child = mailroom.begin(['fetch', user, '--json'])
    await Promise.all([once(silent, 'connection'), once(child.stdout, 'data')])
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([130, null])
    expect(await mailroom(['accounts', 'list'])).toMatchObject({ code: 0 })
    silent.close()
  })

  it('a reader that goes away does not stop the work', async () => {
    const mailroom = await freshMailroom()
    const user = filledMailbox(50, '4K')
    await add(mailroom, user, 'pop3')
    const child = mailroom.begin(['fetch', '--all', '--json'])
    child.stdout.destroy()
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
    expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).total).toBe(50)
  })

  it('two commands at once share one data folder, the second works through the first', async () => {
    const mailroom = await freshMailroom()
    const users = [filledMailbox(200, '4K'), filledMailbox(200, '4K')]
    for (const user of users) await add(mailroom, user, 'pop3')
    const ended = await Promise.all(users.map((user) => mailroom.alone(['fetch', user])))
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).total).toBe(400)
  })

  it('a message is exported byte for byte, and nothing is overwritten unasked', async () => {
    const mailroom = await freshMailroom()
    const user = filledMailbox(1, '600K')
    await add(mailroom, user, 'imap')
    await mailroom(['fetch', '--all'])
    const target = join(folder, `${user}.eml`)
    expect((await mailroom(['mail', 'export', '1', target])).code).toBe(0)
    expect(digests([await readFile(target)])).toEqual(digests(filesOf(user)))
    expect((await mailroom(['mail', 'export', '1', target])).code).toBe(64)
    expect((await mailroom(['mail', 'export', '1', target, '--force'])).code).toBe(0)
    expect((await mailroom(['mail', 'export', '9', target])).code).toBe(65)
  })

  it('speaks the language of whoever asks', async () => {
    const mailroom = await freshMailroom({ LC_ALL: 'nl_NL.UTF-8' })
    expect((await mailroom(['accounts', 'list'])).out).toContain('Er zijn nog geen accounts.')
    expect((await mailroom(['--help'])).out).toContain('Zet e-mailaccounts op')
    expect((await mailroom(['accounts', 'show', 'niemand'])).errors).toContain('Dat account is er niet')
  })
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

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
