/**
 * Sends what is ready in an account's outbox, oldest first (D1-D5), over one connection, and over more beside it while there is much to
 * send and the server has not asked for less (`paces.ts`).
 *
 *   take ─▶ connection ─▶ submit ── before the end of the message goes out: submitting ─▶ sent | error | ready again later | unknown
 *
 * What concerns the account (no server, no sign-in, no network, "not so fast") ends the run and leaves the queue as it is. What
 * concerns one mail is noted with that mail, and the next has its turn. No mail is left in `sending` or `submitting`, whatever happens;
 * where the disk itself keeps that from being written, the next run begins with it.
 */
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import type { JobContext, Work } from '../job-engine.ts'
import { connectTo } from './connect-submission.ts'
import { createSendQueue, type SendQueue } from './send-queue.ts'
import { sendOverConnection } from './send-over-connection.ts'
import type { SendParts } from './send-parts.ts'

/** One connection more for each so many mails that wait: dialling, TLS and signing in take as long as some mails do. */
const worthAConnection = 10

export function sendMail(parts: SendParts, accountId: AccountId): Work<'send-mail'> {
  return {
    kind: 'send-mail',
    accountId,
    begin: { kind: 'send-mail', sent: 0, failed: 0, unknown: 0 },
    lane: `send:${accountId}`,
    // Waits for the answer to the mail that is going out, and says what it was.
    patience: Number.POSITIVE_INFINITY,
    run: (context) => run(parts, accountId, context),
  }
}

async function run(parts: SendParts, accountId: AccountId, context: JobContext<'send-mail'>): Promise<Outcome<void>> {
  const recovered = parts.outbox.recover(accountId)
  if (!recovered.ok) return recovered
  const queue = createSendQueue(parts, accountId, context)
  try {
    const first = await queue.next()
    if (first === null) return queue.outcome()
    const connection = await connectTo(parts, accountId, { cancelled: context.signal, isFirst: true })
    if (!connection.ok) {
      await queue.giveBack(first, connection.failure)
      return connection
    }
    queue.goesThrough(connection.value.host)
    const others = beside(parts, queue, accountId, context, connection.value.host)
    // Each ends by itself; a bug in one is thrown when the others have put away what they had.
    const ends = await Promise.allSettled([sendOverConnection(parts, accountId, queue, context, { first, opened: connection.value }), ...others])
    const bug = ends.find((end) => end.status === 'rejected')
    if (bug !== undefined) throw bug.reason
    await queue.over()
    return queue.outcome()
  } finally {
    await queue.over()
  }
}

/** Connections beside the first. One that can't be had is done without. */
function beside(parts: SendParts, queue: SendQueue, accountId: AccountId, context: JobContext<'send-mail'>, host: string): readonly Promise<void>[] {
  const { connections, now = () => new Date() } = parts
  const most = Math.min(connections, parts.paces.of(accountId, host, now()).connections ?? connections)
  const wanted = Math.min(most, Math.ceil(queue.waiting() / worthAConnection)) - 1
  return Array.from({ length: Math.max(0, wanted) }, () => sendOverConnection(parts, accountId, queue, context, null))
}
