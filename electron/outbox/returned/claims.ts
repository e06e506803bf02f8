/** What a returned mail claims of which recipient, in the outbox's terms. A claim says nothing about anybody it does not name. */
import type { MailReturn, ReturnOutcome } from '../../../shared/model/mail-return.ts'
import type { DeliveryAction, ReadReceipt, RecipientReport, ReturnedMail } from './returned-mail.ts'

export interface Claim extends Omit<MailReturn, 'at'> {
  /** Any of these is who it is about: the address that was tried, and the one we gave where forwarding changed it. */
  readonly addresses: readonly string[]
  /** Said of the mail as a whole: where it names nobody it went to, and it went to one alone, it is about that one. */
  readonly ofWholeMail?: true
}

const outcomeOfAction: Readonly<Record<DeliveryAction, ReturnOutcome>> = { failed: 'bounced', delayed: 'delayed', delivered: 'delivered', relayed: 'passed-on', expanded: 'passed-on' }

/** What is dispatched or processed has arrived; denied and failed say nothing of the mail (RFC 8098 section 3.2.6.2). */
const outcomeOfDisposition: Readonly<Record<ReadReceipt['disposition'], ReturnOutcome | null>> = { displayed: 'read', deleted: 'deleted', dispatched: 'delivered', processed: 'delivered', denied: null, failed: null }

const plain = { bounce: null, status: null, cause: null } as const

export function claimsOf(read: ReturnedMail): readonly Claim[] {
  switch (read.is) {
    case 'delivery-report':
      return read.recipients.map(claimOfReport)
    case 'read-receipt':
      return claimOfReceipt(read.receipt)
    case 'complaint':
      // "Not spam" takes a complaint back (RFC 6430); who opts out has read it, and says no more of the mail.
      return read.feedbackType === 'not-spam' ? [] : [{ ...plain, addresses: read.recipients, outcome: 'complained', words: read.feedbackType, ofWholeMail: true }]
    case 'auto-reply':
      return [{ ...plain, addresses: known([read.from]), outcome: 'answered', words: read.words, ofWholeMail: true }]
    case 'no-report':
      return []
  }
}

function claimOfReport({ recipient, originalRecipient, action, bounce, status, cause, words }: RecipientReport): Claim {
  return { addresses: known([originalRecipient, recipient]), outcome: outcomeOfAction[action], bounce, status, cause, words }
}

function claimOfReceipt({ recipient, originalRecipient, disposition }: ReadReceipt): readonly Claim[] {
  const outcome = outcomeOfDisposition[disposition]
  return outcome === null ? [] : [{ addresses: known([originalRecipient, recipient]), outcome, ...plain, words: '' }]
}

function known(addresses: readonly (string | null)[]): readonly string[] {
  return addresses.filter((address) => address !== null)
}
