/** No list sorts or walks what it does not show: each has an index in its order, however many messages there are. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { knownAgain } from '../../../electron/mail/known-again.ts'
import { memberships, noFlags } from '../../../electron/mail/memberships.ts'
import { messageRows } from '../../../electron/mail/message-rows.ts'
import { transaction } from '../../../electron/storage/database.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
beforeAll(() => {
  place = freshDataFolder()
  const rows = rowsOf((sql) => place.database.prepare(sql))
  transaction(place.database, () => {
    for (let at = 0; at < 300; at += 1) {
      const headers = { from: { name: 'Jan', address: 'jan@example.nl' }, to: [], subject: `${at}`, date: at * 1000, hasAttachments: false, readable: true, bulk: false }
      const folder = at % 3 === 0 ? 'Archive' : 'INBOX'
      rows.insert({ file: `office/00/${at}.eml`, size: 100, headers }, { accountId: at % 2 === 0 ? 'office' : 'home', folder, serverId: String(at), flags: noFlags, objectId: null, isPrivate: false, storedAt: at * 1000 })
    }
  })
})
afterAll(() => place.remove())

function rowsOf(prepare: (sql: string) => ReturnType<typeof place.database.prepare>) {
  const database = new Proxy(place.database, { get: (target, name) => (name === 'prepare' ? prepare : Reflect.get(target, name)) })
  return messageRows(database, { search: () => { throw new Error('nothing is searched here') } }, memberships(place.database))
}

test.each([
  ['of everything', null, null, 'message_newest'],
  ['of one account', 'office', null, 'message_newest_of_account'],
  ['of one folder', 'office', 'INBOX', 'membership_newest_of_folder'],
  ['of all inboxes', null, 'INBOX', 'membership_newest_everywhere'],
  ['of what is no longer on the server', 'office', '', 'message_gone'],
])('the list %s is read from an index, counted and placed by it', (_, accountId, folder, index) => {
  const asked: string[] = []
  const rows = rowsOf((sql) => {
    asked.push(sql)
    return place.database.prepare(sql)
  })
  asked.length = 0
  rows.list({ accountId, folder, search: '', offset: 20, limit: 10, placeOf: 7 })
  expect(asked.length).toBeGreaterThanOrEqual(3)
  for (const sql of asked) {
    const plan = place.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map((step) => String(step['detail']))
    expect(plan.join('\n'), sql).not.toMatch(/TEMP B-TREE|SCAN (?!\w+ USING (?:COVERING )?INDEX)/)
    expect(plan.some((step) => new RegExp(`\\b${index}( |$)`).test(step) || /INTEGER PRIMARY KEY|sqlite_autoindex_membership/.test(step)), `${sql}: ${plan.join('; ')}`).toBe(true)
  }
  expect(asked.filter((sql) => sql.includes('ORDER BY')).every((sql) => place.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().some((step) => new RegExp(`\\b${index}( |$)`).test(String(step['detail']))))).toBe(true)
})

test('whether a message is known again is asked of indexes', () => {
  const plan = (sql: string) => place.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map((step) => String(step['detail'])).join('\n')
  const asked: string[] = []
  const database = new Proxy(place.database, { get: (target, name) => (name === 'prepare' ? (sql: string) => (asked.push(sql), target.prepare(sql)) : Reflect.get(target, name)) })
  const nobody = (): never => { throw new Error('nothing is known here') }
  knownAgain({ database, members: memberships(place.database), ledger: { isKnown: nobody, noteStored: nobody, moveEntry: nobody, anyDeleted: nobody, deletedOfSize: nobody }, flags: { take: nobody }, hasFolders: nobody, root: '', now: place.now })
  const candidates = asked.filter((sql) => sql.startsWith('SELECT') && sql.includes('account_id'))
  expect(candidates.map((sql) => /message_(?:of_size|gone_by_size|of_object)(?= )/.exec(plan(sql))?.[0])).toEqual(['message_of_object', 'message_gone_by_size', 'message_gone_by_size', 'message_of_size', 'message_of_size'])
})
