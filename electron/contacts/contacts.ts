/**
 * Contacts and their records (PRODUCT C5, C6). Whatever is asked, mail that came in before counts already; a private mail never does:
 * not in a record, a count, a date, a name, or as the reason why there is a contact at all.
 */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { ContactDraft, ContactId, ContactRow, ContactView, KeptMail, Letter, Party } from '../../shared/model/contact.ts'

export interface ContactQuery {
  readonly search: string
  readonly order: 'name' | 'last'
  readonly offset: number
  readonly limit: number
}

export interface LetterQuery {
  readonly id: ContactId
  readonly search: string
  readonly offset: number
  readonly limit: number
}

export interface Contacts {
  /** The addresses of all accounts. One that was an account's stays one's own: mail sent under it is still here. */
  setOwnAddresses(addresses: readonly string[]): void
  /** Files what came in since, a little at a time, so that nobody waits long behind it. Everything below does so first. */
  fileNewMail(): Promise<void>
  list(query: ContactQuery): Promise<{ readonly contacts: readonly ContactRow[]; readonly total: number }>
  get(id: ContactId): Promise<Outcome<ContactView>>
  /** By an address, else by the whole name where only one contact has it. */
  find(key: string): Promise<Outcome<ContactView>>
  /** The record: every mail that is on it, the newest first. */
  letters(query: LetterQuery): Promise<Outcome<{ readonly letters: readonly Letter[]; readonly total: number }>>
  /** Who is on the other side of this mail. `filed` = it is on the record of those who are contacts; false for a private one. */
  parties(mail: KeptMail): Promise<{ readonly parties: readonly Party[]; readonly filed: boolean }>
  create(draft: ContactDraft): Promise<Outcome<ContactView>>
  change(id: ContactId, draft: ContactDraft): Promise<Outcome<ContactView>>
  /** All of `others` become part of `into`: their addresses, their mail, their notes. */
  merge(into: ContactId, others: readonly ContactId[]): Promise<Outcome<ContactView>>
  /** The mail stays; the addresses make no contact by themselves again. Answers with how many there were. */
  remove(ids: readonly ContactId[]): Promise<number>
  onChange(listener: () => void): () => void
}
