/**
 * What reaches a person whose window is hidden: the number of unread messages, and of mails that came back and were not looked at, on the
 * program's icon; a notification when mail came in by itself, when one came back, and when an account had to be paused. What a person asked for is seen on screen instead.
 */
import { explain } from '../../shared/failures/catalogue.ts'
import type { AccountId } from '../../shared/model/account.ts'
import type { Language } from '../../shared/model/preferences.ts'
import { notificationWords } from '../../shared/words/notifications.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { Host } from '../hosts/host.ts'
import type { JobEngine } from '../jobs/job-engine.ts'
import type { Pauses } from '../jobs/pauses.ts'
import type { MailStore } from '../mail/mail-store.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { BounceNews } from '../outbox/returned/bounce-news.ts'

export interface TellParts {
  readonly host: Pick<Host, 'badge' | 'notify'>
  readonly accounts: Pick<AccountBook, 'list' | 'get' | 'onChange'>
  readonly mail: Pick<MailStore, 'counts' | 'onChange'>
  readonly outbox: Pick<Outbox, 'get' | 'onChange'>
  readonly bounces: Pick<BounceNews, 'unlooked' | 'unlookedCount' | 'onChange'>
  readonly jobs: Pick<JobEngine, 'onChange'>
  readonly pauses: Pick<Pauses, 'of' | 'onChange'>
  readonly language: () => Language
  readonly wanted: () => boolean
}

/** Answers with a function that stops telling. */
export function tellPerson({ host, accounts, mail, outbox, bounces, jobs, pauses, language, wanted }: TellParts): () => void {
  const badge = () => host.badge(accounts.list().reduce((sum, { id }) => sum + mail.counts(id).unseen, bounces.unlookedCount()))
  const nameOf = (id: AccountId): string => {
    const account = accounts.get(id)
    return account.ok ? account.value.name : ''
  }
  let told = bounces.unlooked().at(-1)?.number ?? 0
  const tellBounces = () => {
    const fresh = bounces.unlooked().filter(({ number }) => number > told)
    const last = fresh.at(-1)
    if (last === undefined) return
    told = last.number
    badge()
    const mail = outbox.get(last.id)
    if (!wanted() || !mail.ok) return
    const words = notificationWords[language()]
    const { subject, recipients } = mail.value
    host.notify(words.cameBack(fresh.length), words.aboutMail(subject, recipients.find(({ returned }) => returned?.outcome === 'bounced')?.address ?? ''))
  }
  badge()
  const stops = [
    mail.onChange(badge),
    accounts.onChange(badge),
    outbox.onChange(tellBounces),
    bounces.onChange(badge),
    jobs.onChange((job) => {
      if (job.state !== 'done' || job.cause === 'person' || job.accountId === null || job.detail.kind !== 'fetch-mail') return
      const arrived = job.detail.arrived ?? job.detail.fetched
      if (arrived === 0 || !wanted()) return
      const words = notificationWords[language()]
      host.notify(words.newMail(arrived), words.forAccount(nameOf(job.accountId)))
    }),
    pauses.onChange((accountId) => {
      const reason = pauses.of(accountId)
      if (reason === null || !wanted()) return
      host.notify(notificationWords[language()].paused(nameOf(accountId)), explain(reason, language()).remedy)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
