/** Where messages stand on the server, for what a person has it do with them. */
import type { MessageKey } from '../../shared/model/message.ts'
import type { FolderRows } from './folder-rows.ts'
import type { Memberships, ServerPlace } from './memberships.ts'

/** In this folder, or in the first one that does not show everything; those that are gone from there are left out. */
export function serverPlaces(members: Pick<Memberships, 'of'>, folders: Pick<FolderRows, 'showsAll'>, ids: readonly MessageKey[], from: string | null): readonly ServerPlace[] {
  return ids.flatMap((id) => {
    const there = members.of(id).flatMap(({ accountId, folder, serverId, isGone, isDeleted }) => (serverId === null || isGone || isDeleted ? [] : [{ accountId, folder, serverId }]))
    const place = from === null ? (there.find(({ accountId, folder }) => !folders.showsAll(accountId, folder)) ?? there[0]) : there.find(({ folder }) => folder === from)
    return place === undefined ? [] : [place]
  })
}
