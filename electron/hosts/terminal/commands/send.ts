/** `mailroom send …`: a mail from the command line into the outbox, and with `--now` out of it. */
import { readFile } from 'node:fs/promises'
import { asUtf8 } from '../../../mime/decode-body.ts'
import { done, failed, type Failure, type Outcome, refused } from '../../../../shared/failures/failure.ts'
import { exitCodes } from '../exit-codes.ts'
import { provideSecrets } from '../give-secrets.ts'
import { handOverFile } from '../hand-over-file.ts'
import { readAll } from '../read-input.ts'
import { sendQueued } from '../send-queued.ts'
import { type Command, ok, type Session } from '../session.ts'
import { timeFrom } from '../read-time.ts'
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
    output.usage(words.usage.stdinTwice)
    return done(exitCodes.usage)
  }
  const notBefore = timeFrom('--at', options.at)
  if (!notBefore.ok) return notBefore
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
    const recipients = { to: options.to.flatMap(addresseesOf), cc: options.cc.flatMap(addresseesOf), bcc: options.bcc.flatMap(addresseesOf) }
    const queued = await caller.call('outbox.queue', {
      accountId: account.value.id,
      ...recipients, subject: options.subject, text: text.value, attachments, notBefore: notBefore.value, hold: options.hold === true,
      // Left out = as the account says.
      private: options.private ?? null, readReceipt: options.readReceipt ?? null, deliveryReport: options.deliveryReport ?? null,
    })
    if (!queued.ok) return asOptions(queued.failure, recipients)
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

/** What is wrong is named as it was typed: `--to anna@`, not the field of the contract. */
function asOptions({ code, evidence }: Failure, recipients: Readonly<Record<string, readonly { readonly address: string }[]>>): Outcome<never> {
  const named = (path: string) => {
    const [field = '', index] = path.split('.')
    const address = recipients[field]?.[Number(index)]?.address
    return address === undefined ? `--${field}` : `--${field} ${address}`
  }
  return refused({ code, evidence: { ...evidence, ...(evidence.fields !== undefined && { fields: evidence.fields.map((field) => ({ ...field, path: named(field.path) })) }) } })
}

async function textOf({ io }: Session, { text, textFile }: SendOptions): Promise<Outcome<string>> {
  if (textFile === undefined) return done(text ?? '')
  if (textFile === '-') {
    const read = await readAll(io, maxTextBytes)
    return read.ok ? done(textIn(read.value)) : read
  }
  try {
    return done(textIn(await readFile(textFile)))
  } catch (error) {
    return failed('input.unreadable-file', { name: textFile, detail: (error as NodeJS.ErrnoException).code ?? '' })
  }
}

/** UTF-8, with or without its mark, or what older programs on Windows write. */
function textIn(bytes: Buffer): string {
  return asUtf8(bytes).replace(/^\uFEFF/, '')
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
