/** `mailroom outbox …` */
import { explain } from '../../../../shared/failures/catalogue.ts'
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import { type Recipient, type ShownState, shownState } from '../../../../shared/model/outgoing-mail.ts'
import { type ReturnWords, returnWords, whyReturned } from '../../../../shared/words/mail-returns.ts'
import type { Language } from '../../../../shared/model/preferences.ts'
import { outgoingWords } from '../../../../shared/words/outgoing-mail.ts'
import { exitCodes } from '../exit-codes.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { provideSecrets } from '../give-secrets.ts'
import { storyOf } from '../../../../shared/words/mail-story.ts'
import { nameOf } from './mail.ts'
import { type Command, ok, type Session } from '../session.ts'
import { tellRuns } from '../tell-runs.ts'

export const listOutbox = (options: { readonly state?: ShownState; readonly search?: string; readonly batch?: string; readonly limit: number }): Command => async ({ caller, output, words, format, language }) => {
  const listed = await caller.call('outbox.list', { states: options.state === undefined ? null : [options.state], search: options.search ?? '', batchId: options.batch ?? null, limit: options.limit })
  if (!listed.ok) return listed
  output.document(listed.value)
  const rows = listed.value.mails.map((mail) => [
    mail.id, outgoingWords[language].states[shownState(mail)], mail.recipients.map(({ address }) => address).join(', '), mail.subject, format.date(mail.changedAt),
  ])
  output.line(rows.length === 0 ? words.none.outbox : table(words.outboxHeadings, rows))
  return tellHeldUp({ caller, output, format, language })
}

/** Why a whole queue waits, and until when. */
async function tellHeldUp({ caller, output, format, language }: Pick<Session, 'caller' | 'output' | 'format' | 'language'>): Promise<Outcome<number>> {
  const heldUp = await caller.call('outbox.heldUp', {})
  if (!heldUp.ok) return heldUp
  const named = await caller.call('accounts.names', { keys: null })
  if (!named.ok) return named
  const said = outgoingWords[language]
  for (const { accountId, waiting, failure, nextAt } of heldUp.value.queues) {
    const name = named.value.accounts.find(({ id }) => id === accountId)?.name ?? accountId
    output.note([explain(failure, language).title, ...(failure.evidence.host === undefined ? [] : [failure.evidence.host]), said.waiting(format.number(waiting), waiting === 1, name), nextAt === null ? 'mailroom outbox run' : said.nextTry(format.date(nextAt))].join(' – '))
  }
  return ok
}

/** `to-resolve`: all that is known of it, for whoever has to say what became of it. */
export const showOutgoing = (id: string, why: 'to-look' | 'to-resolve' = 'to-look'): Command => async ({ caller, output, words, format, language }) => {
  const found = await caller.call('outbox.get', { id })
  if (!found.ok) return found
  const mail = found.value
  output.document(mail)
  const said = returnWords[language]
  const { states } = outgoingWords[language]
  output.line(`${mail.id}: ${states[shownState(mail)]}`)
  output.line(`${words.readBy.from}: ${nameOf(mail.from)}`)
  output.line(`${words.readBy.subject}: ${mail.subject}`)
  output.line('')
  output.line(table(words.recipientHeadings, mail.recipients.map((recipient) => [nameOf(recipient), resultOf(recipient, language), answerOf(recipient, said)])))
  output.line('')
  const story = storyOf(mail, language)
  output.line(table(words.storyHeadings, story.map((step) => [format.date(step.at), step.what, oneCell([step.why, step.words, step.nextAt === null ? null : outgoingWords[language].nextTry(format.date(step.nextAt))])])))
  if (why === 'to-resolve' && mail.state !== 'unknown') return failed('outbox.wrong-state', { name: mail.state })
  if (mail.state === 'unknown') output.line(`\n${words.resolveHow(mail.id)}`)
  return ok
}

function resultOf({ state, returned }: Recipient, language: Language): string {
  return returned === null ? outgoingWords[language].recipients[state] : returnWords[language].outcomes[returned.outcome]
}

function answerOf({ replyCode, words, returned }: Recipient, said: ReturnWords): string {
  return returned === null ? oneCell([replyCode === null ? null : String(replyCode), words]) : oneCell([whyReturned(returned, said), returned.words])
}

function oneCell(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' ')
}

export const runOutbox = (keys: readonly string[], options: { readonly secretsStdin?: boolean }): Command => async (session) => {
  const { caller, output, words } = session
  if (options.secretsStdin === true && keys.length !== 1) {
    output.usage(words.usage.fetchWhat)
    return done(exitCodes.usage)
  }
  const named = await caller.call('accounts.names', { keys: [...keys] })
  if (!named.ok) return named
  const ids = named.value.accounts.map(({ id }) => id)
  const provided = await provideSecrets(session, ids[0] ?? '', options.secretsStdin)
  if (!provided.ok) return provided
  const teller = await tellRuns(session)
  const followed = await followJobs(session, async () => {
    const started = await caller.call('outbox.run', { accountIds: keys.length === 0 ? null : ids })
    return started.ok ? done(started.value.jobIds) : started
  }, teller)
  if (!followed.ok) return followed
  if (followed.value.length === 0) output.line(words.none.work)
  const outcome = failureAmong(followed.value)
  if (!outcome.ok) return outcome
  // A run that worked may have met mails that did not: that is for whoever called to know.
  const troubled = followed.value.some(({ detail }) => detail.kind === 'send-mail' && detail.failed + detail.unknown > 0)
  return done(troubled ? exitCodes.tryAgain : exitCodes.ok)
}

/** No ids = all that can. */
export const resetMails = (ids: readonly string[]): Command => async ({ caller, output, words, format }) => {
  const changed = await caller.call('outbox.reset', { ids: ids.length === 0 ? null : [...ids] })
  if (!changed.ok) return changed
  output.document(changed.value)
  output.line(words.changedMails(format.number(changed.value.changed.length)))
  return ok
}

export const clearMails = (ids: readonly string[], { dismiss = false }: { readonly dismiss?: boolean }): Command => async ({ caller, output, words, format }) => {
  const changed = await caller.call('outbox.clear', { ids: ids.length === 0 ? null : [...ids], dismiss })
  if (!changed.ok) return changed
  output.document(changed.value)
  output.line(words.changedMails(format.number(changed.value.changed.length)))
  return ok
}

export const moveMails = (method: 'outbox.hold' | 'outbox.release' | 'outbox.cancel', ids: readonly string[]): Command => async ({ caller, output, words, format }) => {
  const changed = await caller.call(method, { ids: [...ids] })
  if (!changed.ok) return changed
  output.document(changed.value)
  output.line(words.changedMails(format.number(changed.value.changed.length)))
  return changed.value.changed.length === ids.length ? ok : failed('outbox.wrong-state')
}

export const resendMails = (ids: readonly string[], { to }: { readonly to: readonly string[] }): Command => async ({ caller, output, words }) => {
  const resent = await caller.call('outbox.resend', { ids: [...ids], recipients: to.length === 0 ? null : [...to] })
  if (!resent.ok) return resent
  output.document(resent.value)
  for (const id of resent.value.queued) output.line(words.queued(id))
  return resent.value.queued.length === ids.length ? ok : failed('outbox.wrong-state')
}

export const resolveMails = (ids: readonly string[], outcome: 'sent' | 'not-sent'): Command => async ({ caller, output, language }) => {
  const resolved = await caller.call('outbox.resolve', { ids: [...ids], outcome: outcome === 'sent' ? 'was-sent' : 'was-not-sent' })
  if (!resolved.ok) return resolved
  output.document(resolved.value)
  for (const id of resolved.value.changed) output.line(`${id}: ${outgoingWords[language].states[outcome === 'sent' ? 'sent' : 'ready']}`)
  return resolved.value.changed.length === ids.length ? ok : failed('outbox.wrong-state')
}
