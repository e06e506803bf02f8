/** kill -9 at any moment of the real program's work; then it is started again, and what it promised is held against the servers. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectToOwner } from '../../electron/ipc/socket-transport.ts'
import { settingsSchema } from '../../electron/storage/settings.ts'
import { makeInvoicePdf } from '../../electron/practice/sample-pdf.ts'
import type { Caller } from '../../shared/contract/caller.ts'
import type { Result } from '../../shared/contract/methods.ts'
import { valueOf } from '../contract/examples.ts'
import { digests, filledMailbox, servedTo } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { lookInto } from './open-window.ts'
import { labDraft, type Mailroom, mailroomOn } from './run-mailroom.ts'

let root: string
let mailroom: Mailroom
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mailroom-kill-'))
  mailroom = mailroomOn(root)
})
afterEach(() => rm(root, { recursive: true, force: true }))

const renderer = join(import.meta.dirname, '..', '..', 'dist', 'renderer')
const anyOf = (count: number) => Math.floor(Math.random() * count)

/** Looks every few milliseconds: looking all the time takes half of a small machine from the program that is watched. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(4)
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve()
  child.kill('SIGKILL')
  await ended
}

const begin = (kind: 'window' | 'no-window') => spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, 'keep-running.ts'), kind, root, renderer], { stdio: ['ignore', 'pipe', 'inherit'] })

async function running(kind: 'window' | 'no-window'): Promise<{ readonly child: ChildProcess; readonly caller: Caller }> {
  const child = begin(kind)
  await once(child.stdout!, 'data')
  return { child, caller: await valueOf(connectToOwner(root)) }
}

const settings = async () => settingsSchema.parse(JSON.parse(await readFile(join(root, 'settings.json'), 'utf8')))

async function addAccount(user: string, protocol: 'pop3' | 'imap'): Promise<void> {
  const file = join(root, 'draft.json')
  await writeFile(file, JSON.stringify(labDraft(user, protocol)))
  await mailroom.json(['accounts', 'add', file, '--secrets-stdin'], JSON.stringify({ incoming: lab.password }))
}

it('while accounts are added: the settings parse, and every account that was acknowledged is there', async () => {
  const acknowledged = new Set<string>()
  for (let round = 0; round < 6; round++) {
    const { child, caller } = await running('no-window')
    const enough = acknowledged.size + 1 + anyOf(4)
    const adding = (async () => {
      for (let at = 0; ; at++) {
        const outcome = await caller.call('accounts.add', { draft: labDraft(`${round}-${at}`, 'imap'), secrets: { incoming: 'x' } })
        if (!outcome.ok) return
        acknowledged.add(outcome.value.account.id)
      }
    })()
    await until(() => acknowledged.size >= enough)
    for (let pause = anyOf(200); pause > 0; pause--) await setImmediate()
    await kill(child)
    await adding
    const ids = (await settings()).accounts.map(({ id }) => id)
    expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  }
  const { accounts } = await mailroom.json<Result<'accounts.list'>>(['accounts', 'list'])
  expect(accounts.length).toBeGreaterThanOrEqual(acknowledged.size)
  expect(accounts.filter(({ isDefault }) => isDefault)).toHaveLength(1)
})

it.each(['pop3', 'imap'] as const)('while 600 messages come over %s: what counts as fetched is there byte for byte, and in the end every message once', async (protocol) => {
  const user = filledMailbox(600, '6K')
  await addAccount(user, protocol)
  const stored = () => readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.startsWith('mail') && name.endsWith('.eml')).length
  let killed = 0
  for (const part of [0.02, 0.4, 0.8]) {
    const child = mailroom.begin(['fetch', '--all', '--json'])
    child.stdin.end()
    const mark = Math.floor(600 * part) + anyOf(30)
    await until(() => stored() >= mark || child.exitCode !== null)
    await kill(child)
    killed += child.signalCode === 'SIGKILL' ? 1 : 0
    const known = new Set(digests(servedTo(user)))
    for (const digest of digests(await listed())) expect(known).toContain(digest)
  }
  expect(killed).toBeGreaterThan(0)
  expect((await mailroom(['fetch', '--all'])).code).toBe(0)
  expect(digests(await listed())).toEqual(digests(servedTo(user)))
})

/** The bytes of every message that counts as fetched, as whoever asks for it gets them. */
async function listed(): Promise<readonly Buffer[]> {
  const { child, caller } = await running('no-window')
  const bytes: Buffer[] = []
  for (let offset = 0; ; offset += 500) {
    const { messages, total } = await valueOf(caller.call('mail.list', { accountId: null, offset, limit: 500 }))
    for (const { id, size } of messages) {
      const source = await valueOf(caller.call('mail.source', { id, offset: 0 }))
      expect(source.size).toBe(size)
      let whole = Buffer.from(source.base64, 'base64')
      while (whole.length < size) whole = Buffer.concat([whole, Buffer.from((await valueOf(caller.call('mail.source', { id, offset: whole.length }))).base64, 'base64')])
      bytes.push(whole)
    }
    if (offset + 500 >= total) break
  }
  await kill(child)
  return bytes
}

it('while invoices go out: none is at the receiver twice, none is lost, and what nobody knows is said to be unknown', async () => {
  const [sender, receiver] = [lab.freshUser('sender'), lab.freshUser('receiver')]
  await addAccount(sender, 'imap')
  const pdf = await makeInvoicePdf({ number: '1', date: new Date(), from: sender, to: receiver, lines: [{ text: 'Work', cents: 100_00 }] })
  const count = 24
  const first = await running('no-window')
  const [account] = (await valueOf(first.caller.call('accounts.list', {}))).accounts
  for (let number = 1; number <= count; number++) {
    const { handle } = await valueOf(first.caller.call('files.begin', { name: `${number}.pdf`, size: pdf.length }))
    await valueOf(first.caller.call('files.append', { handle, base64: pdf.toString('base64') }))
    await valueOf(first.caller.call('outbox.queue', { accountId: account!.account.id, to: [{ address: `${receiver}@${lab.domain}` }], subject: `Invoice ${number}`, attachments: [handle] }))
  }
  await kill(first.child)

  const arrived = () => {
    try {
      return servedTo(receiver).map((bytes) => /^Message-ID: *(.+)\r$/im.exec(bytes.toString('latin1'))?.[1] ?? '').toSorted()
    } catch {
      return [] // before the first mail, there is no mailbox
    }
  }
  let killed = 0
  for (const part of [0, 0.1, 0.4, 0.8]) {
    const child = mailroom.begin(['outbox', 'run', '--json'])
    child.stdin.end()
    if (part === 0) await once(child.stdout, 'data')
    const mark = Math.floor(count * part)
    await until(() => arrived().length >= mark || child.exitCode !== null)
    await kill(child)
    killed += child.signalCode === 'SIGKILL' ? 1 : 0
  }
  expect(killed).toBeGreaterThan(0)

  const { child, caller } = await running('no-window')
  const list = async () => (await valueOf(caller.call('outbox.list', {}))).mails
  const before = await list()
  expect(before).toHaveLength(count)
  expect(before.filter(({ state }) => !['ready', 'sent', 'unknown'].includes(state))).toEqual([])
  // What a person does: looks whether it came, and says so. The servers deliver within moments what they have accepted.
  await until(() => before.filter(({ state }) => state === 'sent').every(({ messageId }) => arrived().includes(messageId)))
  for (const { id, messageId } of before.filter(({ state }) => state === 'unknown')) {
    await valueOf(caller.call('outbox.resolve', { ids: [id], outcome: arrived().includes(messageId) ? 'was-sent' : 'was-not-sent' }))
  }
  await kill(child)
  expect((await mailroom(['outbox', 'run'])).code).toBe(0)
  await until(() => arrived().length >= count)
  expect(arrived()).toEqual(before.map(({ messageId }) => messageId).toSorted())
})

it('the browser of a killed window dies with it, and the next start shows its window', async () => {
  const browsers = () => {
    try {
      return execFileSync('pgrep', ['-f', `user-data-dir=${join(root, 'browser')}`], { encoding: 'utf8' }).trim().split('\n')
    } catch {
      return [] // pgrep found none
    }
  }
  for (const moment of ['as soon as its browser runs', 'when its window is up', 'when its window is up'] as const) {
    const child = begin('window')
    if (moment === 'as soon as its browser runs') await until(() => browsers().length > 0)
    else await once(child.stdout, 'data')
    expect(browsers().length, moment).toBeGreaterThan(0)
    await kill(child)
    await until(() => browsers().length === 0)
  }
  const { child, caller } = await running('window')
  expect(await valueOf(caller.call('app.info', {}))).toMatchObject({ host: 'chromium', notices: [] })
  const { driver, page } = await lookInto(root)
  await page.getByRole('main').waitFor()
  await driver.close()
  await kill(child)
  await until(() => browsers().length === 0)
})
