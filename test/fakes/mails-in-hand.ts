/** What a run does with one mail after the other, for tests in which nobody runs. */
import type { Outbox, TakenMail } from '../../electron/outbox/outbox.ts'
import type { RecipientAnswer } from '../../electron/protocols/mail-session.ts'
import { type Failure, failure, type Outcome } from '../../shared/failures/failure.ts'

export function mailsInHand(outbox: Outbox, accountId = 'office') {
  return {
    take: (now: Date): TakenMail | null => valueOf(outbox.take(accountId, now, 1))[0] ?? null,
    submitting: async (mail: TakenMail): Promise<boolean> => valueOf(await outbox.submitting(mail)),
    sent: async (mail: TakenMail, words = '250 Ok', recipients: readonly RecipientAnswer[] = [], retryAt: Date | null = null): Promise<void> =>
      valueOf(await outbox.answered(mail, { words, failure: null, recipients, retryAt })),
    refused: async (mail: TakenMail, reason: Failure, retryAt: Date | null = null, recipients: readonly RecipientAnswer[] = []): Promise<void> =>
      valueOf(await outbox.answered(mail, { words: null, failure: reason, recipients, retryAt })),
    unknown: async (mail: TakenMail): Promise<void> => valueOf(await outbox.unknown(mail, failure('send.outcome-unknown'))),
    /** The oldest that is ready, all the way. */
    async send(now: Date, recipients: readonly RecipientAnswer[] = []): Promise<TakenMail> {
      const mail = this.take(now)
      if (mail === null) throw new Error('nothing is ready')
      if (!(await this.submitting(mail))) throw new Error('somebody else has it')
      await this.sent(mail, '250 Ok', recipients)
      return mail
    },
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.code)
  return outcome.value
}
