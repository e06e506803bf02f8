import { describe, expect, it } from 'vitest'
import { hasWayOut, nearestSharedServer, rankSharedServers } from '../../../electron/accounts/shared-server.ts'
import { type OutgoingServer, outgoingServerSchema } from '../../../shared/model/account.ts'

const server = (id: string, level: 'organization' | 'unit', enabled: boolean, unitId: string | null = null): OutgoingServer =>
  outgoingServerSchema.parse({ id, name: id, level, unitId, enabled, host: 'smtp.example.nl' })
const why = (outgoingServers: OutgoingServer[], unitId: string | null) => rankSharedServers({ outgoingServers }, unitId).map((ranked) => `${ranked.server.id} ${ranked.because}`)

const house = server('house', 'organization', true)
const sales = server('sales', 'unit', true, 'sales')
const support = server('support', 'unit', true, 'support')

describe('the shared server of an account', () => {
  it("is its unit's before the organization's", () => {
    expect(why([house, sales, support], 'sales')).toEqual(['sales wins', 'support other-unit', 'house further-away'])
  })

  it("is the organization's where the unit's is switched off, and the reason is told", () => {
    expect(why([house, { ...sales, enabled: false }], 'sales')).toEqual(['sales switched-off', 'house wins'])
  })

  it("is the organization's for an account of no unit", () => {
    expect(why([sales, house], null)).toEqual(['sales other-unit', 'house wins'])
  })

  it('is the first of its level where there are several', () => {
    expect(why([house, { ...house, id: 'spare' }], null)).toEqual(['house wins', 'spare further-away'])
  })

  it('is none where all are switched off or belong to others', () => {
    expect(nearestSharedServer({ outgoingServers: [{ ...house, enabled: false }, support] }, 'sales')).toBeNull()
    expect(nearestSharedServer({ outgoingServers: [] }, null)).toBeNull()
  })

  it('is what an account without a server of its own needs for sending', () => {
    const outgoing = { enabled: true, server: { use: 'shared' as const }, signIn: { use: 'none' as const } }
    expect(hasWayOut({ outgoingServers: [house] }, { outgoing, unitId: null })).toBe(true)
    expect(hasWayOut({ outgoingServers: [] }, { outgoing, unitId: null })).toBe(false)
    expect(hasWayOut({ outgoingServers: [house] }, { outgoing: { ...outgoing, enabled: false }, unitId: null })).toBe(false)
  })
})
