/**
 * Looks through newly received messages for what became of mails that went out (D10), and notes it in the outbox. It goes on where
 * the last one ended, also after a crash: what was noted and how far it got are one transaction. One at a time.
 *
 * Reading one costs a fifth of a millisecond, less than handing it to a thread and back; between two of them the program does its
 * other work.
 */
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { MailStore } from '../mail/mail-store.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { ReturnedMail } from '../outbox/returned/returned-mail.ts'
import type { Work } from './job-engine.ts'

export interface ReturnParts {
  readonly mail: Pick<MailStore, 'arrivedAfter' | 'source'>
  readonly outbox: Pick<Outbox, 'returnsReadUpTo' | 'awaitsReturnsSince' | 'noteReturned'>
}

/** Noted in one transaction. */
const groupMessages = 100
/** While nothing went out, nothing is opened. */
const groupSkipped = 5000
/** Clocks of others, as far as they are believed: a report that is older than the mail is about another. */
const clocksDiffer = 24 * 60 * 60 * 1000

export type ReadReturns = (signal: AbortSignal) => Promise<void>

export function createReadReturns(parts: ReturnParts): ReadReturns {
  let last: Promise<void> = Promise.resolve()
  return (signal) => {
    last = last.catch(() => undefined).then(() => readNew(parts, signal))
    return last
  }
}

/** The run, and after it, whatever its end, a look through what it brought. */
export function thenReadReturns(work: Work<'fetch-mail'>, readReturns: ReadReturns): Work<'fetch-mail'> {
  return {
    ...work,
    async run(context) {
      const outcome = await work.run(context)
      await readReturns(context.signal)
      return outcome
    },
  }
}

async function readNew({ mail, outbox }: ReturnParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const since = outbox.awaitsReturnsSince()
    const arrived = mail.arrivedAfter(outbox.returnsReadUpTo(), since === null ? groupSkipped : groupMessages)
    const last = arrived.at(-1)
    if (last === undefined) return
    const notes: { readonly read: ReturnedMail; readonly at: Date }[] = []
    for (const { id, at } of arrived) {
      if (since === null || at.getTime() < since - clocksDiffer) continue
      // Late: it brings the character sets along, and most runs have nothing to look for.
      const { lookLimit, readReturnedMail } = await import('../outbox/returned/read-returned-mail.ts')
      const source = await mail.source(id, 0, lookLimit)
      // One that was deleted meanwhile, or whose file cannot be read, tells nothing.
      const read = source.ok ? readReturnedMail(source.value.bytes) : null
      if (read !== null && read.is !== 'no-report') notes.push({ read, at })
      await othersFirst()
    }
    outbox.noteReturned(notes, last.id)
  }
}
