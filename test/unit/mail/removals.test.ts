/** What leaves the server, why and when, with a clock that is turned; and what nobody agreed to. */
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import type { MailStore } from '../../../electron/mail/mail-store.ts'
import type { Delivery } from '../../../shared/model/account.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let mail: MailStore

beforeEach(() => {
  place = freshDataFolder()
  mail = createMailStore(place)
})
afterEach(() => place.remove())

const day = 24 * 60 * 60 * 1000
const keep: Delivery = { leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false }
const turn = (days: number) => {
  place.clock.at = new Date(place.clock.at.getTime() + days * day)
}

async function store(...serverIds: readonly string[]): Promise<void> {
  const batch = mail.receive('office', 'INBOX')
  for (const serverId of serverIds) {
    const message = await batch.begin(serverId, { seen: false })
    await message.write(Buffer.from(`From: Jan <jan@example.nl>\r\nSubject: ${serverId}\r\n\r\n${serverId}\r\n`))
    expect(await message.finish()).toMatchObject({ ok: true })
  }
  expect(await batch.commit()).toMatchObject({ ok: true, value: { stored: serverIds.length } })
}

const idOf = (subject: string): number => mail.list({ accountId: null, search: '', offset: 0, limit: 500 }).messages.find((row) => row.subject === subject)?.id ?? 0
const remove = async (subject: string): Promise<number> => {
  const id = idOf(subject)
  expect(await mail.delete([id])).toMatchObject({ ok: true })
  return id
}
const previewed = (rule: Partial<Delivery>) =>
  Object.fromEntries(mail.previewRemovals('office', { ...keep, ...rule }).rows.map(({ subject, reason, dueAt }) => [subject, dueAt === null ? reason : `${reason} at ${dueAt.slice(0, 10)}`]))

describe('the preview', () => {
  // Stored on the 22nd: `old` and `old-deleted`; on the 29th: `new` and `new-deleted`.
  beforeEach(async () => {
    await store('old', 'old-deleted')
    turn(7)
    await store('new', 'new-deleted')
    await remove('old-deleted')
    await remove('new-deleted')
  })

  const notLeft = { old: 'not-left', 'old-deleted': 'not-left', new: 'not-left', 'new-deleted': 'not-left' }
  test.each<[string, Partial<Delivery>, Readonly<Record<string, string>>]>([
    ['a copy is left', {}, {}],
    ['no copy is left', { leaveCopy: false }, notLeft],
    ['no copy is left, whatever else is said', { leaveCopy: false, removeAfterDays: 3650, removeWhenDeleted: true }, notLeft],
    ['removed when deleted here', { removeWhenDeleted: true }, { 'old-deleted': 'deleted-here', 'new-deleted': 'deleted-here' }],
    ['removed after 7 days', { removeAfterDays: 7 }, {
      old: 'older-than-days', 'old-deleted': 'older-than-days', new: 'older-than-days at 2026-12-06', 'new-deleted': 'older-than-days at 2026-12-06',
    }],
    ['removed after 8 days', { removeAfterDays: 8 }, {
      old: 'older-than-days at 2026-11-30', 'old-deleted': 'older-than-days at 2026-11-30', new: 'older-than-days at 2026-12-07', 'new-deleted': 'older-than-days at 2026-12-07',
    }],
    ['removed after 7 days or when deleted here', { removeAfterDays: 7, removeWhenDeleted: true }, {
      old: 'older-than-days', 'old-deleted': 'deleted-here', new: 'older-than-days at 2026-12-06', 'new-deleted': 'deleted-here',
    }],
  ])('says what goes, why and when: %s', (_, rule, expected) => {
    expect(previewed(rule)).toEqual(expected)
    const now = Object.keys(expected).filter((subject) => expected[subject]?.includes(' at ') !== true)
    const { due, total } = mail.previewRemovals('office', { ...keep, ...rule })
    expect({ due, total }).toEqual({ due: now.length, total: Object.keys(expected).length })
    // The same condition lets them go.
    expect(mail.dueForRemoval('office', 'INBOX', { ...keep, ...rule }).toSorted()).toEqual(now.toSorted())
  })

  test('a message that is due later is due when that day has come, and not an hour before', () => {
    turn(6 + 23 / 24)
    expect(previewed({ removeAfterDays: 7 })['new']).toBe('older-than-days at 2026-12-06')
    turn(1 / 24)
    expect(previewed({ removeAfterDays: 7 })['new']).toBe('older-than-days')
  })

  test('names also what was deleted here, and its id', () => {
    const { rows } = mail.previewRemovals('office', { ...keep, removeWhenDeleted: true })
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row).toMatchObject({ from: { name: 'Jan', address: 'jan@example.nl' }, id: expect.any(Number) })
  })

  test('leaves out what somebody else took from the server, until it is listed again', () => {
    mail.noteListed('office', 'INBOX', new Set(['new', 'new-deleted']))
    expect(Object.keys(previewed({ leaveCopy: false })).toSorted()).toEqual(['new', 'new-deleted'])
    expect(mail.removals('office', 10).total).toBe(0)
    mail.noteListed('office', 'INBOX', new Set(['new', 'new-deleted', 'old']))
    expect(Object.keys(previewed({ leaveCopy: false })).toSorted()).toEqual(['new', 'new-deleted', 'old'])
  })
})

test('a preview of many names the first 500 and counts all', async () => {
  await store(...Array.from({ length: 510 }, (_, number) => `m${number}`))
  const { due, total, rows } = mail.previewRemovals('office', { ...keep, leaveCopy: false })
  expect({ due, total, named: rows.length }).toEqual({ due: 510, total: 510, named: 500 })
})

describe('an agreement', () => {
  const after14: Delivery = { ...keep, removeAfterDays: 14 }

  test('is not needed for a rule that removes nothing, and is for every other', () => {
    expect(mail.mayRemove('office', keep)).toBe(true)
    for (const rule of [{ leaveCopy: false }, { removeAfterDays: 14 }, { removeWhenDeleted: true }]) expect(mail.mayRemove('office', { ...keep, ...rule })).toBe(false)
  })

  test('holds for exactly the rule and the account it was given for', () => {
    mail.agreeToRemovals('office', after14)
    expect(mail.mayRemove('office', after14)).toBe(true)
    for (const other of [{ removeAfterDays: 13 }, { removeWhenDeleted: true }, { leaveCopy: false }]) expect(mail.mayRemove('office', { ...after14, ...other })).toBe(false)
    expect(mail.mayRemove('home', after14)).toBe(false)
    mail.agreeToRemovals('office', { ...keep, leaveCopy: false })
    expect(mail.mayRemove('office', after14)).toBe(false)
    // Without a copy left, the days say nothing.
    expect(mail.mayRemove('office', { ...after14, leaveCopy: false })).toBe(true)
  })

  test('outlives the program, and ends when it is withdrawn or the account goes', async () => {
    mail.agreeToRemovals('office', after14)
    mail = createMailStore(place)
    expect(mail.mayRemove('office', after14)).toBe(true)
    mail.agreeToRemovals('office', null)
    expect(mail.mayRemove('office', after14)).toBe(false)
    mail.agreeToRemovals('office', after14)
    expect(await mail.deleteAccount('office')).toMatchObject({ ok: true })
    expect(mail.mayRemove('office', after14)).toBe(false)
  })
})

describe('taking a deletion back', () => {
  const removing: Delivery = { ...keep, removeWhenDeleted: true }
  const files = () => readdirSync(place.folder.mail, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml')).length
  const found = (search: string) => mail.list({ accountId: null, search, offset: 0, limit: 9 }).total

  test('within a day brings the message back as it was: flags, private mark, place in the search, and nothing is fetched', async () => {
    await store('one', 'two')
    expect((await mail.index({ signal: new AbortController().signal, tell: () => undefined })).ok).toBe(true)
    mail.markPrivate([idOf('one')], true)
    mail.markFlagged([idOf('one')], true)
    const before = mail.list({ accountId: null, search: 'one', offset: 0, limit: 9 }).messages
    const id = await remove('one')
    turn(23 / 24)
    expect(await mail.putAwayDeleted()).toMatchObject({ ok: true })
    expect([idOf('one'), found('one'), mail.counts('office').messages, mail.folders('office')[0]?.messages]).toEqual([0, 0, 1, 1])
    expect([await mail.read(id), await mail.source(id, 0, 9)]).toMatchObject([{ failure: { code: 'mail.unknown' } }, { failure: { code: 'mail.unknown' } }])
    expect(mail.dueForRemoval('office', 'INBOX', removing)).toEqual(['one'])
    expect(mail.undoDelete([id, idOf('two'), 999])).toEqual({ undone: [id], again: [] })
    expect(mail.list({ accountId: null, search: 'one', offset: 0, limit: 9 }).messages).toEqual(before)
    expect(mail.dueForRemoval('office', 'INBOX', removing)).toEqual([])
    expect(mail.undoDelete([id]).undone).toEqual([])
    expect(mail.hasUnindexed()).toBe(false)
  })

  test('later makes the message unknown, so that the next fetch brings it again', async () => {
    await store('one', 'two')
    const id = await remove('one')
    turn(1)
    expect(await mail.putAwayDeleted()).toMatchObject({ ok: true })
    expect(files()).toBe(1)
    expect(mail.undoDelete([id, idOf('two'), 999])).toEqual({ undone: [id], again: [id] })
    expect(mail.knownServerIds('office', 'INBOX')).toEqual(new Set(['two']))
    expect(mail.dueForRemoval('office', 'INBOX', removing)).toEqual([])
    expect(mail.undoDelete([id]).undone).toEqual([])
    await store('one')
    expect(idOf('one')).toBeGreaterThan(id)
  })

  test('is possible for as long as the server waits to be told, however long that takes; then the file goes', async () => {
    await store('one', 'two')
    mail.agreeToRemovals('office', removing)
    const ids = [await remove('one'), await remove('two')]
    turn(40)
    await mail.putAwayDeleted()
    expect(files()).toBe(2)
    expect(mail.undoDelete(ids.slice(0, 1))).toEqual({ undone: ids.slice(0, 1), again: [] })
    mail.noteAsked('office', 'INBOX', ['two'])
    await mail.putAwayDeleted()
    expect(files()).toBe(2)
    mail.noteRemoved('office', 'INBOX', ['two'])
    await mail.putAwayDeleted()
    expect([files(), idOf('one')]).toEqual([1, ids[0]])
  })

  test('is possible where no copy is left on the server: this one may be the only one', async () => {
    await store('one')
    mail.noteAsked('office', 'INBOX', ['one'])
    mail.noteRemoved('office', 'INBOX', ['one'])
    turn(1)
    const id = await remove('one')
    await mail.putAwayDeleted()
    expect(mail.undoDelete([id])).toEqual({ undone: [id], again: [] })
    expect(idOf('one')).toBe(id)
  })

  test('is over once the server was told, whether it has answered or not', async () => {
    await store('one', 'two')
    const ids = [await remove('one'), await remove('two')]
    mail.noteAsked('office', 'INBOX', ['one', 'two'])
    mail.noteRemoved('office', 'INBOX', ['two'])
    expect(mail.undoDelete(ids).undone).toEqual([])
    expect(mail.knownServerIds('office', 'INBOX')).toEqual(new Set(['one', 'two']))
  })
})

describe('the ledger of removals', () => {
  test('names what the server confirmed, the last one first, also when the message is gone here', async () => {
    await store('one', 'two', 'three')
    await remove('one')
    mail.noteRemoved('office', 'INBOX', ['one'])
    turn(1)
    mail.noteAsked('office', 'INBOX', ['two', 'three'])
    mail.noteRemoved('office', 'INBOX', ['two'])
    expect(mail.removals('office', 10)).toMatchObject({
      total: 2,
      removals: [
        { subject: 'two', removedAt: '2026-11-23T09:00:00.000Z', deletedHere: false },
        { subject: 'one', from: { address: 'jan@example.nl' }, removedAt: '2026-11-22T09:00:00.000Z', deletedHere: true },
      ],
    })
    expect(mail.removals('office', 1)).toMatchObject({ total: 2, removals: [{ subject: 'two' }] })
  })

  test('a copy that was asked for and is no longer listed counts as removed: the list confirms what the lost reply did not', async () => {
    await store('one', 'two')
    mail.noteAsked('office', 'INBOX', ['one', 'two'])
    mail.noteListed('office', 'INBOX', new Set(['two']))
    expect(mail.removals('office', 10)).toMatchObject({ total: 1, removals: [{ subject: 'one' }] })
    expect(mail.dueForRemoval('office', 'INBOX', { ...keep, leaveCopy: false })).toEqual(['two'])
  })
})
