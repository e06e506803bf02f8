/**
 * Killed at any moment between asking for copies to be removed and hearing that they are: nothing that is not here has left
 * the server, the ledger finds out what became of the rest, and the next run finishes it.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMailStore } from '../../electron/mail/create-mail-store.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { tappedProxy } from '../fakes/tapped-proxy.ts'
import { filesOf } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { fetchOnce } from './fetch-once.ts'

type Protocol = 'pop3' | 'imap'
/** Which of the things that pass on the line is the last before the process is killed. */
interface Moment {
  readonly client?: RegExp
  /** The server's words, from when the client's matched `after` on. */
  readonly server?: RegExp
  readonly after?: RegExp
  /** How many of the six the server has let go by then. */
  readonly gone: number
}

const everything = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }
const names = ['one', 'two', 'three', 'four', 'five', 'six']
const bodyOf = (name: string) => `From: a@shop.example\r\nTo: b@shop.example\r\nMessage-ID: <${name}@shop.example>\r\nSubject: ${name}\r\n\r\n${name}\r\n`

let root: string
let user: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailroom-removal-'))
  user = lab.freshUser('killed')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function deliver(arriving: readonly string[]): void {
  const inbox = join(lab.mail, user, 'Maildir')
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(inbox, folder), { recursive: true })
  for (const name of arriving) writeFileSync(join(inbox, 'new', `${String(names.indexOf(name))}.killed`), bodyOf(name))
  execFileSync('chown', ['-R', '--reference', lab.mail, join(lab.mail, user)])
}

const subjectsOf = (files: readonly Buffer[]) => files.map((bytes) => names.find((name) => bytes.equals(Buffer.from(bodyOf(name)))) ?? 'damaged').toSorted()
const onServer = () => subjectsOf(filesOf(user))

const clearPort = (protocol: Protocol) => lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP')
const fetchWhole = (protocol: Protocol, agreed: boolean) => fetchOnce({ root, protocol, port: clearPort(protocol), user, password: lab.password, agreed })

async function fetchUntil(protocol: Protocol, { client, server, after }: Moment): Promise<string | null> {
  const moment = Promise.withResolvers<void>()
  let told = after === undefined
  const at = (reached: boolean | undefined) => {
    if (reached === true) moment.resolve()
    return reached !== true
  }
  const proxy = await tappedProxy(clearPort(protocol), {
    client(line) {
      told ||= after?.test(line) === true
      return at(client?.test(line))
    },
    server: (bytes) => at(told && server?.test(bytes.toString('latin1'))),
  })
  const child = spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, 'fetch-once.ts'), root, protocol, String(proxy.port), user, 'agreed'], { stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(lab.password)
  const ended = once(child, 'exit')
  await Promise.race([moment.promise, ended])
  child.kill('SIGKILL')
  const [, signal] = (await ended) as [number | null, string | null]
  await proxy.close()
  return signal
}

/** What the data folder knows, and the messages that are in it. */
async function here<T>(ask: (mail: ReturnType<typeof createMailStore>) => T | Promise<T>): Promise<T> {
  const folder = dataFolderAt(root)
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    return await ask(createMailStore({ database: opened.value, folder }))
  } finally {
    opened.value.close()
  }
}

const storedRows = () => here((mail) => mail.list({ accountId: 'office', search: '', offset: 0, limit: 50 }).messages.map(({ subject }) => subject).toSorted())
const storedFiles = () =>
  subjectsOf(readdirSync(join(root, 'mail'), { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name))] : [])))
const all = names.toSorted()

const moments: readonly (readonly [string, Protocol, Moment])[] = [
  ['before the first DELE', 'pop3', { client: /^DELE/, gone: 0 }],
  ['between DELE and QUIT', 'pop3', { client: /^QUIT/, gone: 0 }],
  ['between QUIT and its reply', 'pop3', { after: /^QUIT/, server: /^\+OK/m, gone: 6 }],
  ['before the first STORE', 'imap', { client: /\\Deleted/, gone: 0 }],
  ['between STORE and EXPUNGE', 'imap', { client: / EXPUNGE/, gone: 0 }],
  ['between EXPUNGE and its reply', 'imap', { after: / EXPUNGE/, server: /EXPUNGE|VANISHED|OK/, gone: 6 }],
]

describe('killed', () => {
  test.each(moments)('%s (%s), nothing is lost or doubled, and the next run finishes it', async (_moment, protocol, moment) => {
    deliver(names.slice(0, 4))
    expect(await fetchWhole(protocol, false)).toMatchObject({ state: 'done', detail: { fetched: 4, removed: 0 } })
    deliver(names.slice(4))
    expect(await fetchUntil(protocol, moment)).toBe('SIGKILL')
    expect(onServer()).toHaveLength(names.length - moment.gone)
    expect([await storedRows(), storedFiles()]).toEqual([all, all])

    expect(await fetchWhole(protocol, true)).toMatchObject({ state: 'done', detail: { fetched: 0, removed: names.length - moment.gone } })
    expect(onServer()).toEqual([])
    expect([await storedRows(), storedFiles()]).toEqual([all, all])
    // The list has confirmed what the lost reply did not: each was removed once, by us.
    expect(await here((mail) => mail.removals('office', 50))).toMatchObject({ total: 6 })
    expect(await here((mail) => mail.previewRemovals('office', everything))).toMatchObject({ due: 0, total: 0 })
  })

  test.each(moments.filter(([name]) => name.startsWith('between DELE') || name.startsWith('between STORE')))('%s (%s), and thought better of: nothing is removed, and the server was not told', async (_moment, protocol, moment) => {
    deliver(names)
    expect(await fetchWhole(protocol, false)).toMatchObject({ state: 'done', detail: { fetched: 6 } })
    expect(await fetchUntil(protocol, moment)).toBe('SIGKILL')
    expect(await fetchWhole(protocol, false)).toMatchObject({ state: 'done', detail: { fetched: 0, removed: 0 } })
    expect(onServer()).toEqual(all)
    expect(await here((mail) => mail.removals('office', 50))).toMatchObject({ total: 0 })
    // A deletion here can be taken back again: what was asked for before did not happen.
    const takenBack = await here(async (mail) => {
      const ids = mail.list({ accountId: 'office', search: '', offset: 0, limit: 2 }).messages.map(({ id }) => id)
      await mail.delete(ids)
      return mail.undoDelete(ids).undone
    })
    expect(takenBack).toHaveLength(2)
  })
})
