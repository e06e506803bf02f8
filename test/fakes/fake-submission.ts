/** A submission server in memory that answers as a test wants, and an outbox that keeps only states. */
import { randomUUID } from 'node:crypto'
import type { TakenMail } from '../../electron/outbox/outbox.ts'
import type { openSubmission } from '../../electron/protocols/open-submission.ts'
import type { RecipientAnswer, SubmitRequest } from '../../electron/protocols/mail-session.ts'
import type { SendParts } from '../../electron/jobs/kinds/send-parts.ts'
import { done, failed, refused, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import type { OutgoingState, OutgoingView } from '../../shared/model/outgoing-mail.ts'

export type Reply =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly failure: Failure; readonly recipients?: readonly RecipientAnswer[] }
  /** After `submitting()`, as at the end of DATA. */
  | { readonly kind: 'refused-after-data'; readonly failure: Failure }
  | { readonly kind: 'throws'; readonly afterSubmitting: boolean }
  /** Ends when the signal is aborted. */
  | { readonly kind: 'hangs' }

export class FakeSubmission {
  openFailure: Failure | null = null
  /** User names, in the order of the sign-ins. */
  readonly signIns: string[] = []
  rehearsal: Outcome<string> = done('250 2.1.5 ok')
  opened = 0
  closed = 0
  readonly requests: SubmitRequest[] = []
  /** Files whose end went out. */
  readonly taken: string[] = []
  /** In the order mails are submitted; afterwards everything is taken. */
  replies: Reply[] = []
  /** Before `submitting()`. */
  onEnvelope: (request: SubmitRequest) => void = () => {}
  onSubmit: (request: SubmitRequest) => void = () => {}

  readonly open: typeof openSubmission = async (target, credentials, watcher) => {
    if (this.openFailure !== null) return refused(this.openFailure)
    if (credentials !== null) this.signIns.push(credentials.userName)
    for (const step of ['name', 'connect', 'secure', 'sign-in'] as const) {
      watcher?.began(step)
      watcher?.ended(step, step)
    }
    this.opened += 1
    return done({
      ahead: 1,
      submit: async (request) => {
        this.requests.push(request)
        this.onEnvelope(request)
        const reply = this.replies.shift() ?? { kind: 'taken' }
        const accepted = request.recipients.map((address) => ({ address, accepted: true, replyCode: 250, words: 'ok' }))
        if (reply.kind === 'refused') return { ...refused(reply.failure), recipients: reply.recipients ?? [], tried: true }
        if (reply.kind === 'throws' && !reply.afterSubmitting) throw new Error('bug')
        if (!(await request.submitting())) return { ...failed('job.cancelled'), recipients: [], tried: true }
        this.taken.push(request.file)
        this.onSubmit(request)
        if (reply.kind === 'throws') throw new Error('bug')
        if (reply.kind === 'refused-after-data') return { ...refused(reply.failure), recipients: accepted, tried: true }
        if (reply.kind === 'hangs') {
          await new Promise<void>((resolve) => target.signal.addEventListener('abort', () => resolve()))
          return { ...failed('send.outcome-unknown'), recipients: [], tried: true }
        }
        return { ok: true, value: { words: '250 queued', replyCode: 250, recipients: accepted }, recipients: accepted, tried: true }
      },
      rehearse: async () => this.rehearsal,
      close: async () => {
        this.closed += 1
      },
    })
  }
}

export interface FakeMail {
  readonly id: string
  state: OutgoingState
  notBefore: Date
  failure: Failure | null
  recipients: readonly RecipientAnswer[]
  history: { at: string; state: OutgoingState; words: string | null; failure: Failure | null }[]
}

export class FakeOutbox {
  readonly mails: FakeMail[] = []
  private readonly now: () => Date
  constructor(now: () => Date) {
    this.now = now
  }

  add(...ids: string[]): void {
    for (const id of ids) this.mails.push({ id, state: 'ready', notBefore: this.now(), failure: null, recipients: [], history: [] })
  }

  mail(id: string): FakeMail {
    const mail = this.mails.find((one) => one.id === id)
    if (mail === undefined) throw new Error(`no mail ${id}`)
    return mail
  }

  states(): Record<string, OutgoingState> {
    return Object.fromEntries(this.mails.map(({ id, state }) => [id, state]))
  }

  private move(id: string, state: OutgoingState, failure: Failure | null = null): FakeMail {
    const mail = this.mail(id)
    mail.state = state
    mail.failure = failure
    mail.history.push({ at: this.now().toISOString(), state, words: null, failure })
    return mail
  }

  private readonly held = new Map<string, string>()

  /** Only as long as whoever took it still has it. */
  private moveHeld({ id, token }: TakenMail, from: readonly OutgoingState[], state: OutgoingState, failure: Failure | null = null): FakeMail | null {
    return this.held.get(id) === token && from.includes(this.mail(id).state) ? this.move(id, state, failure) : null
  }

  readonly port: { -readonly [Key in keyof SendParts['outbox']]: SendParts['outbox'][Key] } = {
    take: (_accountId, now, most) => {
      const due = this.mails.filter(({ state, notBefore }) => state === 'ready' && notBefore <= now).slice(0, most)
      return done(due.map(({ id }) => {
        this.move(id, 'sending')
        this.held.set(id, randomUUID())
        return { id, token: this.held.get(id) ?? '', file: `${id}.eml`, size: 100, mailFrom: 'office@shop.example', recipients: ['a@bakery.example'], envelopeId: null }
      }))
    },
    get: (id) => done({ history: this.mail(id).history, state: this.mail(id).state } as unknown as OutgoingView),
    dueCount: (_accountId, now) => this.mails.filter(({ state, notBefore }) => state === 'ready' && notBefore <= now).length,
    submitting: async (mail) => done(this.moveHeld(mail, ['sending'], 'submitting') !== null),
    answered: async (mail, { failure, recipients, retryAt }) => {
      const moved = this.moveHeld(mail, ['sending', 'submitting'], failure === null ? 'sent' : retryAt === null ? 'error' : 'ready', failure)
      if (moved === null) return done(undefined)
      moved.recipients = recipients
      if (failure !== null && retryAt !== null) moved.notBefore = retryAt
      return done(undefined)
    },
    giveBack: async (mail, failure) => {
      this.moveHeld(mail, ['sending'], 'ready', failure)
      return done(undefined)
    },
    unknown: async (mail, failure) => {
      this.moveHeld(mail, ['submitting'], 'unknown', failure)
      return done(undefined)
    },
    recover: () => done(undefined),
  }
}
