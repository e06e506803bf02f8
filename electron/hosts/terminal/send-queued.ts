/** Sends an account's outbox now and says what became of one mail in it. */
import { done, type Outcome, refused } from '../../../shared/failures/failure.ts'
import type { OutgoingRow } from '../../../shared/model/outgoing-mail.ts'
import { exitCodes } from './exit-codes.ts'
import { followJobs } from './follow-jobs.ts'
import type { Session } from './session.ts'
import { tellRuns } from './tell-runs.ts'

/** Exit 75 = it waits in the outbox and will be tried again, as sendmail(8) says it: "queued, but not sent immediately". */
export async function sendQueued(session: Session, row: OutgoingRow): Promise<Outcome<number>> {
  const { caller, output, words } = session
  const teller = await tellRuns(session)
  const followed = await followJobs(session, async () => {
    const started = await caller.call('outbox.run', { accountIds: [row.accountId] })
    return started.ok ? done(started.value.jobIds) : started
  }, teller)
  if (!followed.ok) return followed
  const now = await caller.call('outbox.get', { id: row.id })
  if (!now.ok) return now
  const { state, failure } = now.value
  output.event('outbox.mail', now.value)
  if (state === 'sent') {
    output.line(words.sent(row.id))
    return done(exitCodes.ok)
  }
  if (state === 'unknown') output.note(words.unknown(row.id))
  const reason = failure ?? followed.value.find((job) => job.failure !== null)?.failure ?? null
  if (state === 'error' && reason !== null) return refused(reason)
  if (state === 'ready' || state === 'scheduled') output.note(words.waits(row.id))
  return reason === null ? done(exitCodes.tryAgain) : refused(reason)
}
