/**
 * A connection to a submission server (RFC 6409). It guarantees what the outbox stands on:
 *
 * - `submitting()` has resolved before the message's end goes out.
 * - `send.outcome-unknown` if, and only if, the message's end may have reached the server and no answer came back. Up to there every
 *   break means that the server does not have the message: without its end it must not take it (RFC 5321 section 4.1.1.4).
 *
 * Where the server announces PIPELINING (RFC 2920), a mail costs one round trip:
 *
 *   client   MAIL RCPT… DATA                 message . RSET MAIL RCPT… DATA                        message . …
 *   server                    250 250… 354                                   250  250 250 250… 354
 *                                                                            └ the answer to the message
 *
 * A message that was refused leaves its transaction open at some servers (Postfix among them): hence RSET before every further mail.
 */
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { RecipientAnswer, Submission, SubmissionSession, SubmitRequest } from '../mail-session.ts'
import type { LineConnection } from '../net/line-connection.ts'
import { serverWords } from '../net/server-words.ts'
import { envelopeCommands, needsSmtpUtf8, recipientsAfter, wireAddress } from './envelope.ts'
import type { Extensions, SmtpServer } from './greet-smtp.ts'
import { type MessageStream, NotWhatWasQueued, openMessage } from './message-stream.ts'
import { askReply, readReply } from './smtp-dialogue.ts'
import { allRefused, smtpFailure, type Asked } from './smtp-failure.ts'
import { spoken, type SmtpReply } from './smtp-reply.ts'

/** One mail's turn on the connection: to say something, and to be answered. */
interface Turn {
  /** The next mail may be announced behind this one. */
  readonly said: Promise<void>
  readonly over: Promise<void>
}

interface Commands {
  /** MAIL, and RSET before it where something may be left. */
  readonly opening: readonly string[]
  readonly recipients: readonly string[]
}

/** What the server made of an envelope: it waits for the message, or there is nobody to send it to. */
interface Announced {
  readonly replies: readonly SmtpReply[]
  readonly reason: Failure | null
  /** The server wants a message all the same (RFC 2920 section 3.1). */
  readonly wantsMessage: boolean
}

export class SmtpSession implements SubmissionSession {
  readonly #connection: LineConnection
  readonly #extensions: Extensions
  readonly #evidence: Evidence
  #last: Turn = { said: Promise.resolve(), over: Promise.resolve() }
  #waiting = 0
  /** Something was asked of it: a transaction may be open. */
  #begun = false
  /** It has taken a mail: when it says good-bye now, that is about no mail. */
  #served = false

  constructor({ connection, extensions, evidence }: SmtpServer) {
    this.#connection = connection
    this.#extensions = extensions
    this.#evidence = evidence
  }

  /** One that waits for its answer, one that is sent, and one whose file is open when that one's end goes out. */
  get ahead(): number {
    return this.#extensions.has('PIPELINING') ? 3 : 1
  }

  async submit(request: SubmitRequest): Promise<Submission> {
    const hindrance = this.#hindrance([request.mailFrom, ...request.recipients], request.size)
    if (hindrance !== null) return this.#untaken(request, hindrance)
    const said = Promise.withResolvers<void>()
    const over = Promise.withResolvers<void>()
    const before = this.#last
    this.#last = { said: said.promise, over: over.promise }
    this.#waiting += 1
    try {
      const message = await openMessage(request.file, request.size).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
      if (message instanceof Error) {
        await before.over
        return this.#untaken(request, unreadable(message))
      }
      try {
        return await this.#inTurn(request, message, before, said.resolve)
      } finally {
        await message.close()
      }
    } finally {
      this.#waiting -= 1
      said.resolve()
      over.resolve()
    }
  }

  async #inTurn(request: SubmitRequest, message: MessageStream, before: Turn, said: () => void): Promise<Submission> {
    await (this.#extensions.has('PIPELINING') ? before.said : before.over)
    // Whatever was said while nothing was asked, such as 421 after a long silence, is a good-bye (RFC 5321 section 3.8).
    if (this.#waiting === 1 && this.#connection.hasUnread) this.#connection.close()
    if (this.#connection.brokenBy !== null) return this.#notTried(request)
    const { mail, recipients } = envelopeCommands(request, this.#extensions)
    const commands = { opening: this.#begun ? ['RSET', mail] : [mail], recipients }
    this.#begun = true
    if (this.#extensions.has('PIPELINING')) this.#connection.send(...commands.opening, ...recipients, 'DATA')
    // Of a small mail while the server thinks: its row is on disk by the time the message may go.
    const marking = message.isSmall && this.#extensions.has('PIPELINING') ? Promise.resolve(request.submitting()) : null
    marking?.catch(() => undefined)
    await before.over
    if (this.#connection.brokenBy !== null && !this.#connection.hasUnread) return this.#notTried(request)
    const heard: SmtpReply[] = []
    const announced = this.#extensions.has('PIPELINING') ? await this.#readEnvelope(commands, heard) : await this.#askEnvelope(commands, heard)
    const tried = !this.#served || (heard[commands.opening.length - 1]?.code ?? 421) !== 421
    if (!announced.ok) return { ...this.#untaken(request, announced.failure), tried }
    const { replies, reason, wantsMessage } = announced.value
    if (reason !== null) {
      await this.#sendNothing(wantsMessage, reason)
      return { ...this.#untaken(request, reason, replies), tried }
    }
    return this.#sendMessage(request, message, marking, replies, said)
  }

  /** One after the other, and no further than it makes sense. */
  async #askEnvelope({ opening, recipients }: Commands, heard: SmtpReply[]): Promise<Outcome<Announced>> {
    for (const command of opening) {
      const reply = await askReply(this.#connection, command, this.#evidence)
      if (!reply.ok) return reply
      heard.push(reply.value)
      if (reply.value.code === 421) break
    }
    const sender = heard.at(-1)
    if (sender === undefined) return failed('connect.lost', this.#evidence)
    const replies: SmtpReply[] = []
    for (const recipient of sender.code < 300 ? recipients : []) {
      const reply = await askReply(this.#connection, recipient, this.#evidence)
      if (!reply.ok) return reply
      replies.push(reply.value)
      if (reply.value.code === 421) break
    }
    const refusal = this.#refusalOf(sender, replies)
    if (refusal !== null) return done({ replies, reason: refusal, wantsMessage: false })
    const data = await askReply(this.#connection, 'DATA', this.#evidence)
    return data.ok ? done({ replies, reason: data.value.code === 354 ? null : this.#notAsked(data.value), wantsMessage: false }) : data
  }

  /** Every single answer is read, whatever the ones before it were (RFC 2920 section 3.1). */
  async #readEnvelope({ opening, recipients }: Commands, answers: SmtpReply[]): Promise<Outcome<Announced>> {
    const before = opening.length - 1
    while (answers.length < before + recipients.length + 2) {
      const reply = await readReply(this.#connection, this.#evidence)
      // 421 is the last word: the rest may never come.
      if (!reply.ok && answers.at(-1)?.code !== 421) return reply
      if (!reply.ok) break
      answers.push(reply.value)
    }
    const [sender, ...rest] = answers.slice(before)
    const replies = rest.slice(0, recipients.length)
    const data = rest[recipients.length]
    const closing = answers.find(({ code }) => code === 421)
    if (closing !== undefined) return done({ replies, reason: smtpFailure(closing, 'command', this.#evidence), wantsMessage: false })
    if (sender === undefined || data === undefined) return failed('connect.lost', this.#evidence)
    const refusal = this.#refusalOf(sender, replies)
    if (refusal !== null) return done({ replies, reason: refusal, wantsMessage: data.code === 354 })
    return done({ replies, reason: data.code === 354 ? null : this.#notAsked(data), wantsMessage: false })
  }

  #refusalOf(sender: SmtpReply, replies: readonly SmtpReply[]): Failure | null {
    if (sender.code >= 300) return this.#failureOf(sender, 'sender')
    const refusals = replies.filter(({ code }) => code >= 300)
    if (refusals.length === 0 || refusals.length < replies.length) return null
    return allRefused(refusals.map((reply) => this.#failureOf(reply, 'recipient')), this.#evidence)
  }

  /** DATA was answered with anything but 354: the server does not have the message. */
  #notAsked(reply: SmtpReply): Failure {
    return this.#failureOf(reply, 'message')
  }

  #failureOf(reply: SmtpReply, asked: Asked): Failure {
    if (reply.code >= 400) return smtpFailure(reply, asked, this.#evidence)
    return failure('server.protocol', { ...this.#evidence, serverWords: serverWords(spoken(reply)) })
  }

  async #sendMessage(request: SubmitRequest, message: MessageStream, marking: Promise<boolean> | null, replies: readonly SmtpReply[], said: () => void): Promise<Submission> {
    const streamed = await this.#stream(request, message, marking).catch((error: unknown) => {
      this.#connection.close()
      throw error
    })
    if (streamed !== null) {
      // Half a message went out: only the end of the connection tells the server so.
      this.#connection.close()
      return this.#untaken(request, streamed, replies)
    }
    this.#connection.gather()
    const written = this.#connection.write(Buffer.from(`${message.lineEnd}.\r\n`))
    said()
    await written
    const reply = await readReply(this.#connection, this.#evidence)
    if (!reply.ok || reply.value.code < 200 || (reply.value.code >= 300 && reply.value.code < 400)) {
      const detail = reply.ok ? spoken(reply.value) : reply.failure.code
      this.#connection.close()
      return this.#untaken(request, failure('send.outcome-unknown', { ...this.#evidence, detail: serverWords(detail) }), replies)
    }
    const words = serverWords(spoken(reply.value))
    if (reply.value.code >= 400) {
      const reason = smtpFailure(reply.value, 'message', this.#evidence)
      if (reply.value.code === 421) this.#connection.close()
      return this.#untaken(request, reason, replies)
    }
    this.#served = true
    return { ok: true, value: { words, replyCode: reply.value.code, recipients: recipientsAfter(request, replies, null) }, recipients: recipientsAfter(request, replies, null), tried: true }
  }

  /** All of the message but its end. Why that can't go out any more, or null: then nothing keeps it back. */
  async #stream(request: SubmitRequest, message: MessageStream, marking: Promise<boolean> | null): Promise<Failure | null> {
    for (;;) {
      const piece = await message.next().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
      if (piece instanceof Error) return unreadable(piece)
      if (piece === null) break
      if (this.#connection.hasUnread || this.#connection.brokenBy !== null) return this.#interruption()
      await this.#connection.write(piece)
    }
    const mayGoOut = await (marking ?? request.submitting())
    if (!mayGoOut) return failure('job.cancelled', this.#evidence)
    return this.#connection.hasUnread || this.#connection.brokenBy !== null ? this.#interruption() : null
  }

  /** The server spoke, or the connection broke, before the message had ended. */
  async #interruption(): Promise<Failure> {
    const { brokenBy } = this.#connection
    if (!this.#connection.hasUnread) return brokenBy ?? failure('connect.lost', this.#evidence)
    const reply = await readReply(this.#connection, this.#evidence)
    if (!reply.ok) return reply.failure
    // No yes: a second 354, or a no.
    if (reply.value.code >= 300) return this.#failureOf(reply.value, 'message')
    // A yes to what it can't have: whatever it took, it says that it did.
    return failure('send.outcome-unknown', { ...this.#evidence, detail: 'accepted before its end' })
  }

  /**
   * RFC 2920 section 3.1: a server that wants a message although it has nobody to give it to gets an empty one. One whose answers are
   * out of step is not talked to any more: the next would be taken for the answer to something else.
   */
  async #sendNothing(wantsMessage: boolean, reason: Failure): Promise<void> {
    if (reason.evidence.replyCode === 421 || reason.code === 'server.protocol') return this.#connection.close()
    const ended = wantsMessage ? await askReply(this.#connection, '.', this.#evidence) : null
    if (ended !== null && (!ended.ok || ended.value.code < 400)) this.#connection.close()
  }

  #untaken(request: SubmitRequest, reason: Failure, replies: readonly SmtpReply[] = []): Submission {
    return { ...refused(reason), recipients: recipientsAfter(request, replies, reason), tried: true }
  }

  #notTried({ recipients }: SubmitRequest): Submission {
    const nobody: readonly RecipientAnswer[] = recipients.map((address) => ({ address, accepted: false, replyCode: null, words: null }))
    return { ...refused(this.#connection.brokenBy ?? failure('connect.lost', this.#evidence)), recipients: nobody, tried: false }
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
    for (const { asked, command } of commands) {
      const reply = await askReply(this.#connection, command, this.#evidence)
      if (!reply.ok) return reply
      words = serverWords(spoken(reply.value))
      if (reply.value.code >= 300) refusal = this.#failureOf(reply.value, asked)
      if (refusal !== null) break
    }
    const reset = await askReply(this.#connection, 'RSET', this.#evidence)
    if (refusal !== null) return refused(refusal)
    return reset.ok ? done(words) : reset
  }

  /** A server that does not answer QUIT must not keep the program from ending. */
  async close(): Promise<void> {
    if (this.#connection.brokenBy !== null || this.#waiting > 0) return this.#connection.close()
    this.#connection.send('QUIT')
    this.#connection.end()
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
}

function unreadable(error: Error): Failure {
  return error instanceof NotWhatWasQueued ? failure('outbox.changed-file') : failure('storage.failed', { detail: error.message })
}

function addressNamed(addresses: readonly string[]) {
  const address = addresses.find((each) => needsSmtpUtf8([each]))
  return address === undefined ? {} : { address }
}
