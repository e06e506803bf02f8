/**
 * Tells the server which flags a person set or took away (STORE, RFC 9051 section 6.4.6): one command for each flag and way,
 * all in one go. A flag the folder cannot keep is settled: telling it again would change nothing.
 */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { FlagChange } from '../../../shared/model/server-folder.ts'
import type { ImapConnection } from './imap-connection.ts'
import type { OpenedFolder } from './look-into-folder.ts'
import { uidSet } from './uid-set.ts'

const batchCount = 500

/** `uid` null = the message is not here any more. */
export interface Change {
  readonly change: FlagChange
  readonly uid: number | null
}

export async function changeFlags(connection: ImapConnection, { permanentFlags, readOnly }: OpenedFolder, changes: readonly Change[]): Promise<Outcome<readonly FlagChange[]>> {
  const canKeep = (flag: string) => !readOnly && (permanentFlags === null || permanentFlags.has(flag.toLowerCase()) || (!flag.startsWith('\\') && permanentFlags.has('\\*')))
  const settled = changes.filter(({ change, uid }) => uid === null || !canKeep(change.flag)).map(({ change }) => change)
  const groups = new Map<string, Change[]>()
  for (const one of changes) {
    const { flag, isSet } = one.change
    if (one.uid === null || !canKeep(flag)) continue
    const item = `${isSet ? '+' : '-'}FLAGS.SILENT (${flag})`
    groups.set(item, [...(groups.get(item) ?? []), one])
  }
  const asked: { readonly tag: string; readonly batch: readonly Change[] }[] = []
  for (const [item, group] of groups) {
    for (let at = 0; at < group.length; at += batchCount) {
      const batch = group.slice(at, at + batchCount)
      asked.push({ tag: connection.send(`UID STORE ${uidSet(batch.flatMap(({ uid }) => uid ?? []))} ${item}`), batch })
    }
  }
  for (const { tag, batch } of asked) {
    const answer = await connection.until(tag)
    if (!answer.ok) return answer
    if (answer.value.status === 'OK') settled.push(...batch.map(({ change }) => change))
  }
  return done(settled)
}
