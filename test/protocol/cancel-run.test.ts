/**
 * A run is over within 200 ms of being cancelled, whatever it is doing. Nothing is timed here: where a server is waited for, the
 * run ends by the cancel alone, with a clock that stands still; where it is something that can't be left off, by its patience.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { capConnections } from '../../electron/jobs/cap-connections.ts'
import { fetchMail, type FetchParts } from '../../electron/jobs/kinds/fetch-mail.ts'
import { createServerTurns } from '../../electron/jobs/server-turns.ts'
import type { Timers } from '../../electron/jobs/timers.ts'
import { accountSchema, type AccountDraftInput } from '../../shared/model/account.ts'
import { tappedProxy, type Tap } from '../fakes/tapped-proxy.ts'
import { lab } from '../servers/lab.ts'
import { filledMailbox, servedTo } from './lab-mail.ts'
import { accountsOf, clearDraft, labDraft, openParts, type RunningParts } from './running-parts.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** Time that stands still. */
const noTime: Timers = { after: () => () => {} }
/** Time that is over as soon as everything else has had its turn. */
const allTime: Timers = {
  after(_milliseconds, call) {
    const timer = setImmediate(call)
    return () => clearImmediate(timer)
  },
}
const never = new Promise<never>(() => {})
const everything = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }

function partsOf(draft: AccountDraftInput, timers: Timers): RunningParts {
  const parts = openParts(draft, () => lab.password, { timers })
  closing.push(() => parts.close())
  return parts
}

async function proxyTo(protocol: 'pop3' | 'imap', tap: Tap): Promise<number> {
  const proxy = await tappedProxy(lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP'), tap)
  closing.push(() => proxy.close())
  return proxy.port
}

/** Runs until `reached`, cancels, and answers with how the run ended. */
async function cancelAt(parts: RunningParts, reached: Promise<unknown>, change: Partial<FetchParts> = {}) {
  const id = parts.jobs.start(fetchMail({ ...parts, ...change }, 'office'), 'person')
  await reached
  const cancelled = await parts.jobs.cancel(id)
  expect(parts.bugs).toEqual([])
  return cancelled
}

/** The same store and jobs; the account goes to another place. */
function openPartsAt(parts: RunningParts, draft: AccountDraftInput): FetchParts {
  return { ...parts, accounts: accountsOf(accountSchema.parse({ id: 'office', ...draft })) }
}

const phases = [
  ['the greeting', 'pop3', { server: (bytes: Buffer) => !bytes.includes('+OK') }],
  ['the sign-in', 'pop3', { client: (line: string) => !/^(PASS|AUTH)/.test(line) }],
  ['the list', 'pop3', { client: (line: string) => !line.startsWith('UIDL') }],
  ['the first message', 'pop3', { client: (line: string) => !line.startsWith('RETR') }],
  ['the middle of a message', 'pop3', { server: (bytes: Buffer) => !bytes.includes('Subject:') }],
  ['the marking of what goes', 'pop3', { client: (line: string) => !line.startsWith('DELE') }],
  ['the answer to QUIT', 'pop3', { client: (line: string) => !line.startsWith('QUIT') }],
  ['the greeting', 'imap', { server: (bytes: Buffer) => !bytes.includes('* OK') }],
  ['the sign-in', 'imap', { client: (line: string) => !/(LOGIN|AUTHENTICATE)/i.test(line) }],
  ['the inbox', 'imap', { client: (line: string) => !/(SELECT|EXAMINE) /i.test(line) }],
  ['the list', 'imap', { client: (line: string) => !/(FETCH|SEARCH) /i.test(line) }],
  ['the middle of a message', 'imap', { server: (bytes: Buffer) => !bytes.includes('Subject:') }],
  ['the marking of what goes', 'imap', { client: (line: string) => !line.includes('\\Deleted') }],
  ['the answer to EXPUNGE', 'imap', { client: (line: string) => !line.includes('EXPUNGE') }],
] as const satisfies readonly (readonly [string, 'pop3' | 'imap', Tap])[]

describe('a server that falls silent', () => {
  test.each(phases)('before %s (%s) keeps nobody waiting who cancels', async (_phase, protocol, silentAt: Tap) => {
    const user = filledMailbox(3, '4K')
    const silent = Promise.withResolvers<void>()
    const listening = (hears: boolean) => {
      if (!hears) silent.resolve()
      return hears
    }
    const port = await proxyTo(protocol, {
      client: (line) => silentAt.client === undefined || listening(silentAt.client(line)),
      server: (bytes) => silentAt.server === undefined || listening(silentAt.server(bytes)),
    })
    const parts = partsOf({ ...clearDraft(protocol, user, port), delivery: everything }, noTime)
    parts.mail.agreeToRemovals('office', everything)
    const served = servedTo(user).toSorted(Buffer.compare)
    expect(await cancelAt(parts, silent.promise)).toMatchObject({ ok: true, value: { state: 'cancelled', failure: null } })

    // Nothing left the server without being here, and what is there comes with the next run.
    parts.mail.agreeToRemovals('office', null)
    const again = openPartsAt(parts, clearDraft(protocol, user, lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP')))
    expect(await parts.jobs.finished(parts.jobs.start(fetchMail(again, 'office'), 'person'))).toMatchObject({ state: 'done' })
    expect(parts.storedFiles()).toEqual(served)
  })

  test('before TLS is agreed on keeps nobody waiting who cancels', async () => {
    const reached = Promise.withResolvers<void>()
    const server = net.createServer((socket) => socket.on('error', () => {}).once('data', () => reached.resolve()))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    closing.push(async () => server.close())
    const { port } = server.address() as net.AddressInfo
    const parts = partsOf({ ...labDraft('pop3', 'nobody'), incoming: { protocol: 'pop3', host: '127.0.0.1', port, security: 'tls', signIn: { userName: 'nobody' } } }, noTime)
    expect(await cancelAt(parts, reached.promise)).toMatchObject({ value: { state: 'cancelled' } })
  })

  test('before it takes the connection keeps nobody waiting who cancels', async () => {
    const port = await stoppedListener()
    const parts = partsOf(clearDraft('imap', 'nobody', port), noTime)
    const trying = Promise.withResolvers<void>()
    const openInbox: FetchParts['openInbox'] = (protocol, target, credentials) =>
      parts.openInbox(protocol, target, credentials, { began: (step) => step === 'connect' && setImmediate(trying.resolve), ended: () => {} })
    expect(await cancelAt(parts, trying.promise, { openInbox })).toMatchObject({ value: { state: 'cancelled' } })
  })

  test('or is busy with other accounts, keeps nobody waiting who cancels', async () => {
    const parts = partsOf(clearDraft('imap', 'nobody', 1), noTime)
    const waiting = Promise.withResolvers<void>()
    const turns = createServerTurns({ perServer: 1, inAll: 1 }, async () => [])
    await turns.take('other.example', 1, new AbortController().signal)
    const capped = capConnections({ ...parts, openInbox: async () => never }, turns)
    const openInbox: FetchParts['openInbox'] = (...target) => {
      setImmediate(waiting.resolve)
      return capped.openInbox(...target)
    }
    expect(await cancelAt(parts, waiting.promise, { openInbox })).toMatchObject({ value: { state: 'cancelled' } })
  })
})

describe('what cannot be left off', () => {
  test('a keychain that asks its person: the run counts as cancelled, and the next waits for its end', async () => {
    const parts = partsOf(clearDraft('imap', 'nobody', 1), allTime)
    const asked = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<never>()
    const route = async () => {
      asked.resolve()
      return gate.promise
    }
    expect(await cancelAt(parts, asked.promise, { accounts: { ...parts.accounts, route } })).toMatchObject({ value: { state: 'cancelled' } })
    const next = parts.jobs.start(fetchMail(parts, 'office'), 'person')
    await new Promise(setImmediate)
    expect(parts.jobs.get(next)).toMatchObject({ value: { state: 'queued' } })
    gate.resolve({ ok: false, failure: { code: 'secrets.locked', evidence: {} } } as never)
    expect((await parts.jobs.finished(next)).state).toBe('failed')
  })

  test.each(['write', 'commit'] as const)('a disk that takes its time (%s): the run counts as cancelled; what it then stored is counted and not fetched again', async (slow) => {
    const user = filledMailbox(3, '4K')
    const parts = partsOf(clearDraft('pop3', user, lab.port('CLEAR_POP3')), allTime)
    const reached = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const hold = async () => {
      reached.resolve()
      await gate.promise
    }
    const receive: FetchParts['mail']['receive'] = (...folder) => {
      const batch = parts.mail.receive(...folder)
      return {
        begin: async (...message) => {
          const one = await batch.begin(...message)
          return { ...one, finish: async () => { if (slow === 'write') await hold(); return one.finish() }, write: (piece) => one.write(piece), abandon: () => one.abandon() }
        },
        commit: async () => { if (slow === 'commit') await hold(); return batch.commit() },
        abandon: () => batch.abandon(),
      }
    }
    const cancelled = await cancelAt(parts, reached.promise, { mail: { ...parts.mail, receive } })
    expect(cancelled).toMatchObject({ value: { state: 'cancelled', detail: { fetched: 0 } } })
    const next = parts.jobs.start(fetchMail(parts, 'office'), 'person')
    gate.resolve()
    const { state, detail } = await parts.jobs.finished(next)
    const stored = parts.jobs.list({ limit: 2 }).at(-1)?.detail
    expect({ state, both: Number(stored?.kind === 'fetch-mail' && stored.fetched) + Number(detail.kind === 'fetch-mail' && detail.fetched) }).toEqual({ state: 'done', both: 3 })
    expect(parts.storedFiles()).toEqual(servedTo(user).toSorted(Buffer.compare))
  })
})

/** A port whose process is stopped and whose queue is full: whoever connects is neither taken nor refused. */
async function stoppedListener(): Promise<number> {
  const script = `const s=require('net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},()=>console.log(s.address().port))`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = Number(String((await once(child.stdout, 'data'))[0]))
  child.kill('SIGSTOP')
  const filling = Array.from({ length: 8 }, () => net.connect({ port, host: '127.0.0.1' }).on('error', () => {}))
  closing.push(async () => {
    for (const socket of filling) socket.destroy()
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  // Two fit into the queue; the others stay where our connection is going to be.
  await Promise.all([once(filling[0]!, 'connect'), once(filling[1]!, 'connect')])
  return port
}
