/** `mailroom contacts …`: people, and the mail on their records. A contact is named by an address, or by a name only they have. */
import { done, type Outcome } from '../../../../shared/failures/failure.ts'
import type { ContactId, ContactView } from '../../../../shared/model/contact.ts'
import { exitCodes } from '../exit-codes.ts'
import { table } from '../format.ts'
import { type Command, ok, type Session } from '../session.ts'

export const listContacts = (options: { readonly search?: string; readonly last?: boolean; readonly limit: number }): Command => async ({ caller, output, words, format }) => {
  const listed = await caller.call('contacts.list', { search: options.search ?? '', order: options.last === true ? 'last' : 'name', limit: Math.min(options.limit, 500) })
  if (!listed.ok) return listed
  output.document(listed.value)
  const rows = listed.value.contacts.map(({ name, addresses, received, sent, lastAt }) => [name, addresses.join(', '), format.number(received), format.number(sent), format.date(lastAt)])
  output.line(rows.length === 0 ? words.contacts.none : table(words.contacts.headings, rows))
  return ok
}

export const showContact = (key: string, options: { readonly search?: string; readonly limit: number }): Command => async ({ caller, output, words, format }) => {
  const found = await caller.call('contacts.find', { key })
  if (!found.ok) return found
  const contact = found.value
  const record = await caller.call('contacts.messages', { id: contact.id, search: options.search ?? '', limit: Math.min(options.limit, 500) })
  if (!record.ok) return record
  output.document({ ...contact, ...record.value })
  output.line(`${contact.name}: ${contact.addresses.join(', ')}`)
  if (contact.note.trim() !== '') output.line(contact.note.trim())
  output.line('')
  const rows = record.value.letters.map(({ direction, at, subject, mail }) => [words.contacts.directions[direction], format.date(at), subject, String(mail.id)])
  output.line(rows.length === 0 ? words.contacts.noMail : table(words.contacts.recordHeadings, rows))
  return ok
}

export const addContact = (addresses: readonly string[], options: { readonly name?: string; readonly note?: string }): Command => async (session) =>
  said(session, await session.caller.call('contacts.create', { name: options.name ?? '', note: options.note ?? '', addresses: [...addresses] }))

export const changeContact =
  (key: string, options: { readonly name?: string; readonly note?: string; readonly address: readonly string[]; readonly withoutAddress: readonly string[] }): Command =>
  async (session) => {
    const found = await session.caller.call('contacts.find', { key })
    if (!found.ok) return found
    const { id, typedName, note, addresses } = found.value
    const taken = new Set(options.withoutAddress.map((address) => address.toLowerCase()))
    const draft = { name: options.name ?? typedName, note: options.note ?? note, addresses: [...addresses.filter((address) => !taken.has(address.toLowerCase())), ...options.address] }
    return said(session, await session.caller.call('contacts.change', { id, draft }))
  }

export const mergeContacts = (key: string, others: readonly string[]): Command => async (session) => {
  const ids = await idsOf(session, [key, ...others])
  if (!ids.ok) return ids
  const [into, ...rest] = ids.value
  return into === undefined ? ok : said(session, await session.caller.call('contacts.merge', { into, others: [...rest] }))
}

export const removeContacts = (keys: readonly string[]): Command => async (session) => {
  const ids = await idsOf(session, keys)
  if (!ids.ok) return ids
  const removed = await session.caller.call('contacts.remove', { ids: [...ids.value] })
  if (!removed.ok) return removed
  session.output.document(removed.value)
  session.output.line(session.words.contacts.removed(session.format.number(removed.value.removed)))
  return ok
}

/** C5: on no contact's record, or on it again. */
export const markPrivate = (where: 'mail' | 'outbox', ids: readonly string[], options: { readonly off?: boolean }): Command => async ({ caller, output, words }) => {
  const isPrivate = options.off !== true
  const numbers = ids.map(Number)
  if (where === 'mail' && !numbers.every((id) => Number.isSafeInteger(id) && id > 0)) {
    output.usage(words.usage.mailNumbers)
    return done(exitCodes.usage)
  }
  const marked = where === 'mail' ? await caller.call('mail.markPrivate', { ids: numbers, private: isPrivate }) : await caller.call('outbox.markPrivate', { ids: [...ids], private: isPrivate })
  if (!marked.ok) return marked
  output.document({ ids, private: isPrivate })
  output.line(isPrivate ? words.contacts.nowPrivate : words.contacts.nowOpen)
  return ok
}

function said({ output, words }: Session, outcome: Outcome<ContactView>) {
  if (!outcome.ok) return outcome
  output.document(outcome.value)
  output.line(words.contacts.saved(outcome.value.name, outcome.value.addresses.join(', ')))
  return ok
}

async function idsOf({ caller }: Session, keys: readonly string[]): Promise<Outcome<readonly ContactId[]>> {
  const ids: ContactId[] = []
  for (const key of keys) {
    const found = await caller.call('contacts.find', { key })
    if (!found.ok) return found
    ids.push(found.value.id)
  }
  return done(ids)
}
