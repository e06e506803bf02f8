/**
 * B6: which outgoing server an account uses that has none of its own: the unit's before the organization's, and of each level
 * only one that is switched on. The reasons are for the screen that says which won and why.
 */
import type { AccountDraft, OutgoingServer } from '../../shared/model/account.ts'
import type { Settings } from '../storage/settings.ts'

export type LevelRule = 'wins' | 'switched-off' | 'other-unit' | 'further-away'

export interface RankedServer {
  readonly server: OutgoingServer
  readonly because: LevelRule
}

/** Every shared server, nearest level first, and why it is used or not. At most one wins: the first of its level that is on. */
export function rankSharedServers(settings: Pick<Settings, 'outgoingServers'>, unitId: string | null): readonly RankedServer[] {
  const nearestFirst = settings.outgoingServers.toSorted((one, other) => distance(one) - distance(other))
  const winner = nearestFirst.find((server) => server.enabled && concerns(server, unitId))
  return nearestFirst.map((server): RankedServer => {
    if (server === winner) return { server, because: 'wins' }
    if (!concerns(server, unitId)) return { server, because: 'other-unit' }
    return { server, because: server.enabled ? 'further-away' : 'switched-off' }
  })
}

export function nearestSharedServer(settings: Pick<Settings, 'outgoingServers'>, unitId: string | null): OutgoingServer | null {
  return rankSharedServers(settings, unitId).find(({ because }) => because === 'wins')?.server ?? null
}

/** A3: may it send, and has it a server to send through? */
export function hasWayOut(settings: Pick<Settings, 'outgoingServers'>, account: Pick<AccountDraft, 'outgoing' | 'unitId'>): boolean {
  if (account.outgoing === null || !account.outgoing.enabled) return false
  return account.outgoing.server.use === 'own' || nearestSharedServer(settings, account.unitId) !== null
}

function concerns(server: OutgoingServer, unitId: string | null): boolean {
  return server.level === 'organization' || (unitId !== null && server.unitId === unitId)
}

function distance(server: OutgoingServer): number {
  return server.level === 'unit' ? 0 : 1
}
