/**
 * Sending over JMAP (RFC 8621 section 7), with what the outbox stands on:
 *
 *   upload ─▶ a draft (Email/import) ─▶ `submitting()` ─▶ EmailSubmission/set ─▶ the server moves the draft to Sent
 *
 * - Nothing before EmailSubmission/set sends anything; it goes out once, on a connection of its own, after `submitting()` has resolved.
 * - `send.outcome-unknown` if, and only if, it went out and no answer came that says what became of it. As the server moves a draft only once
 *   it took it for sending, Sent tells later which it was.
 * - A mail that was refused leaves no draft behind; one that was cut off leaves one, and is that draft when it is tried again.
 */
import { z } from 'zod'
import { done, failed, failure, refused, type Failure, type Outcome } from '../../../shared/failures/failure.ts'
import type { RecipientAnswer, Submission, SubmissionSession, SubmitRequest } from '../mail-session.ts'
import type { ServerTarget, SignInWith, StepWatcher } from '../net/server-target.ts'
import { serverWords } from '../net/server-words.ts'
import { wireAddress } from '../smtp/envelope.ts'
import type { Answers, JmapClient } from './jmap-client.ts'
import { errorSchema, setFailure } from './jmap-failure.ts'
import { importEmail } from './keep-email.ts'
import { askForMailboxes, foldersOf, type MailboxFolder, mailboxesSchema } from './mailboxes.ts'
import { connectJmap } from './open-jmap.ts'
import { idSchema } from './session-resource.ts'

const identitiesSchema = z.object({ list: z.array(z.object({ id: z.string().min(1).max(255), email: z.string().max(400) })).max(10_000) })
type Identity = z.infer<typeof identitiesSchema>['list'][number]

const deliverySchema = z.object({ smtpReply: z.string().max(4000).default('') })
const submissionSchema = z.object({ id: idSchema, undoStatus: z.string().max(100).nullish(), deliveryStatus: z.record(z.string().max(400), deliverySchema).nullish() })
const submittedSchema = z.object({
  created: z.record(z.string(), submissionSchema).nullish(),
  notCreated: z.record(z.string(), errorSchema.extend({ invalidRecipients: z.array(z.string().max(400)).nullish() })).nullish(),
})

/** The places a mail goes through. */
interface Places {
  readonly identities: readonly Identity[]
  readonly drafts: string
  readonly sent: string | null
}

export async function openJmapSubmission(target: ServerTarget, signIn: SignInWith, watcher?: StepWatcher): Promise<Outcome<SubmissionSession>> {
  const connected = await connectJmap(target, signIn, watcher)
  if (!connected.ok) return connected
  const client = connected.value
  const places = client.session.sends ? await findPlaces(client) : failed('account.cannot-send', { ...client.evidence, detail: 'no EmailSubmission' })
  if (!places.ok) {
    client.close()
    return places
  }
  return done(new JmapSubmission(client, places.value))
}

async function findPlaces(client: JmapClient): Promise<Outcome<Places>> {
  const answers = await client.call([{ method: 'Identity/get', with: { ids: null }, as: 'identities' }, askForMailboxes])
  if (!answers.ok) return answers
  const identities = answers.value.read('identities', 'Identity/get', identitiesSchema)
  if (!identities.ok) return identities
  const mailboxes = answers.value.read('mailboxes', 'Mailbox/get', mailboxesSchema)
  if (!mailboxes.ok) return mailboxes
  const folders = foldersOf(mailboxes.value.list, null)
  const idOf = (use: MailboxFolder['use']) => folders.find((folder) => folder.use === use)?.id ?? null
  // Never Sent: what is there counts as sent.
  const drafts = idOf('drafts') ?? idOf('inbox')
  if (drafts === null) return failed('mailbox.missing', { ...client.evidence, name: 'Drafts' })
  return done({ identities: identities.value.list, drafts, sent: idOf('sent') })
}

class JmapSubmission implements SubmissionSession {
  readonly ahead = 1
  readonly #client: JmapClient
  readonly #places: Places

  constructor(client: JmapClient, places: Places) {
    this.#client = client
    this.#places = places
  }

  async submit(request: SubmitRequest): Promise<Submission> {
    const untaken = (reason: Failure, answers = shareOf(request, reason)): Submission => ({ ...refused(reason), recipients: answers, tried: true })
    const identity = this.#identityFor(request.mailFrom)
    if (identity === null) return untaken(failure('policy.sender-refused', { ...this.#client.evidence, address: request.mailFrom }))
    const blob = await this.#client.upload(request.file, request.size)
    if (!blob.ok) return untaken(blob.failure.code === 'mail.unreadable' ? failure('outbox.changed-file') : blob.failure)
    const draft = await importEmail(this.#client, blob.value, this.#places.drafts, ['$draft', '$seen'], new Date())
    if (!draft.ok) return untaken(draft.failure)

    const submission = await this.#send(request, identity, draft.value)
    // Whoever may have it keeps it until that is known.
    if (!submission.ok && submission.failure.code !== 'send.outcome-unknown' && this.#client.usable()) await this.#client.call([{ method: 'Email/set', with: { destroy: [draft.value] }, as: 'cleared' }])
    return submission
  }

  async #send(request: SubmitRequest, { id: identityId }: Identity, emailId: string): Promise<Submission> {
    const { evidence } = this.#client
    const untaken = (reason: Failure, answers = shareOf(request, reason)): Submission => ({ ...refused(reason), recipients: answers, tried: true })
    const unknown = (reason: Failure) => untaken(failure('send.outcome-unknown', { ...evidence, detail: reason.code }))
    let isOut = false
    const answers = await this.#client.call(
      [{ method: 'EmailSubmission/set', with: { create: { send: { identityId, emailId, envelope: envelopeOf(request) } }, ...this.#afterwards() }, as: 'send' }],
      {
        beforeSending: async () => {
          isOut = await request.submitting()
          return isOut ? done(undefined) : failed('job.cancelled', evidence)
        },
      },
    )
    if (!answers.ok) return isOut && !saysItWasRefused(answers.failure) ? unknown(answers.failure) : untaken(answers.failure)
    return this.#outcomeIn(answers.value, request, unknown, untaken)
  }

  #outcomeIn(answers: Answers, request: SubmitRequest, unknown: (reason: Failure) => Submission, untaken: (reason: Failure, answers?: readonly RecipientAnswer[]) => Submission): Submission {
    const { evidence } = this.#client
    const answer = answers.read('send', 'EmailSubmission/set', submittedSchema)
    // RFC 8620 section 3.6.2: after every other error of a method nothing has changed.
    if (!answer.ok) return answers.errorOf('send') === null || answers.errorOf('send') === 'serverPartialFail' ? unknown(answer.failure) : untaken(answer.failure)
    const created = answer.value.created?.['send']
    const error = answer.value.notCreated?.['send']
    if (created?.undoStatus === 'canceled') return untaken(failure('send.refused', { ...evidence, detail: 'canceled' }))
    if (created !== undefined) {
      const words = serverWords(`EmailSubmission ${created.id}`)
      const recipients = request.recipients.map((address) => answeredAs(address, created.deliveryStatus?.[wireAddress(address)]?.smtpReply ?? ''))
      return { ok: true, value: { words, replyCode: 250, recipients }, recipients, tried: true }
    }
    if (error === undefined) return unknown(failure('server.protocol'))
    const code = submissionCodes.get(error.type)
    const reason = code === undefined ? setFailure(error, evidence) : { ...setFailure(error, evidence), code }
    const invalid = new Set(error.invalidRecipients)
    if (invalid.size === 0) return untaken(reason)
    // RFC 8621 section 7.5: with one invalid recipient, it goes to nobody.
    return untaken(reason, request.recipients.map((address) => ({ address, accepted: false, replyCode: invalid.has(wireAddress(address)) ? 550 : null, words: reason.evidence.serverWords ?? null })))
  }

  /** Moved by the server, in the same step, if it took it (RFC 8621 section 7.5). */
  #afterwards(): Readonly<Record<string, unknown>> {
    const { drafts, sent } = this.#places
    if (sent === null) return { onSuccessDestroyEmail: ['#send'] }
    return { onSuccessUpdateEmail: { '#send': { [`mailboxIds/${drafts}`]: null, [`mailboxIds/${sent}`]: true, 'keywords/$draft': null } } }
  }

  /** RFC 8621 section 6: a name of its own, any of a domain, or, as Cyrus has it, none. */
  #identityFor(mailFrom: string): Identity | null {
    const address = mailFrom.toLowerCase()
    const any = `*${address.slice(address.lastIndexOf('@'))}`
    const { identities } = this.#places
    return [address, any, ''].map((name) => identities.find(({ email }) => email.toLowerCase() === name)).find((identity) => identity !== undefined) ?? null
  }

  /** JMAP has no way to ask without sending: what is known is who may send. */
  async rehearse(mailFrom: string): Promise<Outcome<string>> {
    const identity = this.#identityFor(mailFrom)
    return identity === null ? failed('policy.sender-refused', { ...this.#client.evidence, address: mailFrom }) : done(serverWords(identity.email === '' ? mailFrom : identity.email))
  }

  async close(): Promise<void> {
    this.#client.close()
  }
}

/** RFC 8621 section 7.5. */
const submissionCodes: ReadonlyMap<string, Failure['code']> = new Map([['invalidRecipients', 'send.all-recipients-refused'], ['noRecipients', 'send.refused'], ['tooManyRecipients', 'send.refused'], ['invalidEmail', 'send.refused'], ['tooLarge', 'message.too-large']])

/** The request as a whole was refused, before anything in it was done (RFC 8620 section 3.6.1). What a server in front of it says is no such word. */
function saysItWasRefused({ code }: Failure): boolean {
  return /^(signin|policy)\./.test(code) || code === 'server.refused' || code === 'connect.too-many' || code === 'message.too-large'
}

function envelopeOf({ mailFrom, recipients, envelopeId }: SubmitRequest) {
  // RFC 3461 as parameters; a server that cannot do it leaves them out.
  const report = envelopeId === null ? null : { NOTIFY: 'SUCCESS,FAILURE,DELAY' }
  return {
    mailFrom: { email: wireAddress(mailFrom), parameters: envelopeId === null ? null : { RET: 'HDRS', ENVID: envelopeId } },
    rcptTo: recipients.map((address) => ({ email: wireAddress(address), parameters: report })),
  }
}

/** Who shares the fate of the whole. */
function shareOf({ recipients }: SubmitRequest, reason: Failure): readonly RecipientAnswer[] {
  return recipients.map((address) => ({ address, accepted: false, replyCode: null, words: reason.evidence.serverWords ?? null }))
}

function answeredAs(address: string, smtpReply: string): RecipientAnswer {
  const replyCode = /^[2-5]\d\d/.test(smtpReply) ? Number(smtpReply.slice(0, 3)) : null
  return { address, accepted: replyCode === null || replyCode < 400, replyCode: replyCode !== null && replyCode >= 400 ? replyCode : null, words: smtpReply === '' ? null : serverWords(smtpReply) }
}
