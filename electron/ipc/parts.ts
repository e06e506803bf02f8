/** What the handlers work with. Built and wired in `app/create-app.ts`. */
import type { ParsedParams, Result, Secrets } from '../../shared/contract/methods.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import type { AccountDraft, AccountId } from '../../shared/model/account.ts'
import type { FolderChange } from '../../shared/model/folder.ts'
import type { JobId } from '../../shared/model/job.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { LevelBook } from '../accounts/level-book.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { JobEngine } from '../jobs/job-engine.ts'
import type { Schedule } from '../jobs/create-schedule.ts'
import type { Pauses } from '../jobs/pauses.ts'
import type { MailStore } from '../mail/mail-store.ts'
import type { Drafts } from '../outbox/drafts.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { BatchOrder } from '../../shared/model/batch.ts'
import type { Batches } from '../outbox/batches/batches.ts'
import type { FolderWatches } from '../jobs/watch-folders.ts'
import type { WatchedFolders } from '../outbox/batches/watched-folders.ts'
import type { Templates } from '../outbox/templates/templates.ts'
import type { BounceNews } from '../outbox/returned/bounce-news.ts'
import type { SendingLog } from '../outbox/sending-log/sending-log.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { SignOutParts } from '../sign-in/sign-out.ts'
import type { Permissions } from '../sign-in/access-tokens.ts'
import type { Providers } from '../sign-in/providers.ts'
import type { Registrations } from '../sign-in/registrations.ts'
import type { SettingsStore } from '../storage/settings.ts'
import type { SpooledFiles } from './spooled-files.ts'

/** Starts long work because a person asked for it. */
export interface Runs {
  fetch(accountId: AccountId): JobId
  send(accountId: AccountId): JobId
  /** Ends when the server has answered. */
  changeFolder(accountId: AccountId, change: FolderChange): Promise<Outcome<void>>
  /** `places`: server ids by the folder they are moved from. */
  moveMessages(accountId: AccountId, places: ReadonlyMap<string, readonly string[]>, to: string): Promise<Outcome<void>>
  check(params: ParsedParams<'accounts.check'>): JobId
  checkServer(params: ParsedParams<'levels.check'>): JobId
  lookUp(address: string): JobId
  /** null = every message is in the search index. */
  index(): JobId | null
  examine(rebuild: boolean): JobId
  signIn(params: ParsedParams<'signIn.begin'>): JobId
  batch(phase: 'check' | 'queue', tableId: string, name: string, order: BatchOrder): JobId
}

/** The program around the parts: what it runs in and what its start had to tell. */
export interface Program {
  info(): Result<'app.info'>
  openLink(url: string): Promise<Outcome<void>>
  openDataFolder(): Promise<Outcome<void>>
  showWindow(): Outcome<void>
  dismissNotice(id: string): void
  startWithSystem(on: boolean, minimised: boolean): void
}

/** Signing in over the web. */
export interface WebSignIn {
  readonly providers: Providers
  readonly registrations: Pick<Registrations, 'set' | 'remove'>
  readonly permissions: Permissions
  readonly client: SignOutParts['client']
  /** What the browser of each sign-in that waits is to open. */
  readonly pages: ReadonlyMap<JobId, string>
  readonly openPage: (url: string) => Promise<void>
}

export interface Parts {
  readonly webSignIn: WebSignIn
  readonly program: Program
  readonly settings: SettingsStore
  readonly secrets: SecretKeeper
  readonly accounts: AccountBook
  readonly levels: LevelBook
  readonly mail: MailStore
  readonly outbox: Outbox
  readonly templates: Templates
  readonly batches: Batches
  readonly watchedFolders: WatchedFolders
  readonly folderWatches: Pick<FolderWatches, 'keep' | 'lookNow'>
  readonly drafts: Drafts
  readonly bounces: BounceNews
  readonly sendingLog: SendingLog
  readonly contacts: Contacts
  readonly files: SpooledFiles
  readonly jobs: JobEngine
  readonly pauses: Pauses
  readonly schedule: Pick<Schedule, 'nextFetch' | 'nextSend'>
  readonly runs: Runs
  readonly practice: { start(): Promise<Outcome<{ readonly draft: AccountDraft; readonly secrets: Secrets }>> }
  /** Tells everybody that something nobody else tells has changed. */
  readonly changed: (event: 'accounts.changed' | 'preferences.changed') => void
}

