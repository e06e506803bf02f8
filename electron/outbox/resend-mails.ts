/**
 * Mails once more, each as a new, linked one (PRODUCT D12): the same bytes but for Message-ID and Date. All of them come into the outbox in
 * one transaction, or none; those whose state does not allow it are left alone.
 */
import { join } from 'node:path'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { Account } from '../../shared/model/account.ts'
import { mayDo } from '../../shared/model/outgoing-actions.ts'
import type { OutgoingId, OutgoingView } from '../../shared/model/outgoing-mail.ts'
import { type AddParts, addTogether, type Prepared } from './add-mails.ts'
import { messageIdOf } from './compose-mail.ts'
import { renewMessage } from './renew-message.ts'

export interface ResendParts extends AddParts {
  readonly newId: () => string
}

export interface MailToResend {
  readonly account: Account
  readonly id: OutgoingId
}

/** `named` null = all each was meant for. */
export async function resendMails(parts: ResendParts, mails: readonly MailToResend[], named: readonly string[] | null, at: Date): Promise<Outcome<readonly OutgoingId[]>> {
  const prepared: Prepared[] = []
  for (const { account, id } of mails) {
    const old = parts.rows.get(id)
    if (old === null || !mayDo('resend', old.state)) continue
    const one = await prepare(parts, account, old, named, at)
    if (!one.ok) return one
    prepared.push(one.value)
  }
  if (prepared.length === 0) return done([])
  const added = await addTogether(parts, prepared, at, parts.newId())
  return added.ok ? done(prepared.map(({ row }) => row.id)) : added
}

async function prepare({ rows, root, newId }: ResendParts, account: Account, old: OutgoingView, named: readonly string[] | null, at: Date): Promise<Outcome<Prepared>> {
  const recipients = old.recipients.filter(({ address }) => named?.some((one) => sameAddress(one, address)) ?? true)
  const stranger = named?.find((one) => !old.recipients.some(({ address }) => sameAddress(one, address)))
  if (stranger !== undefined) return failed('input.invalid', { address: stranger.slice(0, 254), fields: [{ path: 'recipients', problem: 'not-an-address' }] })
  const id = newId()
  const messageId = messageIdOf(id, old.from.address)
  const { file, mailFrom, envelopeId } = rows.envelope(old.id)
  const pieces = await renewMessage(join(root, file), { messageId, date: at })
  if (!pieces.ok) return pieces
  return done({ pieces: pieces.value, row: {
    id, accountId: account.id, mailFrom, envelopeId: envelopeId === null ? null : id, isPrivate: old.private, resentFrom: old.id, messageId, recipients,
    notBefore: null, state: 'ready', from: old.from, subject: old.subject, attachmentNames: old.attachmentNames, text: old.text,
    ...(old.batchId === null ? {} : { batchId: old.batchId }),
  } })
}

function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
