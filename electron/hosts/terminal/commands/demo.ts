/**
 * `mailroom demo`: everything at work in under a minute, with the practice server on this computer, no display, no account.
 *
 *   two accounts ─▶ checked ─▶ fetched, compared byte for byte ─▶ three invoices queued ─▶ sent ─▶ the reply fetched
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller } from '../../../../shared/contract/caller.ts'
import { done, failed, type Outcome, refused } from '../../../../shared/failures/failure.ts'
import type { Account } from '../../../../shared/model/account.ts'
import type { Job } from '../../../../shared/model/job.ts'
import type { MessageRow } from '../../../../shared/model/message.ts'
import { makeInvoicePdf } from '../../../practice/sample-pdf.ts'
import { type PracticeServer, startPractice } from '../../../practice/start-practice.ts'
import { dataFolderAt } from '../../../storage/data-folder.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { handOverBytes } from '../hand-over-file.ts'
import type { Io } from '../io.ts'
import { languageOf } from '../language.ts'
import { createOutput } from '../output.ts'
import { type Session, withSession } from '../session.ts'
import { tellRuns } from '../tell-runs.ts'

interface DemoOptions {
  /** null = a new folder in the system's place for temporary files. It is left there to look at. */
  readonly data: string | null
  readonly json: boolean
  readonly version: string
}

const invoices = [
  { number: '2026-041', customer: 'Bakery', address: 'accounts@bakery.example', cents: 24_200 },
  { number: '2026-042', customer: 'Florist', address: 'accounts@florist.example', cents: 18_150 },
  { number: '2026-043', customer: 'Garage', address: 'accounts@garage.example', cents: 96_800 },
] as const

export async function runDemo(io: Io, options: DemoOptions): Promise<number> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'mailroom-demo-')))
  const practice = await startPractice()
  if (!practice.ok) {
    createOutput(io, options.json, () => languageOf(io.locale)).failure(practice.failure)
    return exitCodeOf(practice.failure.code)
  }
  try {
    return await withSession(io, { ...options, data }, (session) => play(session, practice.value, programOf(io.environment)))
  } finally {
    await practice.value.stop()
  }
}

async function play(session: Session, practice: PracticeServer, program: string): Promise<Outcome<number>> {
  const { output, words: { demo }, format, dataFolder } = session
  const startedAt = performance.now()
  output.line(demo.begin(dataFolder))
  const placed = await session.caller.call('secrets.usePlace', { place: 'session' })
  if (!placed.ok) return placed

  const accounts = await addAndCheck(session, practice)
  if (!accounts.ok) return accounts
  const fetched = await fetchAll(session)
  if (!fetched.ok) return fetched
  const compared = await compare(session, practice)
  if (!compared.ok) return compared
  const office = accounts.value[0]
  if (office === undefined) return failed('account.cannot-send')
  const sent = await sendInvoices(session, office)
  if (!sent.ok) return sent
  const replied = await fetchReplies(session)
  if (!replied.ok) return replied

  const seconds = (performance.now() - startedAt) / 1000
  const folder = dataFolderAt(dataFolder)
  output.line('')
  output.line(demo.done(format.number(Math.round(seconds * 10) / 10)))
  output.line(demo.mailIn(folder.mail))
  output.line(demo.mailOut(folder.outbox))
  output.line(demo.goOn(`${program} mail list --data ${dataFolder}`))
  output.event('demo.done', { seconds, dataFolder, sent: invoices.length, same: compared.value.same, replies: replied.value.length })
  return done(compared.value.different === 0 && replied.value.length > 0 ? exitCodes.ok : exitCodes.software)
}

/** How whoever started this starts it: `npm run` tells its programs so. */
const programOf = (environment: NodeJS.ProcessEnv) => (environment['npm_lifecycle_event'] === undefined ? 'mailroom' : 'npm run -s mailroom --')

async function addAndCheck(session: Session, practice: PracticeServer): Promise<Outcome<readonly Account[]>> {
  const { caller, output, words: { demo } } = session
  const accounts: Account[] = []
  for (const { draft, secrets } of practice.accounts) {
    const known = await caller.call('accounts.find', { key: draft.name })
    // A demo shown here before: its server is gone, and the new one gives new mail the same names.
    if (known.ok) await caller.call('accounts.remove', { id: known.value.account.id, mail: 'delete' })
    const added = await caller.call('accounts.add', { draft, secrets })
    if (!added.ok) return added
    accounts.push(added.value.account)
    output.line(demo.added(draft.name, draft.user.address))
  }
  for (const { id, name } of accounts) {
    const checked = await run(session, async () => {
      const started = await caller.call('accounts.check', { subject: { is: 'account', id } })
      return started.ok ? done([started.value.jobId]) : started
    })
    if (!checked.ok) return checked
    output.line(demo.checked(name))
  }
  return done(accounts)
}

async function fetchAll(session: Session): Promise<Outcome<readonly Job[]>> {
  const { caller } = session
  return run(session, async () => {
    const started = await caller.call('mail.fetch', { accountIds: null })
    return started.ok ? done(started.value.jobIds) : started
  }, await tellRuns(session))
}

async function run(session: Session, start: Parameters<typeof followJobs>[1], tell?: (job: Job) => void): Promise<Outcome<readonly Job[]>> {
  const followed = await followJobs(session, start, tell)
  if (!followed.ok) return followed
  const outcome = failureAmong(followed.value)
  return outcome.ok ? followed : outcome
}

async function messagesOf(caller: Caller): Promise<Outcome<readonly MessageRow[]>> {
  const listed = await caller.call('mail.list', { accountId: null, limit: 500 })
  return listed.ok ? done(listed.value.messages) : listed
}

async function sourceOf(caller: Caller, id: number): Promise<Outcome<Buffer>> {
  const pieces: Buffer[] = []
  for (let read = 0, size = 1; read < size; ) {
    const piece = await caller.call('mail.source', { id, offset: read })
    if (!piece.ok) return piece
    const bytes = Buffer.from(piece.value.base64, 'base64')
    if (bytes.byteLength === 0) break
    pieces.push(bytes)
    read += bytes.byteLength
    size = piece.value.size
  }
  return done(Buffer.concat(pieces))
}

/** Every message the server holds must be stored here with the very same bytes. */
async function compare({ caller, output, words: { demo }, format }: Session, practice: PracticeServer): Promise<Outcome<{ readonly same: number; readonly different: number }>> {
  const messages = await messagesOf(caller)
  if (!messages.ok) return messages
  const stored = new Set<string>()
  for (const { id } of messages.value) {
    const source = await sourceOf(caller, id)
    if (!source.ok) return source
    stored.add(source.value.toString('latin1'))
  }
  const onServer = practice.accounts.flatMap(({ draft }) => practice.messages(draft.user.address))
  const same = onServer.filter((bytes) => stored.has(bytes.toString('latin1'))).length
  const different = onServer.length - same
  output.line(different === 0 ? demo.same(format.number(same)) : demo.different(format.number(different)))
  return done({ same, different })
}

async function sendInvoices(session: Session, office: Account): Promise<Outcome<void>> {
  const { caller, output, words: { demo }, format } = session
  const money = new Intl.NumberFormat(session.io.locale, { style: 'currency', currency: 'EUR' })
  const ids: string[] = []
  for (const { number, customer, address, cents } of invoices) {
    const pdf = await makeInvoicePdf({ number, date: new Date(), from: demo.organization, to: customer, lines: [{ text: demo.invoiceLine, cents }] })
    const handle = await handOverBytes(caller, `${demo.invoiceTitle}-${number}.pdf`, pdf)
    if (!handle.ok) return handle
    const queued = await caller.call('outbox.queue', {
      accountId: office.id, to: [{ name: customer, address }],
      subject: demo.invoiceSubject(number), text: demo.invoiceText(customer, number, money.format(cents / 100)), attachments: [handle.value],
    })
    if (!queued.ok) return queued
    ids.push(queued.value.id)
    output.line(demo.queued(number, address, format.size(queued.value.size)))
  }
  const ran = await run(session, async () => {
    const started = await caller.call('outbox.run', { accountIds: [office.id] })
    return started.ok ? done(started.value.jobIds) : started
  })
  if (!ran.ok) return ran
  for (const id of ids) {
    const mail = await caller.call('outbox.get', { id })
    if (!mail.ok) return mail
    if (mail.value.state !== 'sent') return refused(mail.value.failure ?? { code: 'outbox.wrong-state', evidence: { name: mail.value.state } })
  }
  output.line(demo.sent(format.number(ids.length)))
  return done(undefined)
}

async function fetchReplies(session: Session): Promise<Outcome<readonly MessageRow[]>> {
  const { caller, output, words: { demo } } = session
  const before = await messagesOf(caller)
  if (!before.ok) return before
  const known = new Set(before.value.map(({ id }) => id))
  const fetched = await fetchAll(session)
  if (!fetched.ok) return fetched
  const after = await messagesOf(caller)
  if (!after.ok) return after
  const replies = after.value.filter(({ id }) => !known.has(id))
  for (const { subject, from } of replies) output.line(demo.reply(subject, from?.address ?? ''))
  if (replies.length === 0) output.line(demo.noReply)
  return done(replies)
}
