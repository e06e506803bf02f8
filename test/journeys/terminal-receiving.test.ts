/** The command line and mail that comes in, against real servers. */
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Result } from '../../shared/contract/methods.ts'
import { digests, filesOf, filledMailbox } from '../protocol/lab-mail.ts'
import { labDraft } from './run-mailroom.ts'
import { storedIn } from './stored-files.ts'
import { secrets, terminalFolder } from './terminal-folder.ts'

const { add, at, fileOf, freshMailroom } = terminalFolder()

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
  const exported = at(`${user}-rebuilt`)
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
  const target = at(`${user}.eml`)
  expect((await mailroom(['mail', 'export', '1', target])).code).toBe(0)
  expect(digests([await readFile(target)])).toEqual(digests(filesOf(user)))
  expect((await mailroom(['mail', 'export', '1', target])).code).toBe(64)
  expect((await mailroom(['mail', 'export', '1', target, '--force'])).code).toBe(0)
  expect((await mailroom(['mail', 'export', '9', target])).code).toBe(65)
})
