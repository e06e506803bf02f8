/**
 * `mailroom sendmail`: for programs that pipe a finished message (RFC 5322) into sendmail.
 *
 * The message is in the outbox before anything is sent, so the caller never has to try again: 0 = sent, 75 = queued but not
 * sent yet (as sendmail(8) has it), every other code = it was refused, and why.
 */
import { done, type Outcome } from '../../../../shared/failures/failure.ts'
import type { Account } from '../../../../shared/model/account.ts'
import { exitCodes } from '../exit-codes.ts'
import { handOverBytes } from '../hand-over-file.ts'
import { headerField, inWireForm, withFrom } from '../piped-message.ts'
import { readAll } from '../read-input.ts'
import { sendQueued } from '../send-queued.ts'
import { senderAccount } from '../sender-account.ts'
import { type Command, ok, type Session } from '../session.ts'
import { addresseesOf } from './send.ts'

const maxMessageBytes = 100 * 1024 * 1024

export interface SendmailOptions {
  readonly t?: boolean
  /** A line with only a dot does not end the message. */
  readonly i?: boolean
  readonly f?: string
  readonly F?: string
  /** `i` = as `-i`; `dq` = only queue it. */
  readonly o: readonly string[]
}

export const sendmail = (recipients: readonly string[], options: SendmailOptions): Command => async (session) => {
  const { caller, output, words, io } = session
  if ((options.t === true) === recipients.length > 0) {
    output.usage(recipients.length > 0 ? words.usage.twoRecipients : words.usage.recipients)
    return done(exitCodes.usage)
  }
  const read = await readAll(io, maxMessageBytes)
  if (!read.ok) return read
  const dotEnds = options.i !== true && !options.o.includes('i')
  const message = inWireForm(read.value, dotEnds)
  const account = await accountFor(session, options, message)
  if (!account.ok) return account
  const { user } = account.value
  const complete = withFrom(message, { name: options.F ?? user.displayName, address: options.f ?? user.address })
  const handle = await handOverBytes(caller, 'message.eml', complete)
  if (!handle.ok) return handle
  const queued = await caller.call('outbox.queueMessage', {
    accountId: account.value.id,
    handle: handle.value,
    recipients: options.t === true ? null : recipients.flatMap(addresseesOf).map(({ address }) => address),
  })
  await caller.call('files.discard', { handle: handle.value })
  if (!queued.ok) return queued
  output.event('outbox.mail', queued.value)
  return options.o.includes('dq') ? ok : sendQueued(session, queued.value)
}

async function accountFor(session: Session, options: SendmailOptions, message: Buffer): Promise<Outcome<Account>> {
  const from = addresseesOf(headerField(message, 'From') ?? '').map(({ address }) => address)
  return senderAccount(session, [...(options.f === undefined ? [] : [options.f]), ...from.slice(0, 1)], true)
}
