/** The command line and what it is given: accounts, passwords, wrong words, wrong servers; and how it ends. */
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Result } from '../../shared/contract/methods.ts'
import type { Account } from '../../shared/model/account.ts'
import { lab } from '../servers/lab.ts'
import { labDraft } from './run-mailroom.ts'
import { everyFile } from './stored-files.ts'
import { secrets, terminalFolder } from './terminal-folder.ts'

const { add, at, fileOf, freshMailroom } = terminalFolder()

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

it('bad data ends with 65 and names the fields, a file that is not there with 66, a wrong word with 64', async () => {
  const mailroom = await freshMailroom()
  expect(await mailroom(['accounts', 'add', await fileOf('broken.json', '{"name": ')])).toMatchObject({ code: 65, errors: expect.stringContaining('not JSON') })
  const wrong = await mailroom(['accounts', 'add', await fileOf('wrong-fields.json', { ...labDraft('x', 'pop3'), name: '', surprise: 1 })])
  expect(wrong).toMatchObject({ code: 65, errors: expect.stringMatching(/surprise: There is no field of this name\./) })
  expect(wrong.errors).toContain('name: Fill this in.')
  expect((await mailroom(['accounts', 'add', at('nowhere.json')])).code).toBe(66)
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

it('speaks the language of whoever asks', async () => {
  const mailroom = await freshMailroom({ LC_ALL: 'nl_NL.UTF-8' })
  expect((await mailroom(['accounts', 'list'])).out).toContain('Er zijn nog geen accounts.')
  expect((await mailroom(['--help'])).out).toContain('Zet e-mailaccounts op')
  expect((await mailroom(['accounts', 'show', 'niemand'])).errors).toContain('Dat account is er niet')
})

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
