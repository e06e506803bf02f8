import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Outbox } from '../../../electron/outbox/outbox.ts'
import type { Database } from '../../../electron/storage/database.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import { failure } from '../../../shared/failures/failure.ts'
import type { Account, AccountDraftInput } from '../../../shared/model/account.ts'
import { composedMailSchema, type ComposedMailInput, outgoingRowSchema, type OutgoingState, outgoingStateSchema, outgoingViewSchema } from '../../../shared/model/outgoing-mail.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { mailsInHand } from '../../fakes/mails-in-hand.ts'
import { draftOf } from '../../fakes/one-account.ts'

let place: ReturnType<typeof freshDataFolder>
let outbox: Outbox
let account: Account

beforeEach(() => {
  place = freshDataFolder()
  outbox = createOutbox(place)
  account = accountOf()
})
afterEach(() => place.remove())

const accountOf = (change: Partial<AccountDraftInput> = {}, id = 'office'): Account => ({ id, ...draftOf(change) })
const value = <T>(outcome: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}
async function queue(change: Partial<ComposedMailInput> = {}, from = account) {
  const mail = composedMailSchema.parse({ accountId: from.id, to: [{ address: 'jan@customer.example' }], subject: 'Invoice', text: 'Hello', ...change })
  return value(await outbox.queue(from, mail, []))
}
async function pipe(text: string, recipients: readonly string[] | null = null, from = account) {
  const file = join(place.folder.root, 'piped')
  writeFileSync(file, text)
  return outbox.queueMessage(from, file, recipients)
}
const all = { states: null, accountId: null, offset: 0, limit: 500 }
const run = () => mailsInHand(outbox)
const take = (at = place.clock.at) => run().take(at)
const stateOf = (id: string) => value(outbox.get(id)).state
const later = (minutes: number) => new Date(place.clock.at.getTime() + minutes * 60_000)
const refusal = failure('send.refused', { replyCode: 550, serverWords: '550 no' })
const files = () => (existsSync(place.folder.outbox) ? readdirSync(place.folder.outbox, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'submitted') : [])

function databaseAt(path: string): Database {
  const opened = openDatabase({ ...place.folder, database: path })
  return value(opened)
}

describe('queueing', () => {
  test('a mail is frozen in a file before it is in the list, and is listed as it was written', async () => {
    const attachment = join(place.folder.root, 'invoice')
    writeFileSync(attachment, '%PDF')
    const mail = composedMailSchema.parse({ accountId: 'office', to: [{ name: 'Jan', address: 'jan@customer.example' }], bcc: [{ address: 'Boss@shop.example' }, { address: 'JAN@customer.example' }], subject: 'Invoice', text: 'Hello' })
    const row = value(await outbox.queue(accountOf({ sending: { deliveryReport: true, signature: 'Me' } }), mail, [{ name: 'invoice.pdf', path: attachment }]))
    expect(outgoingRowSchema.parse(row)).toEqual(row)
    expect(row).toMatchObject({ state: 'ready', subject: 'Invoice', attachmentNames: ['invoice.pdf'], attempts: 0, failure: null, notBefore: null, createdAt: '2026-11-22T09:00:00.000Z' })
    expect(row.recipients.map(({ kind, address }) => [kind, address])).toEqual([['to', 'jan@customer.example'], ['bcc', 'Boss@shop.example']])
    const view = value(outbox.get(row.id))
    expect(outgoingViewSchema.parse(view)).toEqual(view)
    expect(view).toMatchObject({ text: 'Hello\n\n-- \nMe', history: [{ state: 'ready' }] })
    const taken = take()!
    expect(taken).toMatchObject({ mailFrom: 'office@shop.example', recipients: ['jan@customer.example', 'Boss@shop.example'], envelopeId: row.id, size: row.size })
    const bytes = readFileSync(taken.file)
    expect(bytes.length).toBe(row.size)
    expect(bytes.toString()).toContain(`Message-ID: ${row.messageId}`)
    expect(bytes.toString()).not.toContain('Boss@')
  })

  test('it waits where it is told to: held, scheduled or ready', async () => {
    expect((await queue({ hold: true })).state).toBe('held')
    expect((await queue({ notBefore: later(5).toISOString() })).state).toBe('scheduled')
    expect((await queue({ notBefore: later(-5).toISOString() })).state).toBe('ready')
  })

  test('an account that can not send, or is switched off, queues nothing', async () => {
    const mail = composedMailSchema.parse({ accountId: 'office', to: [{ address: 'jan@customer.example' }] })
    expect(await outbox.queue({ ...account, outgoing: null }, mail, [])).toMatchObject({ ok: false, failure: { code: 'account.cannot-send' } })
    expect(await outbox.queue({ ...account, outgoing: { ...account.outgoing!, enabled: false } }, mail, [])).toMatchObject({ ok: false, failure: { code: 'send.switched-off' } })
    expect(files()).toEqual([])
  })

  test('an attachment that can not be read is named, and nothing is queued', async () => {
    const mail = composedMailSchema.parse({ accountId: 'office', to: [{ address: 'jan@customer.example' }] })
    for (const path of [join(place.folder.root, 'gone'), place.folder.root]) {
      expect(await outbox.queue(account, mail, [{ name: 'invoice.pdf', path }])).toMatchObject({ ok: false, failure: { code: 'input.unreadable-file', evidence: { name: 'invoice.pdf' } } })
    }
    expect(files()).toEqual([])
    expect(outbox.list(all).total).toBe(0)
  })

  test('a disk that refuses leaves no row', async () => {
    writeFileSync(place.folder.outbox, 'a file where the folder should be')
    const mail = composedMailSchema.parse({ accountId: 'office', to: [{ address: 'jan@customer.example' }] })
    expect(await outbox.queue(account, mail, [])).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
    expect(outbox.list(all).total).toBe(0)
  })

  test('what a killed queueing left is deleted before the next mail is queued; a file nobody has a note of stays', async () => {
    const kept = await queue()
    for (const name of ['unknown.eml', 'cut-off.eml', 'cut-off.arriving']) writeFileSync(join(place.folder.outbox, '2026-11', name), 'x')
    place.database.exec("INSERT INTO unsettled_file VALUES ('outbox', '2026-11/cut-off.', 'arriving')")
    outbox = createOutbox(place)
    const next = await queue()
    expect(files().map(({ name }) => name).toSorted()).toEqual([`${kept.id}.eml`, `${next.id}.eml`, 'unknown.eml'].toSorted())
    expect(place.database.prepare('SELECT * FROM unsettled_file').all()).toEqual([])
  })

  test.each(['lost', 'an older copy', 'a copy made while a mail was queued'])('every file stays when the database is %s', async (fate) => {
    const copy = join(place.folder.root, 'copy.db')
    const copyNow = () => place.database.exec(`VACUUM INTO '${copy}'`)
    await queue()
    if (fate === 'an older copy') copyNow()
    const queueing = queue()
    if (fate === 'a copy made while a mail was queued') {
      while (place.database.prepare('SELECT 1 FROM unsettled_file').get() === undefined) await new Promise(setImmediate)
      copyNow()
    }
    await queueing
    const before = files().map(({ name, parentPath }) => [join(parentPath, name), readFileSync(join(parentPath, name))] as const)
    expect(before).toHaveLength(2)
    const database = fate === 'lost' ? databaseAt(join(place.folder.root, 'new.db')) : databaseAt(copy)
    try {
      await createOutbox({ ...place, database }).queue(account, composedMailSchema.parse({ accountId: 'office', to: [{ address: 'jan@customer.example' }] }), [])
    } finally {
      database.close()
    }
    expect(files()).toHaveLength(3)
    for (const [path, bytes] of before) expect(readFileSync(path).equals(bytes)).toBe(true)
  })
})

describe('a finished message', () => {
  const message = 'From: =?utf-8?Q?Zo=C3=AB?= <zoe@shop.example>\nTo: "Jan, de W" <jan@customer.example>, Team: a@customer.example, (b) b@customer.example (Bee);, jan@CUSTOMER.example\nCc: c@customer.example\nBcc: secret@customer.example,\n secret2@customer.example\nSubject: =?utf-8?Q?M=C3=A4rz?=\n\nHello\n.\nbye'

  test('goes to To, Cc and Bcc of its header, groups, comments and doubles taken apart, and Bcc is taken out', async () => {
    const row = value(await pipe(message))
    expect(row).toMatchObject({ subject: 'März', from: { name: 'Zoë', address: 'zoe@shop.example' }, state: 'ready' })
    expect(row.recipients.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      'to jan@customer.example', 'to a@customer.example', 'to b@customer.example', 'cc c@customer.example', 'bcc secret@customer.example', 'bcc secret2@customer.example',
    ])
    const taken = take()!
    const bytes = readFileSync(taken.file, 'latin1')
    expect(bytes).not.toContain('secret')
    expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(bytes.endsWith('\r\n\r\nHello\r\n.\r\nbye')).toBe(true)
    expect(bytes).toMatch(new RegExp(`^Date: Sun, 22 Nov 2026 09:00:00 \\+0000\r\nMessage-ID: ${row.messageId.replaceAll('.', '\\.')}\r\nFrom: =\\?utf-8`))
    expect(taken).toMatchObject({ mailFrom: 'office@shop.example', size: bytes.length })
    expect(value(outbox.get(row.id)).text).toContain('Hello')
  })

  test('goes only to whom the caller names, where it does', async () => {
    const row = value(await pipe(message, ['jan@customer.example', 'other@customer.example']))
    expect(row.recipients.map(({ kind, address, name }) => [kind, address, name])).toEqual([['to', 'jan@customer.example', 'Jan, de W'], ['bcc', 'other@customer.example', '']])
  })

  test('without any header it is text, from the account', async () => {
    const row = value(await pipe('Backup done\n', ['admin@shop.example'], accountOf({ user: { displayName: 'Büro "1"', address: 'office@shop.example' } })))
    expect(row.from.address).toBe('office@shop.example')
    expect(readFileSync(take()!.file, 'latin1')).toMatch(/^From: =\?UTF-8\?.*<office@shop\.example>\r\nDate: .*\r\nMessage-ID: <.*>\r\n\r\nBackup done\r\n$/)
  })

  test.each([
    ['nobody', 'Subject: s\n\nhi', { fields: [{ path: 'to', problem: 'no-recipient' }] }],
    ['an empty group', 'To: undisclosed-recipients:;\n\nhi', { fields: [{ path: 'to', problem: 'no-recipient' }] }],
    ['what is no address', 'To: jan\nCc: c@customer.example\n\nhi', { address: 'jan', fields: [{ path: 'to', problem: 'not-an-address' }] }],
  ])('to %s is refused and leaves no file', async (_name, text, evidence) => {
    expect(await pipe(text)).toMatchObject({ ok: false, failure: { code: 'input.invalid', evidence } })
    expect(files()).toEqual([])
  })

  test('a file that is not there is said so', async () => {
    expect(await outbox.queueMessage(account, join(place.folder.root, 'gone'), ['a@b.example'])).toMatchObject({ ok: false, failure: { code: 'input.unreadable-file' } })
  })

  test('attachments are named but not kept in memory or in the row', async () => {
    const row = value(await pipe('To: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nhi\n--x\nContent-Type: application/pdf; name="a.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="b.pdf"\n\nx\n--x--\n'))
    expect(row.attachmentNames).toEqual(['a.pdf', 'b.pdf'])
  })
})

describe('a run', () => {
  test('takes the oldest first, each once, and only what is due', async () => {
    const first = await queue({ subject: '1' })
    const second = await queue({ subject: '2' })
    await queue({ notBefore: later(10).toISOString() })
    await queue({ hold: true })
    await queue({}, accountOf({}, 'home'))
    expect(outbox.accountsReady(place.clock.at)).toEqual(['office', 'home'].toSorted())
    expect([take()?.id, take()?.id, take()]).toEqual([first.id, second.id, null])
    expect(outbox.waitingCount('office')).toBe(2)
    expect(outbox.accountsReady(place.clock.at)).toEqual(['home'])
    expect(outbox.accountsReady(later(10))).toEqual(['home', 'office'].toSorted())
    expect(take(later(10))).not.toBeNull()
  })

  test('a mail that could not be tried keeps its place', async () => {
    const first = await queue({ subject: '1' })
    await queue({ subject: '2' })
    await outbox.giveBack(take()!, failure('connect.refused'), null)
    expect(take()?.id).toBe(first.id)
  })

  test('sent means sent, with the answer for each recipient and the whole way in the history', async () => {
    const { id } = await queue({ cc: [{ address: 'gone@customer.example' }] })
    const mail = take()!
    await run().submitting(mail)
    await run().sent(mail, '250 2.0.0 Ok: queued', [{ address: 'GONE@customer.example', accepted: false, replyCode: 550, words: '550 no such user' }])
    const view = value(outbox.get(id))
    expect(view).toMatchObject({
      state: 'sent', attempts: 1, failure: null,
      recipients: [{ address: 'jan@customer.example', state: 'accepted' }, { address: 'gone@customer.example', state: 'refused', replyCode: 550, words: '550 no such user' }],
    })
    expect(view.history.map(({ state }) => state)).toEqual(['ready', 'sending', 'submitting', 'sent'])
    expect(view.history.at(-1)?.words).toBe('250 2.0.0 Ok: queued')
    expect(files()).toHaveLength(1)
  })

  test('a refusal for good is an error; one for now is ready again, not before its time, and says why', async () => {
    const { id } = await queue()
    await run().refused(take()!, refusal, later(15))
    expect(value(outbox.get(id))).toMatchObject({ state: 'ready', failure: refusal, notBefore: later(15).toISOString(), attempts: 1 })
    expect(take()).toBeNull()
    const again = take(later(15))!
    expect(again.id).toBe(id)
    await run().submitting(again)
    await run().refused(again, refusal)
    expect(value(outbox.get(id))).toMatchObject({ state: 'error', failure: refusal, attempts: 2 })
    expect(value(outbox.get(id)).history.at(-1)).toMatchObject({ state: 'error', failure: refusal, words: '550 no' })
    expect(outbox.clear(null)).toEqual([id])
    expect(value(outbox.get(id))).toMatchObject({ state: 'ready', failure: null, notBefore: null })
  })

  test('a run whose mail was reset meanwhile can not submit it any more', async () => {
    const { id } = await queue()
    const mail = take()!
    expect(outbox.reset([id])).toEqual([id])
    expect(await run().submitting(mail)).toBe(false)
    expect(stateOf(id)).toBe('ready')
    // Also when the next run has it by now.
    const other = take()!
    expect(await run().submitting(mail)).toBe(false)
    await run().refused(mail, refusal)
    await outbox.giveBack(mail, null, null)
    expect(stateOf(id)).toBe('sending')
    expect(await run().submitting(other)).toBe(true)
  })

  test('what was submitted can not be reset; its outcome is unknown until somebody says', async () => {
    const { id } = await queue()
    const mail = take()!
    await run().submitting(mail)
    expect(outbox.reset(null)).toEqual([])
    await run().unknown(mail)
    expect([outbox.reset([id]), outbox.clear([id]), outbox.cancel([id]), outbox.release([id]), take()]).toEqual([[], [], [], [], null])
    expect(outbox.resolve([id, 'nobody'], 'was-sent')).toEqual([id])
    expect(value(outbox.get(id))).toMatchObject({ state: 'sent', recipients: [{ state: 'accepted' }] })
    expect(outbox.resolve([id], 'was-not-sent')).toEqual([])
  })

  test('after a crash nothing that may have gone out is ready by itself', async () => {
    const [one, two] = [await queue(), await queue()]
    take()
    await run().submitting(take()!)
    outbox = createOutbox(place)
    expect(outbox.recoverAll()).toEqual({ ok: true, value: { readied: 1, unknown: 1 } })
    expect([stateOf(one.id), stateOf(two.id)]).toEqual(['ready', 'unknown'])
    expect(outbox.recoverAll()).toEqual({ ok: true, value: { readied: 0, unknown: 0 } })
    expect(value(outbox.get(two.id)).failure?.code).toBe('send.outcome-unknown')
  })
})

describe('moves', () => {
  /** Every state a mail can be in, and what each command makes of it; all else leaves it alone. */
  const moves: Readonly<Record<'reset' | 'clear' | 'hold' | 'release' | 'cancel', Partial<Record<OutgoingState, OutgoingState>>>> = {
    reset: { sending: 'ready' },
    clear: { error: 'ready' },
    hold: { ready: 'held', scheduled: 'held' },
    release: { held: 'ready' },
    cancel: { draft: 'cancelled', scheduled: 'cancelled', held: 'cancelled', ready: 'cancelled', error: 'cancelled' },
  }

  test.each(Object.keys(moves) as (keyof typeof moves)[])('%s moves only what it may, notes it once, and tells', async (command) => {
    const told: string[][] = []
    outbox.onChange((ids) => told.push([...ids]))
    for (const state of outgoingStateSchema.options) {
      const { id } = await queue()
      place.database.prepare('UPDATE outgoing SET state = ?, not_before = ? WHERE id = ?').run(state, state === 'scheduled' ? later(5).getTime() : null, id)
      told.length = 0
      const to = moves[command][state]
      expect(outbox[command]([id, 'nobody']), state).toEqual(to === undefined ? [] : [id])
      expect(stateOf(id)).toBe(to ?? state)
      expect(value(outbox.get(id)).history).toHaveLength(to === undefined ? 1 : 2)
      expect(told).toEqual(to === undefined ? [] : [[id]])
    }
  })

  test('a mail that was put on hold while scheduled is not sent before its time', async () => {
    const { id } = await queue({ notBefore: later(5).toISOString() })
    outbox.hold([id])
    expect(outbox.release([id])).toEqual([id])
    expect(take()).toBeNull()
    expect(take(later(5))?.id).toBe(id)
  })
})

test('the list is newest first, by state and account, with counts of all states', async () => {
  const ids: string[] = []
  for (const subject of ['1', '2', '3']) ids.unshift((await queue({ subject })).id)
  await queue({}, accountOf({}, 'home'))
  outbox.hold([ids[0]!])
  const office = { ...all, accountId: 'office' }
  expect(outbox.list(office).mails.map(({ id }) => id)).toEqual(ids)
  expect(outbox.list({ ...office, states: ['ready'], limit: 1 })).toMatchObject({ mails: [{ id: ids[1] }], total: 2, counts: { ready: 2, held: 1 } })
  expect(outbox.list(all)).toMatchObject({ total: 4, counts: { ready: 3, held: 1 } })
  expect(outbox.list({ ...all, states: [] })).toMatchObject({ mails: [], total: 0 })
})
