/** Every kind of long work, with what it needs, so that a handler or the schedule names only the account. */
import type { DataFolder } from '../storage/data-folder.ts'
import type { SettingsStore } from '../storage/settings.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { LevelBook } from '../accounts/level-book.ts'
import type { MailStore } from '../mail/mail-store.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { SentCopies } from '../outbox/sent-copies/sent-copies.ts'
import type { JobEngine, Work } from '../jobs/job-engine.ts'
import type { Paces } from '../jobs/paces.ts'
import type { Pauses } from '../jobs/pauses.ts'
import type { Runs } from '../ipc/parts.ts'
import type { Host } from '../hosts/host.ts'
import { loopbackPages, type WebSignIn } from './create-web-sign-in.ts'
import type { AccountDraft, AccountId } from '../../shared/model/account.ts'
import { letterheadOf } from '../../shared/model/letterhead.ts'
import type { Language } from '../../shared/model/preferences.ts'
import { testMessageWords } from '../../shared/words/test-message.ts'
import { changeFolder } from '../jobs/change-folder.ts'
import { moveMessages } from '../jobs/move-messages.ts'
import { capConnections, connectionsInAll, connectionsPerServer } from '../jobs/cap-connections.ts'
import type { Batches } from '../outbox/batches/batches.ts'
import { queueBatch } from '../jobs/kinds/queue-batch.ts'
import { checkAccount } from '../jobs/kinds/check-account.ts'
import { checkServer } from '../jobs/kinds/check-server.ts'
import { createDomainRecords } from '../discovery/domain-records.ts'
import { examineMail } from '../jobs/kinds/doctor.ts'
import { fetchMail } from '../jobs/kinds/fetch-mail.ts'
import { indexMail } from '../jobs/kinds/index-mail.ts'
import { lookUpSettings } from '../jobs/kinds/look-up.ts'
import { signIn, type SignInJobParts } from '../jobs/kinds/sign-in.ts'
import { sendMail } from '../jobs/kinds/send-mail.ts'
import { createKeepSent, thenKeepSent } from '../jobs/keep-sent.ts'
import { createReadReturns, thenReadReturns } from '../jobs/read-returns.ts'
import { createServerTurns } from '../jobs/server-turns.ts'
import { addressesOf } from '../protocols/net/addresses-of.ts'
import { openHttps } from '../protocols/net/https-request.ts'
import type { LookUpName } from '../protocols/net/server-target.ts'
import { openInbox as dialInbox } from '../protocols/open-inbox.ts'
import { openSubmission as dialSubmission } from '../protocols/open-submission.ts'
import { probeServer } from '../protocols/probe-server.ts'

export interface RunParts {
  readonly host: Pick<Host, 'openLink'>
  readonly webSignIn: WebSignIn
  readonly folder: DataFolder
  readonly settings: SettingsStore
  readonly accounts: AccountBook
  readonly levels: LevelBook
  readonly mail: MailStore
  readonly outbox: Outbox
  readonly batches: Batches
  readonly copies: SentCopies
  readonly jobs: JobEngine
  readonly pauses: Pauses
  readonly paces: Paces
  readonly language: () => Language
  /** The program ends. */
  readonly stopping: AbortSignal
}

export interface Kinds {
  readonly runs: Runs
  fetch(accountId: AccountId): Work<'fetch-mail'>
  send(accountId: AccountId): Work<'send-mail'>
  index(): Work<'index'>
}

/** Seconds for each wait of a look-up. */
const openWeb = (signal: AbortSignal, lookUp: LookUpName) => openHttps({ timeoutSeconds: 5, signal, lookUp })

export function createRuns({ host, webSignIn, folder, settings, accounts, levels, mail, outbox, batches, copies, jobs, pauses, paces, language, stopping }: RunParts): Kinds {
  const { openInbox, openSubmission } = capConnections({ openInbox: dialInbox, openSubmission: dialSubmission }, createServerTurns({ perServer: connectionsPerServer, inAll: connectionsInAll }, addressesOf))
  const readReturns = createReadReturns({ mail, outbox })
  const keepSent = createKeepSent({ accounts, outbox, copies, openInbox, pauses })
  const fetch = (accountId: AccountId) => thenKeepSent(thenReadReturns(fetchMail({ accounts, mail, openInbox, pauses }, accountId), readReturns), keepSent)
  const send = (accountId: AccountId) => thenKeepSent(sendMail({ accounts, outbox, openSubmission, pauses, paces, connections: connectionsPerServer }, accountId), keepSent)
  const checkParts = { accounts, openInbox, openSubmission, pauses, testMessageWords: () => testMessageWords[language()], spool: folder.spool, letterhead: (draft: AccountDraft) => letterheadOf(draft, settings.get()) }
  const signInParts: SignInJobParts = {
    ...webSignIn, accounts, levels, pauses,
    signIn: { ...webSignIn, openPage: (url) => host.openLink(url), pages: () => loopbackPages(language()) },
  }
  return {
    fetch,
    send,
    index: () => indexMail({ mail }),
    runs: {
      fetch: (accountId) => jobs.start(fetch(accountId), 'person'),
      send: (accountId) => jobs.start(send(accountId), 'person'),
      changeFolder: (accountId, change) => changeFolder({ accounts, openInbox, pauses }, accountId, change, stopping),
      moveMessages: (accountId, places, to) => moveMessages({ accounts, openInbox, pauses }, accountId, places, to, stopping),
      check: ({ subject, testMessage, sendAs }) => jobs.start(checkAccount(checkParts, subject, { testMessage, sendAs }), 'person'),
      checkServer: ({ server, level, secret, sender }) => jobs.start(checkServer({ openSubmission, route: () => levels.routeOf(server, level, secret) }, sender), 'person'),
      lookUp: (address) => jobs.start(lookUpSettings({ probeServer, names: createDomainRecords(), openWeb, allowed: () => settings.get().preferences }, address), 'person'),
      index: () => (mail.hasUnindexed() ? jobs.start(indexMail({ mail }), 'person') : null),
      signIn: ({ subject, way, anyUser }) => jobs.start(signIn(signInParts, subject, { way, anyUser }), 'person'),
      examine: (rebuild) => jobs.start(examineMail(mail, rebuild), 'person'),
      batch: (phase, tableId, name, order) => jobs.start(queueBatch(batches, phase, tableId, name, order), 'person'),
    },
  }
}
