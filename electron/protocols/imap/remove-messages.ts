/** Removes messages from the folder that is open and answers with those whose removal the server has confirmed (RFC 9051 sections 6.4.3, 6.4.9). */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { ImapConnection } from './imap-connection.ts'
import { textIn } from './imap-responses.ts'
import { uidSet } from './uid-set.ts'

/** UIDs to a command that marks and removes. */
const batchCount = 500

export async function removeMessages(connection: ImapConnection, uidValidity: string, uids: readonly number[]): Promise<Outcome<readonly string[]>> {
  const removed: string[] = []
  for (let at = 0; at < uids.length; at += batchCount) {
    const batch = uids.slice(at, at + batchCount)
    const taken = await removeBatch(connection, batch)
    // What was confirmed before is gone, whatever became of the rest.
    if (!taken.ok) return removed.length > 0 ? done(removed) : taken
    if (!taken.value) break
    removed.push(...batch.map((uid) => `${uidValidity}:${uid}`))
  }
  return done(removed)
}

async function removeBatch(connection: ImapConnection, uids: readonly number[]): Promise<Outcome<boolean>> {
  const { capabilities } = connection
  const may = capabilities.has('UIDPLUS') ? done(true) : await onlyOurs(connection, uids)
  if (!may.ok || !may.value) return may
  const marked = await connection.ask(`UID STORE ${uidSet(uids)} +FLAGS.SILENT (\\Deleted)`)
  if (!marked.ok) return marked
  const expunged = await connection.ask(capabilities.has('UIDPLUS') ? `UID EXPUNGE ${uidSet(uids)}` : 'EXPUNGE')
  return expunged.ok ? done(true) : expunged
}

/** Without UIDPLUS (RFC 4315) EXPUNGE removes all that is marked \Deleted, by whomever: then only if nothing else is. */
async function onlyOurs(connection: ImapConnection, uids: readonly number[]): Promise<Outcome<boolean>> {
  const ours = new Set(uids)
  let areOurs = true
  const searched = await connection.ask('UID SEARCH DELETED', ({ name, values }) => {
    if (name === 'SEARCH') areOurs &&= values.every((value) => ours.has(Number(textIn(value))))
  })
  return searched.ok ? done(areOurs) : searched
}
