/** `mailroom send …`: a mail from the command line into the outbox, and with `--now` out of it. */
import { readFile } from 'node:fs/promises'
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import { exitCodes } from '../exit-codes.ts'
import { provideSecrets } from '../give-secrets.ts'
import { handOverFile } from '../hand-over-file.ts'
import { readAll } from '../read-input.ts'
import { sendQueued } from '../send-queued.ts'
import { type Command, ok, type Session } from '../session.ts'
import { senderAccount } from '../sender-account.ts'

export interface SendOptions {
  readonly from?: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly subject: string
  readonly text?: string
  readonly textFile?: string
  readonly attach: readonly string[]
  readonly now?: boolean
  readonly at?: string
  readonly hold?: boolean
  readonly private?: boolean
  readonly readReceipt?: 'none' | 'account' | 'reply-to'
  readonly deliveryReport?: boolean
  readonly secretsStdin?: boolean
}

const maxTextBytes = 20 * 1024 * 1024

export const sendMail = (options: SendOptions): Command => async (session) => {
  const { caller, output, words } = session
  if (options.secretsStdin === true && options.textFile === '-') {
    output.note(words.usage.stdinTwice)
    return done(exitCodes.usage)
  }
  const account = await senderAccount(session, options.from === undefined ? [] : [options.from])
  if (!account.ok) return account
  const text = await textOf(session, options)
  if (!text.ok) return text
  const attachments: string[] = []
  try {
    for (const path of options.attach) {
      const handle = await handOverFile(caller, path)
      if (!handle.ok) return handle
      attachments.push(handle.value)
    }
    const queued = await caller.call('outbox.queue', {
      accountId: account.value.id,
      to: options.to.flatMap(addresseesOf), cc: options.cc.flatMap(addresseesOf), bcc: options.bcc.flatMap(addresseesOf),
      subject: options.subject, text: text.value, attachments, notBefore: options.at ?? null, hold: options.hold === true,
      // Left out = as the account says.
      private: options.private ?? null, readReceipt: options.readReceipt ?? null, deliveryReport: options.deliveryReport ?? null,
    })
    if (!queued.ok) return queued
    if (options.now !== true) {
      output.document(queued.value)
      output.line(words.queued(queued.value.id))
      return ok
    }
    output.event('outbox.mail', queued.value)
    const provided = await provideSecrets(session, account.value.id, options.secretsStdin)
    return provided.ok ? await sendQueued(session, queued.value) : provided
  } finally {
    for (const handle of attachments) await caller.call('files.discard', { handle })
  }
}

async function textOf({ io }: Session, { text, textFile }: SendOptions): Promise<Outcome<string>> {
  if (textFile === undefined) return done(text ?? '')
  if (textFile === '-') {
    const read = await readAll(io, maxTextBytes)
    return read.ok ? done(read.value.toString('utf8')) : read
  }
  try {
    return done(await readFile(textFile, 'utf8'))
  } catch (error) {
    return failed('input.unreadable-file', { name: textFile, detail: (error as NodeJS.ErrnoException).code ?? '' })
  }
}

/** `anna@example.nl`, `Anna <anna@example.nl>`, several with commas between them outside quotes. What is no address is refused by the contract. */
export function addresseesOf(text: string): { readonly name: string; readonly address: string }[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? []
  return parts.map((part) => {
    const both = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(part)
    if (both === null) return { name: '', address: part.trim() }
    return { name: (both[1] ?? '').replace(/^"(.*)"$/, '$1').replaceAll(/\\(.)/g, '$1'), address: (both[2] ?? '').trim() }
  })
}
