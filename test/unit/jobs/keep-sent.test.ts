import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createKeepSent, type KeepSent } from '../../../electron/jobs/keep-sent.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Outbox } from '../../../electron/outbox/outbox.ts'
import { createSentCopies } from '../../../electron/outbox/sent-copies/create-sent-copies.ts'
import type { InboxSession } from '../../../electron/protocols/mail-session.ts'
import { done, failed, failure, refused, type Failure } from '../../../shared/failures/failure.ts'
import type { AccountDraftInput } from '../../../shared/model/account.ts'
import { composedMailSchema } from '../../../shared/model/outgoing-mail.ts'
import type { SentCopy } from '../../../shared/model/sent-copy.ts'
import { mailsInHand } from '../../fakes/mails-in-hand.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { draftOf, oneAccount } from '../../fakes/one-account.ts'

let place: ReturnType<typeof freshDataFolder>
let outbox: Outbox
/** What the Sent folder holds, by file name or Message-ID. */
let server: { held: Set<string>; added: string[]; hasSent: boolean; refuses: Failure | null; breaks: 'before' | 'after' | null; opened: number; asked: number; askedSince: Date | null; signIn: Failure | null }

beforeEach(() => {
  place = freshDataFolder()
  outbox = createOutbox(place)
  server = { held: new Set(), added: [], hasSent: true, refuses: null, breaks: null, opened: 0, asked: 0, askedSince: null, signIn: null }
})
afterEach(() => place.remove())

function session(): InboxSession {
  let usable = true
  const folder = { delimiter: '/', holdsMessages: true, status: null, messages: null }
  const folders = {
    usable: () => usable,
    names: async () => done([{ ...folder, path: 'INBOX', use: 'inbox' as const }, ...(server.hasSent ? [{ ...folder, path: 'Verzonden', use: 'sent' as const }] : [])]),
    async holds(_path: string, messageIds: readonly string[], since: Date) {
      server.asked += 1
      server.askedSince = since
      return done(new Set(messageIds.filter((id) => server.held.has(id))))
    },
    async append(path: string, { file }: { readonly file: string }) {
      expect(path).toBe('Verzonden')
      if (server.refuses !== null) return refused(server.refuses)
      if (server.breaks !== 'before') {
        server.added.push(file)
        server.held.add(messageIdIn(file))
      }
      usable = server.breaks === null
      return usable ? done(undefined) : failed('connect.lost')
    },
  }
  return { folders: folders as unknown as InboxSession['folders'], close: async () => undefined } as InboxSession
}

const messageIdIn = (file: string): string => `<${/([^/]+)\.eml$/.exec(file)?.[1] ?? ''}@shop.example>`

/** As if a copy had been added before, and no other had turned up: unless a test is about just that. */
function keeper({ sending, ...change }: Partial<AccountDraftInput> = {}): KeepSent {
  return keeperOf({ ...change, sending: { keepSent: 'always', ...sending } })
}
function keeperOf(change: Partial<AccountDraftInput> = {}): KeepSent {
  const openInbox = async () => {
    server.opened += 1
    return server.signIn === null ? done(session()) : refused(server.signIn)
  }
  return createKeepSent({ accounts: oneAccount(change), outbox, copies: createSentCopies(place), openInbox, pauses: { note: () => {}, of: () => null }, now: place.now, random: () => 0.5 })
}

async function sent(end: 'sent' | 'unknown' = 'sent'): Promise<string> {
  const queued = await outbox.queue({ id: 'office', ...draftOf() }, composedMailSchema.parse({ accountId: 'office', to: [{ address: 'anna@buyer.example' }], subject: 'Invoice' }), [])
  const run = mailsInHand(outbox)
  const taken = run.take(place.clock.at)
  if (!queued.ok || taken === null) throw new Error('nothing was ready')
  await run.submitting(taken)
  await (end === 'sent' ? run.sent(taken) : run.unknown(taken))
  return taken.id
}

function copyOf(id: string): SentCopy | null {
  const found = outbox.get(id)
  if (!found.ok) throw new Error(found.failure.code)
  return found.value.sentCopy
}
const stateOf = (id: string) => {
  const found = outbox.get(id)
  return found.ok ? found.value.state : null
}
const never = new AbortController().signal
const later = (minutes: number) => void (place.clock.at = new Date(place.clock.at.getTime() + minutes * 60_000))

describe('the copy of a sent mail', () => {
  test('goes into the Sent folder, once, in one session for all of them', async () => {
    const [one, other] = [await sent(), await sent()]
    const keep = keeper()
    await keep('office', never)
    await keep('office', never)
    expect([copyOf(one), copyOf(other)].map((copy) => [copy?.state, copy?.folder, copy?.added])).toEqual([['there', 'Verzonden', true], ['there', 'Verzonden', true]])
    expect([server.added.length, server.opened]).toEqual([2, 1])
  })

  test('is not added before the server had time to put one there by itself; the next are, once one was added and stayed the only one', async () => {
    const first = await sent()
    const keep = keeperOf()
    await keep('office', never)
    expect([copyOf(first)?.state, copyOf(first)?.folder, copyOf(first)?.nextAt, server.added]).toEqual(['waiting', 'Verzonden', '2026-11-22T09:05:00.000Z', []])
    await keep('office', never)
    expect(server.opened).toBe(1)
    later(5)
    await keep('office', never)
    expect([copyOf(first)?.state, copyOf(first)?.added]).toEqual(['there', true])
    const second = await sent()
    await keep('office', never)
    expect([copyOf(second)?.state, server.added.length]).toEqual(['there', 2])
  })

  test('of a server that keeps one late is never there twice, however late each is', async () => {
    const keep = keeperOf()
    for (const minutes of [3, 20, 1, 45]) {
      const id = await sent()
      for (let waited = 0; copyOf(id)?.state !== 'there'; waited += 1) {
        await keep('office', never)
        if (waited === minutes) server.held.add(`<${id}@shop.example>`)
        later(1)
      }
      expect(copyOf(id)?.added).toBe(false)
    }
    expect(server.added).toEqual([])
  })

  test('is added in the end where the server has stopped keeping one', async () => {
    const [kept, alone] = [await sent(), await sent()]
    server.held.add(`<${kept}@shop.example>`)
    const keep = keeperOf()
    for (let minutes = 0; minutes <= 60; minutes += 5) {
      await keep('office', never)
      expect(server.added.length, `${String(minutes)} minutes`).toBe(minutes < 60 ? 0 : 1)
      later(5)
    }
    expect(copyOf(alone)).toMatchObject({ state: 'there', added: true })
  })

  test('waits for no server whose clock, or ours, was wrong when the mail was sent', async () => {
    later(60 * 24 * 365)
    const id = await sent()
    later(-60 * 24 * 365)
    place.database.exec('UPDATE sent_copy SET not_before = 0')
    await keeperOf()('office', never)
    expect(copyOf(id)?.state).toBe('there')
  })

  test('is not added where the server, or another program, has put one there', async () => {
    const id = await sent()
    server.held.add(`<${id}@shop.example>`)
    await keeper()('office', never)
    expect([copyOf(id)?.state, copyOf(id)?.added, server.added]).toEqual(['there', false, []])
  })

  test.each([
    ['the account wants none', { sending: { keepSent: 'never' } }, 'not-wanted'],
    ['mail comes in over POP3, which knows no folders', { incoming: { protocol: 'pop3', host: 'pop.shop.example', signIn: { userName: 'office' } } }, 'not-wanted'],
    ['the provider is known to keep one', { incoming: { protocol: 'imap', host: 'imap.gmail.com', signIn: { userName: 'office' } }, outgoing: { server: { use: 'own', host: 'smtp.gmail.com' } } }, 'server-keeps'],
  ] satisfies readonly (readonly [string, Partial<AccountDraftInput>, string])[])('is not added, and no server asked, where %s', async (_what, account, state) => {
    const id = await sent()
    await keeperOf(account)('office', never)
    expect([copyOf(id)?.state, server.opened]).toEqual([state, 0])
  })

  test('is added for a provider that keeps one, when the account says always, and for a mailbox elsewhere', async () => {
    const gmail = { outgoing: { server: { use: 'own', host: 'smtp.gmail.com' } } } as const
    const first = await sent()
    await keeper({ ...gmail, incoming: { protocol: 'imap', host: 'imap.gmail.com', signIn: { userName: 'office' } }, sending: { keepSent: 'always' } })('office', never)
    const second = await sent()
    await keeper(gmail)('office', never)
    expect([copyOf(first)?.state, copyOf(second)?.state]).toEqual(['there', 'there'])
  })

  test('is not made a folder for', async () => {
    const id = await sent()
    server.hasSent = false
    await keeper()('office', never)
    expect(copyOf(id)?.state).toBe('no-folder')
  })

  test('whose answer was lost is looked for before it is added again: never two', async () => {
    const id = await sent()
    server.breaks = 'after'
    const keep = keeper()
    await keep('office', never)
    expect(copyOf(id)).toMatchObject({ state: 'adding', failure: { code: 'connect.lost' }, nextAt: '2026-11-22T09:01:00.000Z' })
    server.breaks = null
    await keep('office', never)
    expect(server.opened).toBe(1)
    later(2)
    await keep('office', never)
    expect([copyOf(id)?.state, copyOf(id)?.added, copyOf(id)?.failure, server.added.length]).toEqual(['there', true, null, 1])
  })

  test('that a dying process was adding is looked for first, and not before the server has done with it', async () => {
    const [arrived, lost] = [await sent(), await sent()]
    const copies = createSentCopies(place)
    copies.adding(arrived, 'Verzonden')
    copies.adding(lost, 'Verzonden')
    server.held.add(`<${arrived}@shop.example>`)
    const keep = keeper()
    await keep('office', never)
    expect(server.opened).toBe(0)
    later(2)
    await keep('office', never)
    expect([copyOf(arrived)?.state, copyOf(lost)?.state]).toEqual(['there', 'there'])
    expect(server.added.map(messageIdIn)).toEqual([`<${lost}@shop.example>`])
  })

  test('that is refused is tried again, less and less, and the mail stays sent', async () => {
    const id = await sent()
    server.refuses = failure('quota.exceeded', { serverWords: 'NO [OVERQUOTA] full' })
    const keep = keeper()
    await keep('office', never)
    expect([stateOf(id), copyOf(id)?.state, copyOf(id)?.nextAt]).toEqual(['sent', 'waiting', '2026-11-22T09:01:00.000Z'])
    later(2)
    await keep('office', never)
    expect(copyOf(id)).toMatchObject({ state: 'waiting', nextAt: '2026-11-22T09:07:00.000Z', failure: { code: 'quota.exceeded' } })
    for (const _try of [1, 2, 3, 4]) {
      later(6 * 24 * 60)
      await keep('office', never)
    }
    expect([stateOf(id), copyOf(id)?.state]).toEqual(['sent', 'failed'])
    const asked = server.opened
    later(60)
    await keep('office', never)
    expect(server.opened).toBe(asked)
  })

  test('is given up five days after the mail was sent, and looked for since then, however often it was tried meanwhile', async () => {
    const id = await sent()
    const sentAt = place.clock.at
    server.refuses = failure('quota.exceeded', { serverWords: 'NO [OVERQUOTA] full' })
    const keep = keeper()
    for (let tried = 0; tried < 60 && copyOf(id)?.state !== 'failed'; tried += 1) {
      place.clock.at = new Date(copyOf(id)?.nextAt ?? place.clock.at)
      await keep('office', never)
      expect(server.askedSince).toEqual(sentAt)
    }
    expect(copyOf(id)?.state).toBe('failed')
    expect(place.clock.at.getTime() - sentAt.getTime()).toBeLessThan(5 * 24 * 60 * 60_000)
  })

  test('that is too large for the server is not tried again', async () => {
    const id = await sent()
    server.refuses = failure('message.too-large')
    await keeper()('office', never)
    expect(copyOf(id)).toMatchObject({ state: 'failed', nextAt: null })
  })

  test('waits, with the reason, while nobody can sign in', async () => {
    const id = await sent()
    server.signIn = failure('connect.unreachable')
    const keep = keeper()
    await keep('office', never)
    expect(copyOf(id)).toMatchObject({ state: 'waiting', failure: { code: 'connect.unreachable' } })
    server.signIn = null
    later(2)
    await keep('office', never)
    expect(copyOf(id)?.state).toBe('there')
  })

  test('of two runs at once is added by one of them', async () => {
    await sent()
    const keep = keeper()
    await Promise.all([keep('office', never), keep('office', never)])
    expect(server.added).toHaveLength(1)
  })
})

describe('a mail whose outcome nobody knows', () => {
  test('was sent when it is in the Sent folder', async () => {
    const id = await sent('unknown')
    server.held.add(`<${id}@shop.example>`)
    await keeper()('office', never)
    expect([stateOf(id), copyOf(id)?.state, server.added]).toEqual(['sent', 'there', []])
  })

  test('and that an older copy of the outbox brought back is looked for since it was queued, also when a person says that it was sent', async () => {
    const queuedAt = place.clock.at
    const [one, other] = [await sent('unknown'), await sent('unknown')]
    later(3 * 24 * 60)
    place.database.exec(`UPDATE outgoing SET changed_at = ${String(place.clock.at.getTime())}`)
    await keeper()('office', never)
    expect(server.askedSince).toEqual(queuedAt)
    outbox.resolve([one, other], 'was-sent')
    server.askedSince = null
    await keeper()('office', never)
    expect(server.askedSince).toEqual(queuedAt)
  })

  test('stays unknown when it is not: it may have been sent all the same, and is never sent again by itself', async () => {
    const id = await sent('unknown')
    const keep = keeper()
    await keep('office', never)
    await keep('office', never)
    expect([stateOf(id), copyOf(id)?.state, copyOf(id)?.folder, server.asked]).toEqual(['unknown', 'missing', 'Verzonden', 1])
    later(11)
    server.held.add(`<${id}@shop.example>`)
    await keep('office', never)
    expect(stateOf(id)).toBe('sent')
  })

  test('stays unknown when the Sent folder may have it from another hand: a program that queued its own message, or an earlier attempt that only some accepted', async () => {
    const own = join(place.folder.root, 'own.eml')
    writeFileSync(own, 'Message-ID: <theirs@shop.example>\r\nTo: anna@buyer.example\r\n\r\nHello')
    expect(await outbox.queueMessage({ id: 'office', ...draftOf() }, own, null)).toMatchObject({ ok: true })
    const run = mailsInHand(outbox)
    const theirs = run.take(place.clock.at)!
    await run.submitting(theirs)
    await run.unknown(theirs)
    const [anna, ben] = ['anna@buyer.example', 'ben@buyer.example']
    await outbox.queue({ id: 'office', ...draftOf() }, composedMailSchema.parse({ accountId: 'office', to: [{ address: anna }, { address: ben }], subject: 'Invoice' }), [])
    const half = run.take(place.clock.at)!
    await run.submitting(half)
    await run.sent(half, '250 ok', [{ address: anna, accepted: true, replyCode: null, words: null }, { address: ben, accepted: false, replyCode: 450, words: 'later' }], place.clock.at)
    later(1)
    const again = run.take(place.clock.at)!
    expect(again.recipients).toEqual([ben])
    await run.submitting(again)
    await run.unknown(again)
    server.held.add('<theirs@shop.example>').add(`<${half.id}@shop.example>`)
    await keeper()('office', never)
    expect([stateOf(theirs.id), stateOf(half.id)]).toEqual(['unknown', 'unknown'])
  })

  test('that a person says was sent gets its copy', async () => {
    const id = await sent('unknown')
    await keeper()('office', never)
    outbox.resolve([id], 'was-sent')
    await keeper()('office', never)
    expect([copyOf(id)?.state, server.added.length]).toEqual(['there', 1])
  })
})
