import { describe, expect, it } from 'vitest'
import type { AccountDraftInput } from '../../../shared/model/account.ts'
import { fieldProblemsOf } from '../../../shared/model/field-problem.ts'
import { letterheadOf } from '../../../shared/model/letterhead.ts'
import { type HouseServer, houseServerSchema, type Levels, organizationSchema, passageSchema, unitSchema } from '../../../shared/model/levels.ts'
import { hasWayOut, houseServerFor, wayOut } from '../../../shared/model/way-out.ts'
import { draftOf } from '../../fakes/one-account.ts'

const serverAt = (host: string, change: Partial<HouseServer> = {}): HouseServer => ({ ...houseServerSchema.parse({ host }), ...change })
const house = serverAt('house.example.nl')
const desk = serverAt('desk.example.nl')
function levelsWith(organization: HouseServer | null, unit: HouseServer | null): Levels {
  return {
    organization: organizationSchema.parse({ name: 'Acme', footer: 'Acme footer', server: organization }),
    units: [unitSchema.parse({ id: 'sales', name: 'Sales', footer: { text: '', html: '<b>Sales</b>' }, server: unit }), unitSchema.parse({ id: 'other', name: 'Other', server: serverAt('other.example.nl') })],
  }
}
const shared = { server: { use: 'shared' }, signIn: { use: 'none' } } as const
const sender = (change: Partial<AccountDraftInput> = {}) => draftOf({ outgoing: shared, unitId: 'sales', ...change })
const why = (change: Partial<AccountDraftInput>, levels: Levels) => wayOut(sender(change), levels).map(({ level, host, because }) => `${level} ${host ?? '-'} ${because}`)

describe('the outgoing server of an account', () => {
  it('is its own before its unit’s before the organization’s, and every level says why', () => {
    const levels = levelsWith(house, desk)
    expect(why({ outgoing: { server: { use: 'own', host: 'own.example.nl' } } }, levels)).toEqual(['account own.example.nl wins', 'unit desk.example.nl further-away', 'organization house.example.nl further-away'])
    expect(why({}, levels)).toEqual(['account - none', 'unit desk.example.nl wins', 'organization house.example.nl further-away'])
  })

  it('is never one that is switched off, nor another unit’s', () => {
    expect(why({}, levelsWith(house, { ...desk, enabled: false }))).toEqual(['account - none', 'unit desk.example.nl switched-off', 'organization house.example.nl wins'])
    expect(why({ unitId: null }, levelsWith(house, desk))).toEqual(['account - none', 'organization house.example.nl wins'])
    expect(why({ unitId: 'gone' }, levelsWith(house, desk))).toEqual(['account - none', 'organization house.example.nl wins'])
  })

  it('is none where no level has one that is on, and then the account cannot send', () => {
    const levels = levelsWith({ ...house, enabled: false }, null)
    expect(why({}, levels)).toEqual(['account - none', 'unit - none', 'organization house.example.nl switched-off'])
    expect(houseServerFor(sender(), levels)).toBeNull()
    expect(hasWayOut(sender(), levels)).toBe(false)
    expect(hasWayOut(sender(), levelsWith(house, null))).toBe(true)
    expect(hasWayOut(sender({ outgoing: { ...shared, enabled: false } }), levelsWith(house, null))).toBe(false)
  })
})

describe('a server of a level', () => {
  const problemsOf = (value: unknown) => {
    const parsed = houseServerSchema.safeParse(value)
    return parsed.success ? [] : fieldProblemsOf(parsed.error)
  }
  const server = { host: 'smtp.example.nl' }

  it('is refused with a field missing, beside that field', () => {
    expect(problemsOf(server)).toEqual([])
    expect(problemsOf({})).toEqual([{ path: 'host', problem: 'empty' }])
    expect(problemsOf({ ...server, signIn: {} })).toEqual([{ path: 'signIn.userName', problem: 'empty' }])
  })

  it('sends nothing in clear unless that was confirmed', () => {
    expect(problemsOf({ ...server, security: 'none' })).toEqual([{ path: 'security', problem: 'not-confirmed' }])
    expect(problemsOf({ ...server, security: 'none', clearTextConfirmed: true })).toEqual([])
  })

  it('that demands an address as user name holds its own to that', () => {
    const strict = { ...server, userNameMustBeAddress: true, signIn: { userName: 'house' } }
    expect(problemsOf(strict)).toEqual([{ path: 'signIn.userName', problem: 'must-be-address' }])
    expect(problemsOf({ ...strict, signIn: { userName: 'house@example.nl' } })).toEqual([])
  })
})

describe('the letterhead of an account', () => {
  it('has the footers of the account, its unit and the organization, in this order, without empty ones', () => {
    const texts = (change: Partial<AccountDraftInput>) => letterheadOf(sender({ sending: { footer: 'Account' }, ...change }), levelsWith(house, desk)).footers.map(({ text, html }) => text || html)
    expect(texts({})).toEqual(['Account', '<b>Sales</b>', 'Acme footer'])
    expect(texts({ unitId: null })).toEqual(['Account', 'Acme footer'])
    expect(texts({ sending: {} })).toEqual(['<b>Sales</b>', 'Acme footer'])
  })

  it('is the no-reply sender’s where the server that wins has one, and answers still reach the account', () => {
    const noReply = { ...house, noReplyAddress: 'no-reply@acme.example', noReplyName: 'Acme' }
    const head = letterheadOf(sender(), levelsWith(noReply, null))
    expect(head).toMatchObject({ from: { name: 'Acme', address: 'no-reply@acme.example' }, mailFrom: 'no-reply@acme.example', replyTo: { name: 'Office', address: 'office@shop.example' } })
    expect(letterheadOf(sender({ user: { displayName: 'Office', address: 'office@shop.example', replyToAddress: 'sales@shop.example', replyToName: 'Sales' } }), levelsWith(noReply, null)).replyTo).toEqual({ name: 'Sales', address: 'sales@shop.example' })
  })

  it('is the account’s own through its own server, and through a level’s without such a sender', () => {
    const noReply = { ...house, noReplyAddress: 'no-reply@acme.example' }
    for (const [change, levels] of [[{ outgoing: { server: { use: 'own', host: 'own.example.nl' } } }, levelsWith(noReply, null)], [{}, levelsWith(noReply, desk)]] as const) {
      expect(letterheadOf(sender(change), levels)).toMatchObject({ from: { address: 'office@shop.example' }, mailFrom: 'office@shop.example', replyTo: null })
    }
  })
})

it('a passage written as a plain string is its text', () => {
  expect(passageSchema.parse('KvK 123')).toEqual({ text: 'KvK 123', html: '' })
})
