/**
 * B6: which outgoing server an account's mail takes. The account's own comes first, then its unit's, then the organization's;
 * the nearest one that is switched on wins. Every rung has its reason, for whoever asks why.
 */
import { type AccountDraft, sessionHost } from './account.ts'
import { type HouseServer, type Level, type Levels, unitOf } from './levels.ts'

export type RungReason = 'wins' | 'none' | 'switched-off' | 'further-away'

export interface Rung {
  readonly level: 'account' | 'unit' | 'organization'
  /** The account's, the unit's or the organization's; empty where it has none. */
  readonly name: string
  /** null = no server is set here. */
  readonly host: string | null
  readonly because: RungReason
}

type Sender = Pick<AccountDraft, 'outgoing' | 'unitId' | 'name'> & Partial<Pick<AccountDraft, 'incoming'>>

/** Nearest first. The unit's rung is there only for an account that belongs to one. */
export function wayOut(sender: Sender, levels: Levels): readonly Rung[] {
  const own = ownServerOf(sender)
  const unit = unitOf(levels, sender.unitId)
  const candidates: { level: Rung['level']; name: string; server: { readonly host: string; readonly enabled: boolean } | null }[] = [
    { level: 'account', name: sender.name, server: own === null ? null : { host: own, enabled: true } },
    ...(unit === null ? [] : [{ level: 'unit' as const, name: unit.name, server: unit.server }]),
    { level: 'organization', name: levels.organization.name, server: levels.organization.server },
  ]
  const winner = candidates.find(({ server }) => server?.enabled === true)
  return candidates.map((candidate): Rung => {
    const { level, name, server } = candidate
    if (server === null) return { level, name, host: null, because: 'none' }
    const because = candidate === winner ? 'wins' : server.enabled ? 'further-away' : 'switched-off'
    return { level, name, host: server.host, because }
  })
}

/** Where mail goes out without any level's help; null = nowhere. */
function ownServerOf({ outgoing, incoming }: Sender): string | null {
  if (outgoing?.server.use === 'own') return outgoing.server.host
  return outgoing?.server.use === 'incoming' && incoming?.protocol === 'jmap' ? sessionHost(incoming.sessionUrl) : null
}

/** The server of a level above the account that its mail takes, where it has none of its own; null = none is switched on. */
export function houseServerFor({ unitId }: Pick<AccountDraft, 'unitId'>, levels: Levels): { readonly level: Level; readonly server: HouseServer } | null {
  const unit = unitOf(levels, unitId)
  if (unit?.server?.enabled === true) return { level: { is: 'unit', id: unit.id }, server: unit.server }
  const { server } = levels.organization
  return server?.enabled === true ? { level: { is: 'organization' }, server } : null
}

/** A3: may it send, and has it a server to send through? */
export function hasWayOut(account: Pick<AccountDraft, 'outgoing' | 'unitId'>, levels: Levels): boolean {
  if (account.outgoing === null || !account.outgoing.enabled) return false
  return account.outgoing.server.use !== 'shared' || houseServerFor(account, levels) !== null
}
