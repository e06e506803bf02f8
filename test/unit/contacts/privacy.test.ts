/**
 * PRODUCT C5: a private mail is on nobody's record, and nothing on a record, in its search, its counts, its dates or its names tells
 * that there is one. Every direction, account option, change by hand and order of events, in one data folder.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeptMail } from '../../../shared/model/contact.ts'
import { contactsWorld, value } from './contacts-world.ts'

const namesOf = (at: number) => ({
  address: `person-${at}@people-${at}.example`, other: `other-${at}@people-${at}.example`,
  secret: `Secretive${at} Name${at}`, plain: `Plain${at} Person${at}`, typed: `Typed${at} Friend${at}`,
})
const secretDate = 'Sun, 22 Nov 2026 08:00:00 +0000'
const earlierDate = '2026-11-21T08:00:00.000Z'

const ways = ['a received mail', 'a mail sent from here', 'a mail sent elsewhere'] as const
const changes = { 'left as it is': [], 'marked private': [true], 'marked not private': [false], 'marked private and back': [true, false], 'marked not private and back': [false, true] } as const
/** What a person does with the contact before the mail is there and after, and what that leaves of it. */
const handling = {
  'nothing is done to the contact': { before: [], after: [], stays: 'while mail makes it one' },
  'the contact was added before': { before: ['add'], after: [], stays: 'always' },
  'the contact is added afterwards': { before: [], after: ['add'], stays: 'always' },
  'the contact was merged before': { before: ['add', 'merge'], after: [], stays: 'always' },
  'the contact is merged afterwards': { before: ['add'], after: ['merge'], stays: 'always' },
  'the contact was removed before': { before: ['add', 'remove'], after: [], stays: 'never' },
  'the contact is removed afterwards': { before: ['add'], after: ['remove'], stays: 'never' },
  'the contact is removed and added again': { before: ['add'], after: ['remove', 'add'], stays: 'always' },
} as const

const cases = ways
  .flatMap((way) => [false, true].map((option) => ({ way, option })))
  .flatMap((one) => Object.entries(changes).map(([change, marks]) => ({ ...one, change, marks })))
  .flatMap((one) => Object.entries(handling).map(([hand, deeds]) => ({ ...one, hand, ...deeds })))
  .flatMap((one) => [false, true].map((earlier) => ({ ...one, earlier })))
  .map((one, at) => ({
    ...one, names: namesOf(1000 + at),
    words: `${one.option ? 'private' : 'not private'} by the account, ${one.change}; ${one.hand}${one.earlier ? '; an earlier mail is not private' : ''}`,
  }))
type Case = (typeof cases)[number]

let world: ReturnType<typeof contactsWorld>
const kept = new Map<Case, KeptMail>()
const keptOf = (some: readonly Case[]) => some.flatMap((one) => kept.get(one) ?? [])

/** Everything happens to all of them side by side, so that the disk is waited for a few times and not thousands. */
beforeAll(async () => {
  world = contactsWorld()
  for (const deed of [0, 1]) for (const one of cases) await handle(one.before[deed], one.names)
  await world.receive(cases.filter(({ earlier }) => earlier).map(({ names }) => ({ subject: 'earlier', name: names.plain, address: names.address })))
  for (const way of ways) for (const option of [false, true]) await write(way, option)
  for (const mark of [0, 1]) {
    for (const isPrivate of [false, true]) world.mark(keptOf(cases.filter(({ marks }) => marks[mark] === isPrivate)), isPrivate)
  }
  for (const deed of [0, 1]) for (const one of cases) await handle(one.after[deed], one.names)
  told = await everythingTold()
})
afterAll(() => world.remove())

async function write(way: (typeof ways)[number], option: boolean): Promise<void> {
  const some = cases.filter((one) => one.way === way && one.option === option)
  const written = some.map(({ names }) => ({ subject: `about ${names.secret}`, name: names.secret, address: names.address, date: secretDate }))
  const mails = await {
    'a received mail': () => world.receive(written, { incoming: option, outgoing: !option }),
    'a mail sent elsewhere': () => world.sentElsewhere(written, { incoming: !option, outgoing: option }),
    'a mail sent from here': async () => {
      const queued: KeptMail[] = []
      for (const one of written) queued.push(await world.queue(one, { incoming: !option, outgoing: option }))
      for (const _each of written) await world.submit()
      return queued
    },
  }[way]()
  some.forEach((one, at) => kept.set(one, mails[at]!))
}

async function handle(deed: 'add' | 'merge' | 'remove' | undefined, { address, other, typed }: Case['names']): Promise<void> {
  if (deed === undefined) return
  const found = await world.contacts.find(address)
  const draft = { name: typed, note: '', addresses: [address] }
  if (deed === 'add') return void value(await (found.ok ? world.contacts.change(found.value.id, draft) : world.contacts.create(draft)))
  const { id } = value(found)
  if (deed === 'remove') return void (await world.contacts.remove([id]))
  const into = value(await world.contacts.create({ name: typed, note: '', addresses: [other] }))
  value(await world.contacts.merge(into.id, [id]))
}

/** All that all records tell, by address, and who is found by what only a secret mail says. */
async function everythingTold() {
  const rows = []
  for (let offset = 0, total = 1; offset < total; offset += 500) {
    const { contacts, total: all } = await world.contacts.list({ search: '', order: 'name', offset, limit: 500 })
    rows.push(...contacts)
    total = all
  }
  const records = await Promise.all(rows.map(async (row) => {
    const { name, months, note } = value(await world.contacts.get(row.id))
    const letters = await world.lettersOf(row.id)
    const inMonths = months.reduce((sum, month) => sum + month.received + month.sent, 0)
    const found = (await world.lettersOf(row.id, 'secretive')).length
    return { ...row, name, note, inMonths, mails: row.received + row.sent, found, subjects: letters.map(({ subject }) => subject).toSorted() }
  }))
  const searched = (await world.contacts.list({ search: 'secretive', order: 'last', offset: 0, limit: 500 })).contacts.map(({ name }) => name)
  return { of: new Map(records.flatMap((record) => record.addresses.map((address) => [address, record] as const))), searched }
}

let told: Awaited<ReturnType<typeof everythingTold>>

describe.each(ways)('%s', (way) => {
  test.each(cases.filter((one) => one.way === way))('$words', async (one) => {
    const { option, marks, stays, earlier, names } = one
    const isPrivate = marks.at(-1) ?? option
    const subjects = [...(isPrivate ? [] : [`about ${names.secret}`]), ...(earlier ? ['earlier'] : [])].toSorted()
    const isContact = stays === 'always' || (stays === 'while mail makes it one' && subjects.length > 0)
    const contact = told.of.get(names.address)
    expect(contact?.subjects ?? null).toEqual(isContact ? subjects : null)
    expect(contact?.mails ?? 0).toBe(isContact ? subjects.length : 0)
    expect(contact?.inMonths ?? 0).toBe(isContact ? subjects.length : 0)
    expect(contact?.found ?? 0).toBe(isContact && !isPrivate ? 1 : 0)
    expect([earlierDate, null].includes(contact?.lastAt ?? null)).toBe(isPrivate || !isContact)
    // Learnt from mail that is not private, from theirs before one's own; what a person typed outdoes it.
    expect(told.searched.includes(names.secret)).toBe(isContact && !isPrivate && stays !== 'always' && (way === 'a received mail' || !earlier))
    expect((await world.contacts.parties(kept.get(one)!)).filed).toBe(!isPrivate)
  })
})

describe('afterwards', () => {
  test('what is marked private now is taken off, with its name, its date and its place in every count', async () => {
    world.mark(keptOf(cases), true)
    const { of, searched } = await everythingTold()
    expect(searched).toEqual([])
    expect(JSON.stringify([...of.values()])).not.toMatch(/secretive/i)
    for (const { names, stays, earlier } of cases) expect(of.get(names.address)?.mails ?? 0).toBe(stays !== 'never' && earlier ? 1 : 0)
  })

  test('and what is marked not private is put on, except of people who were removed', async () => {
    world.mark(keptOf(cases), false)
    const { of } = await everythingTold()
    for (const { names, stays } of cases) expect(of.get(names.address)?.subjects.includes(`about ${names.secret}`) ?? false).toBe(stays !== 'never')
  })

  test('a message that is deleted leaves the record, and takes with it whom nobody but mail made a contact', async () => {
    const received = cases.filter(({ way, earlier }) => way !== 'a mail sent from here' && !earlier)
    value(await world.mail.delete(keptOf(received).flatMap((one) => (one.in === 'mail' ? [one.id] : []))))
    const { of } = await everythingTold()
    for (const { names, stays } of received) expect(of.get(names.address)?.mails ?? null).toBe(stays === 'always' ? 0 : null)
  })
})

test('after all of this, what is known of every address is what its mail says, computed anew', () => {
  const filed = world.database.prepare('SELECT key, direction, at, message_id, outgoing_id FROM correspondence ORDER BY 1, 2, 4, 5').all()
  const should = world.database
    .prepare('SELECT key, direction, at, message_id, NULL AS outgoing_id FROM message_to_file UNION ALL SELECT key, direction, at, NULL, outgoing_id FROM outgoing_to_file ORDER BY 1, 2, 4, 5')
    .all()
  expect(filed).toEqual(should)
  expect(filed.length).toBeGreaterThan(200)
  const wrong = world.database
    .prepare(
      `SELECT * FROM correspondent p WHERE received <> (SELECT count(*) FROM correspondence c WHERE c.key = p.key AND direction = 'incoming')
         OR sent <> (SELECT count(*) FROM correspondence c WHERE c.key = p.key AND direction = 'outgoing')
         OR makes_contact <> (SELECT total(makes_contact) FROM correspondence c WHERE c.key = p.key)
         OR last_at IS NOT (SELECT max(at) FROM correspondence c WHERE c.key = p.key)
         OR (contact_id IS NULL) <> (refused OR makes_contact = 0 AND NOT kept)`,
    )
    .all()
  expect(wrong).toEqual([])
  expect(world.database.prepare('SELECT id FROM contact WHERE id NOT IN (SELECT contact_id FROM correspondent WHERE contact_id IS NOT NULL)').all()).toEqual([])
})
