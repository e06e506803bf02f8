/** Everything a fake Mailroom remembers, in memory. Two beginnings: nothing at all, and an office in the middle of its day. */
import type { Template } from '../../../shared/model/template.ts'
import type { WatchedFolder } from '../../../shared/model/watched-folder.ts'
import { starterTemplates } from '../../../shared/words/starter-templates.ts'
import type { AccountOverview, SecretStore } from '../../../shared/contract/methods.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import type { Failure } from '../../../shared/failures/failure.ts'
import type { DayOfAccount, Job } from '../../../shared/model/job.ts'
import { type Organization, organizationSchema, type Unit } from '../../../shared/model/levels.ts'
import type { MessageView } from '../../../shared/model/message.ts'
import type { CopiedFolderView, OutgoingView } from '../../../shared/model/outgoing-mail.ts'
import { type Preferences, preferencesSchema } from '../../../shared/model/preferences.ts'
import type { FakeContact } from './handle-contacts.ts'
import { officeAccounts, officeContacts, officeHistory, officeJobs, officeLevels, officeMessages, officeOutbox } from './office.ts'

export interface World {
  /** ISO 8601; everything "now" is this. */
  readonly now: string
  locale: string
  preferences: Preferences
  secretStore: SecretStore
  accounts: AccountOverview[]
  organization: Organization
  units: Unit[]
  messages: MessageView[]
  outbox: OutgoingView[]
  copied: CopiedFolderView | null
  /** Queues that do not move. */
  heldUp: { accountId: AccountId; failure: Failure; nextAt: string | null }[]
  jobs: Job[]
  contacts: FakeContact[]
  templates: Template[]
  watched: WatchedFolder[]
  history: DayOfAccount[]
  keptWizard: string | null
  notices: { id: string; at: string; failure: Failure }[]
  defaultAccountId: AccountId | null
}

export const fakeNow = '2026-11-22T14:30:00.000Z'

export function emptyWorld(): World {
  return {
    now: fakeNow,
    locale: 'en-GB',
    preferences: preferencesSchema.parse({}),
    secretStore: { place: 'keychain', state: 'ready', name: 'GNOME Keyring' },
    accounts: [],
    organization: organizationSchema.parse({}),
    units: [],
    messages: [],
    outbox: [], copied: null,
    heldUp: [],
    jobs: [],
    contacts: [],
    watched: [{ id: 1, path: '/home/emma/Facturen', templateId: 5, templateName: 'Factuur', accountId: null, files: null, polling: false, enabled: true, last: { at: fakeNow, name: 'november.csv', outcome: 'queued' } }],
    templates: starterTemplates.map((draft, index) => ({ ...draft, id: index + 1, changedAt: fakeNow })),
    history: [],
    keptWizard: null,
    notices: [],
    defaultAccountId: null,
  }
}

export function officeWorld(): World {
  return {
    ...emptyWorld(),
    accounts: officeAccounts(fakeNow),
    ...officeLevels(),
    messages: officeMessages(fakeNow),
    outbox: officeOutbox(fakeNow),
    copied: null,
    jobs: officeJobs(fakeNow),
    contacts: officeContacts(),
    history: officeHistory(fakeNow),
    defaultAccountId: 'emma',
  }
}
