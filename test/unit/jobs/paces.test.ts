import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPaces, type Paces } from '../../../electron/jobs/paces.ts'
import { failure } from '../../../shared/failures/failure.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let paces: Paces
const minute = 60_000
const tooFast = failure('policy.too-fast', { replyCode: 421, serverWords: '421 4.7.0 slow down' })
const server = 'smtp.shop.example'

beforeEach(() => {
  place = freshDataFolder()
  paces = createPaces({ database: place.database, random: () => 0.5 })
})
afterEach(() => place.remove())

const pass = (milliseconds: number) => { place.clock.at = new Date(place.clock.at.getTime() + milliseconds) }
const of = (host = server) => paces.of('office', host, place.clock.at)

test('nothing is known of a server at first, and nothing keeps the account', () => {
  expect(of()).toEqual({ gap: 0, connections: null, rest: null })
  expect(paces.restsUntil('office', place.clock.at)).toBeNull()
})

test('each "not so fast" doubles the gap and lengthens the rest, also over a restart; twenty mails in peace shorten it', () => {
  const rests = [1, 2, 3].map(() => {
    const rest = paces.slowed('office', server, tooFast, place.clock.at).getTime() - place.clock.at.getTime()
    pass(rest)
    return rest / minute
  })
  expect(rests).toEqual([1, 5, 15])
  paces = createPaces({ database: place.database })
  expect(of()).toMatchObject({ gap: 8000, connections: 1, rest: null })
  const gaps: number[] = []
  for (let mail = 1; mail <= 180; mail += 1) {
    paces.taken('office', server, 1, place.clock.at)
    if (mail % 20 === 0) gaps.push(of().gap)
  }
  expect(gaps).toEqual([6000, 4500, 3375, 2531, 1898, 1424, 1068, 801, 601])
})

test('the rest is the account\'s, with the server\'s words, and over when the server takes a mail', () => {
  const until = paces.slowed('office', server, tooFast, place.clock.at)
  expect(of().rest).toEqual({ until, failure: failure('policy.too-fast', { host: server, serverWords: '421 4.7.0 slow down' }) })
  expect([paces.restsUntil('office', place.clock.at), paces.restsUntil('other', place.clock.at)]).toEqual([until, null])
  paces.taken('office', server, 1, place.clock.at)
  expect([of().rest, paces.restsUntil('office', place.clock.at)]).toEqual([null, null])
})

test('a clock that was wrong keeps nobody for ever', () => {
  place.clock.at = new Date('2036-01-01')
  paces.slowed('office', server, tooFast, place.clock.at)
  place.clock.at = new Date('2026-11-22')
  expect([of().rest, paces.restsUntil('office', place.clock.at)]).toEqual([null, null])
})

test('a large provider\'s own limits hold from the first mail on', () => {
  expect(of('smtp.office365.com')).toMatchObject({ gap: 2000, connections: 1 })
  expect(of('SMTP.gmail.com')).toMatchObject({ gap: 0, rest: null })
  paces.taken('office', 'smtp.mail.yahoo.com', 499, place.clock.at)
  expect(of('smtp.mail.yahoo.com').rest).toBeNull()
  pass(60 * minute)
  paces.taken('office', 'smtp.mail.yahoo.com', 1, place.clock.at)
  expect(of('smtp.mail.yahoo.com').rest?.until.getTime()).toBe(place.clock.at.getTime() + 23 * 60 * minute)
  pass(23 * 60 * minute)
  expect(of('smtp.mail.yahoo.com').rest).toBeNull()
})

test('a day\'s share that is used up keeps the account for hours, and its pace stays', () => {
  const until = paces.slowed('office', server, failure('policy.too-fast', { replyCode: 550 }), place.clock.at)
  expect([until.getTime() - place.clock.at.getTime(), of().gap]).toEqual([60 * minute, 0])
})

test('a rest that the disk had no room for is kept to all the same, and is written as soon as there is room', () => {
  place.database.exec('VACUUM')
  const pages = Number(place.database.prepare('PRAGMA page_count').get()?.['page_count'])
  place.database.exec(`PRAGMA max_page_count = ${String(pages)}`)
  const wordy = failure('policy.too-fast', { replyCode: 421, serverWords: `421 4.7.0 ${'slow down '.repeat(2000)}` })
  expect(() => paces.slowed('office', server, wordy, place.clock.at)).toThrow('full')
  const until = paces.restsUntil('office', place.clock.at)
  expect(until).toEqual(new Date(place.clock.at.getTime() + minute))
  expect(createPaces({ database: place.database }).restsUntil('office', place.clock.at)).toBeNull()
  place.database.exec('PRAGMA max_page_count = 1000000')
  expect(paces.restsUntil('office', place.clock.at)).toEqual(until)
  expect(createPaces({ database: place.database }).restsUntil('office', place.clock.at)).toEqual(until)
})

test('a rest that is over is over, also while the disk has no room to say so', () => {
  paces.slowed('office', server, tooFast, place.clock.at)
  place.database.exec('PRAGMA query_only = on')
  expect(() => paces.taken('office', server, 1, place.clock.at)).toThrow('readonly')
  expect(paces.restsUntil('office', place.clock.at)).toBeNull()
})
