/** What a returned mail claims of which recipient, in the outbox's terms. A claim says nothing about anybody it does not name. */
import type { MailReturn, ReturnOutcome } from '../../../shared/model/mail-return.ts'
import type { DeliveryAction, ReadReceipt, RecipientReport, ReturnedMail } from './returned-mail.ts'

export interface Claim extends Omit<MailReturn, 'at'> {
  /** Any of these is who it is about: the address that was tried, and the one we gave where forwarding changed it. */
  readonly addresses: readonly string[]
}

const outcomeOfAction: Readonly<Record<DeliveryAction, ReturnOutcome>> = { failed: 'bounced', delayed: 'delayed', delivered: 'delivered', relayed: 'passed-on', expanded: 'passed-on' }

/** What is dispatched or processed has arrived; denied and failed say nothing of the mail (RFC 8098 section 3.2.6.2). */
const outcomeOfDisposition: Readonly<Record<ReadReceipt['disposition'], ReturnOutcome | null>> = { displayed: 'read', deleted: 'deleted', dispatched: 'delivered', processed: 'delivered', denied: null, failed: null }

export function claimsOf(read: ReturnedMail): readonly Claim[] {
  switch (read.is) {
    case 'delivery-report':
      return read.recipients.map(claimOfReport)
    case 'read-receipt':
      return claimOfReceipt(read.receipt)
    case 'complaint':
    case 'auto-reply':
    case 'no-report':
      return []
  }
}

function claimOfReport({ recipient, originalRecipient, action, bounce, status, cause, words }: RecipientReport): Claim {
  return { addresses: known([originalRecipient, recipient]), outcome: outcomeOfAction[action], bounce, status, cause, words }
}

function claimOfReceipt({ recipient, originalRecipient, disposition }: ReadReceipt): readonly Claim[] {
  const outcome = outcomeOfDisposition[disposition]
  return outcome === null ? [] : [{ addresses: known([originalRecipient, recipient]), outcome, bounce: null, status: null, cause: null, words: '' }]
}

function known(addresses: readonly (string | null)[]): readonly string[] {
  return addresses.filter((address) => address !== null)
}
