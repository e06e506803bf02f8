/**
 * A connection to a submission server (RFC 6409), on nodemailer's SMTPConnection. It guarantees what the outbox stands on:
 *
 * - `submitting()` has resolved before the first byte of the message is read, let alone sent.
 * - `send.outcome-unknown` if, and only if, the message's end may have reached the server and no answer came back. Up to
 *   there every break means that the server does not have the message: without its end it must not take it (RFC 5321
 *   section 4.1.1.4).
 * - The server's reply decides; what the library makes of it does not.
 */
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { RecipientAnswer, SubmissionSession, SubmitRequest, Submitted } from '../mail-session.ts'
import { serverWords } from '../net/server-words.ts'
import { envelopeOf, needsSmtpUtf8, recipientsAfter, wireAddress } from './envelope.ts'
import type { Envelope } from './envelope.ts'
import type { Extensions } from './greet-smtp.ts'
import { allRefused, nodemailerFailure, replyIn, smtpFailure } from './smtp-failure.ts'
import { parseReply } from './smtp-reply.ts'

type Submission = Outcome<Submitted> & { readonly recipients: readonly RecipientAnswer[] }

/** The name under which nodemailer's hook for own AUTH mechanisms sends the commands of `rehearse`. */
export const rehearsal = 'REHEARSE'

const goodbyeMilliseconds = 2000

export class SmtpSession implements SubmissionSession {
  readonly #mailer: SMTPConnection
  readonly #extensions: Extensions
  readonly #evidence: Evidence
  readonly #signal: AbortSignal

  constructor(mailer: SMTPConnection, extensions: Extensions, evidence: Evidence, signal: AbortSignal) {
    this.#mailer = mailer
    this.#extensions = extensions
    this.#evidence = evidence
    this.#signal = signal
  }

  async submit(request: SubmitRequest): Promise<Submission> {
    const nobody = request.recipients.map((address) => ({ address, accepted: false, replyCode: null, words: null }))
    const hindrance = this.#hindrance([request.mailFrom, ...request.recipients], request.size)
    if (hindrance !== null) return { ...refused(hindrance), recipients: nobody }
    const file = await open(request.file).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
    if (file instanceof Error) return { ...failed('storage.failed', { detail: file.message }), recipients: nobody }
    try {
      return await this.#send(request, file)
    } finally {
      await file.close()
    }
  }

  async #send(request: SubmitRequest, file: FileHandle): Promise<Submission> {
    const envelope = envelopeOf(request)
    const passage: Passage = { begun: false, wentOut: false, rejected: null, unreadable: null }
    const message = Readable.from(passing(request, file, passage), { objectMode: false })
    const sent = await this.#call<{ readonly response: string }>((callback) => this.#mailer.send(envelope, message, callback))
    // Nothing more may be read from a file that is about to be closed.
    message.destroy()
    if (passage.rejected !== null) {
      this.#mailer.close()
      throw passage.rejected.error
    }
    if ('result' in sent && passage.wentOut) {
      const reply = parseReply(sent.result.response.split(/\r?\n/))
      const recipients = recipientsAfter(request, envelope, null)
      return { ...done({ words: serverWords(sent.result.response), replyCode: reply?.code ?? 250, recipients }), recipients }
    }
    const reason = 'error' in sent ? this.#reason(sent.error, envelope, passage) : failure('send.outcome-unknown', { ...this.#evidence, detail: 'accepted before its end' })
    const recipients = recipientsAfter(request, envelope, reason)
    await this.#tidyUp(passage)
    return { ...refused(reason), recipients }
  }

  #reason(error: unknown, envelope: Envelope, passage: Passage): Failure {
    if (passage.unreadable !== null) return failure('storage.failed', { detail: passage.unreadable })
    const reply = replyIn(error)
    if (reply === null && passage.wentOut) return failure('send.outcome-unknown', { ...this.#evidence, detail: nodemailerFailure(error, 'message', this.#evidence).code })
    if (reply === null && this.#signal.aborted) return failure('job.cancelled', this.#evidence)
    const refusals = envelope.rejectedErrors ?? []
    const noneLeft = reply !== null && refusals.length > 0 && refusals.length === envelope.to.length
    if (noneLeft) return allRefused(refusals.map((refusal) => nodemailerFailure(refusal, 'recipient', this.#evidence)), this.#evidence)
    return nodemailerFailure(error, 'message', this.#evidence)
  }

  /** A refused envelope leaves a transaction open (RFC 5321 section 4.1.1.5); half a message leaves a connection of no use. */
  async #tidyUp(passage: Passage): Promise<void> {
    if (this.#mailer.destroyed) return
    const reset = passage.wentOut || !passage.begun ? await this.#call((callback) => this.#mailer.reset(callback)) : null
    if (reset === null || 'error' in reset) this.#mailer.close()
  }

  async rehearse(mailFrom: string, recipient: string): Promise<Outcome<string>> {
    const hindrance = this.#hindrance([mailFrom, recipient], 0)
    if (hindrance !== null) return refused(hindrance)
    const parameters = needsSmtpUtf8([mailFrom, recipient]) ? ' SMTPUTF8' : ''
    const commands = [
      { asked: 'sender', command: `MAIL FROM:<${wireAddress(mailFrom)}>${parameters}` },
      { asked: 'recipient', command: `RCPT TO:<${wireAddress(recipient)}>` },
    ] as const
    let words = ''
    let refusal: Failure | null = null
    const talked = await this.#call<boolean>((callback) => this.#mailer.login({
      method: rehearsal,
      user: '',
      rehearse: async (say: (command: string) => Promise<{ readonly response: string }>) => {
        for (const { asked, command } of commands) {
          const { response } = await say(command)
          const reply = parseReply(response.split(/\r?\n/))
          words = serverWords(response)
          if (reply === null) refusal = failure('server.protocol', { ...this.#evidence, serverWords: words })
          else if (reply.code >= 300) refusal = smtpFailure(reply, asked, this.#evidence)
          if (refusal !== null) break
        }
        await say('RSET')
      },
    }, callback))
    if (refusal !== null) return refused(refusal)
    if ('error' in talked) return refused(this.#signal.aborted ? failure('job.cancelled', this.#evidence) : nodemailerFailure(talked.error, 'command', this.#evidence))
    return done(words)
  }

  async close(): Promise<void> {
    if (this.#mailer.destroyed) return
    this.#mailer.quit()
    // A server that does not answer QUIT must not keep the program from ending.
    setTimeout(() => this.#mailer.close(), goodbyeMilliseconds).unref()
  }

  /** What is known before the first command. */
  #hindrance(addresses: readonly string[], size: number): Failure | null {
    if (addresses.some((address) => /[\r\n\0<>]/.test(address))) return failure('input.invalid', this.#evidence)
    if (needsSmtpUtf8(addresses) && !this.#extensions.has('SMTPUTF8')) {
      return failure('send.needs-smtputf8', { ...this.#evidence, ...addressNamed(addresses) })
    }
    // RFC 1870 section 4: 0 = no fixed limit.
    const most = Number(this.#extensions.get('SIZE') ?? 0)
    return most > 0 && size > most ? failure('message.too-large', { ...this.#evidence, detail: `${size} > ${most}` }) : null
  }

  /** nodemailer tells some breaks by callback, some by `error`, some only by `end`. */
  #call<T>(start: (callback: (error: Error | null | undefined, result?: T) => void) => void): Promise<{ readonly result: T } | { readonly error: unknown }> {
    return new Promise((resolve) => {
      const onError = (error: unknown) => settle({ error })
      // After a 421 `end` comes first and the callback, with the server's words, right behind it.
      const onEnd = () => setImmediate(() => settle({ error: new Error('connection closed') }))
      const settle = (outcome: { readonly result: T } | { readonly error: unknown }) => {
        this.#mailer.off('error', onError)
        this.#mailer.off('end', onEnd)
        resolve(outcome)
      }
      this.#mailer.on('error', onError)
      this.#mailer.on('end', onEnd)
      start((error, result) => settle(error ? { error } : { result: result as T }))
    })
  }
}

/** How far the message got. */
interface Passage {
  /** `submitting` has resolved and the server waits for the message. */
  begun: boolean
  /** The last byte was handed over, and the end of the message right behind it. */
  wentOut: boolean
  /** What `submitting` threw. */
  rejected: { readonly error: unknown } | null
  unreadable: string | null
}

async function* passing(request: SubmitRequest, file: FileHandle, passage: Passage): AsyncGenerator<Buffer> {
  try {
    await request.submitting()
  } catch (error) {
    passage.rejected = { error }
    throw error
  }
  passage.begun = true
  for (let position = 0; ; ) {
    const piece = await read(file, position)
    if (piece instanceof Error) {
      passage.unreadable = piece.message
      throw piece
    }
    if (piece.length === 0) break
    position += piece.length
    yield piece
  }
  passage.wentOut = true
}

async function read(file: FileHandle, position: number): Promise<Buffer | Error> {
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(128 * 1024), 0, 128 * 1024, position)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function addressNamed(addresses: readonly string[]) {
  const address = addresses.find((each) => needsSmtpUtf8([each]))
  return address === undefined ? {} : { address }
}
