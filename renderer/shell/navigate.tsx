/** Where the window is, and how any component asks to go elsewhere. */
import { createContext, useContext } from 'react'
import type { AccountId } from '../../shared/model/account.ts'
import type { ContactId } from '../../shared/model/contact.ts'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import type { MailboxAddress, MessageView } from '../../shared/model/message.ts'
import type { TemplateId } from '../../shared/model/template.ts'

export const places = ['mail', 'outbox', 'templates', 'contacts', 'activity', 'accounts', 'settings'] as const
export type Place = (typeof places)[number]

/** What the wizard is opened for: its first page, a new account at once, or the settings of one that exists. */
export type WizardPurpose = { readonly is: 'welcome' } | { readonly is: 'add' } | { readonly is: 'change'; readonly accountId: AccountId }

export interface Composing {
  readonly accountId?: AccountId
  readonly replyTo?: MessageView
  readonly to?: MailboxAddress
  /** Goes on with a draft. */
  readonly draftId?: OutgoingId
}

export interface TakeBack {
  readonly words: string
  run(): void
}

export interface Navigation {
  readonly place: Place
  go(place: Place): void
  /** The contact that was gone to from elsewhere. */
  readonly contactId: ContactId | null
  /** Goes to the record of this contact; null = to whoever is chosen there. */
  openContact(id: ContactId | null): void
  openWizard(purpose: WizardPurpose): void
  /** Many mails from a table: its own steps, over everything else. `templateId`: the template to begin with. */
  makeBatch(templateId?: TemplateId): void
  /** The batch whose mails the outbox shows; null = all mails. */
  readonly batchId: string | null
  /** Goes to the mails of this batch; null = all mails again. */
  openBatch(id: string | null): void
  compose(about?: Composing): void
  /** Says one sentence at the foot of the window, read out by screen readers. For what went well, with a way to take it back. */
  say(sentence: string, takeBack?: TakeBack): void
}

export const NavigationContext = createContext<Navigation | null>(null)

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext)
  if (navigation === null) throw new Error('no shell above this component')
  return navigation
}
