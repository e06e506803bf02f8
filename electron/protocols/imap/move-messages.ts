/**
 * Moves messages out of the folder that is open (MOVE, RFC 6851). A server without it copies them first and removes what was copied then: whatever
 * happens in between, a message is there once or twice, never not at all.
 */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { ImapConnection } from './imap-connection.ts'
import { quoted } from './mailbox-name.ts'
import { removeMessages } from './remove-messages.ts'
import { uidSet } from './uid-set.ts'

/** UIDs to a command. */
const batchCount = 500

/** `name`: of the other folder, as the server writes it. */
export async function moveMessages(connection: ImapConnection, uidValidity: string, uids: readonly number[], name: string): Promise<Outcome<void>> {
  const to = quoted(name)
  if (to === null) return failed('mailbox.missing', { ...connection.evidence, name })
  if (uids.length === 0) return failed('message.gone', connection.evidence)
  for (let at = 0; at < uids.length; at += batchCount) {
    const batch = uids.slice(at, at + batchCount)
    const hasMove = connection.capabilities.has('MOVE')
    const taken = await connection.ask(`UID ${hasMove ? 'MOVE' : 'COPY'} ${uidSet(batch)} ${to}`)
    if (!taken.ok) return taken
    if (hasMove) continue
    const removed = await removeMessages(connection, uidValidity, batch)
    if (!removed.ok) return removed
    // Somebody else's message is marked there, and nothing can be removed without it: both copies stay.
    if (removed.value.length === 0) return failed('server.refused', { ...connection.evidence, name })
  }
  return done(undefined)
}
