/** The fake's contacts: who is in its mail, as the real ones are computed, and what a person did to them. */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { ContactDraft, ContactId, ContactRow, ContactView, Letter, Party } from '../../../shared/model/contact.ts'
import type { FakeTools, Handlers } from './fake-caller.ts'

type Own = Pick<Handlers, Extract<keyof Handlers, `contacts.${string}`>>

export interface FakeContact extends ContactDraft {
  readonly id: ContactId
  /** What mail calls them. */
  readonly learntName: string
}

export function contactsHandlers({ world, emit }: FakeTools): Own {
  const key = (address: string) => address.toLowerCase()
  const ownerOf = (address: string) => world.contacts.find(({ addresses }) => addresses.map(key).includes(key(address)))
  const nameOf = ({ name, learntName, addresses }: FakeContact) => name || learntName || (addresses[0] ?? '')
  const lettersOf = ({ addresses }: FakeContact): Letter[] => {
    const has = new Set(addresses.map(key))
    const received = world.messages.filter((message) => !message.private && message.from !== null && has.has(key(message.from.address))).map((message): Letter => ({
      mail: { in: 'mail', id: message.id }, direction: 'incoming', at: message.date ?? message.storedAt, accountId: message.accountId, subject: message.subject, hasAttachments: message.hasAttachments, seen: message.seen,
    }))
    const sent = world.outbox.filter((mail) => !mail.private && mail.state === 'sent' && mail.recipients.some(({ address }) => has.has(key(address)))).map((mail): Letter => ({
      mail: { in: 'outbox', id: mail.id }, direction: 'outgoing', at: mail.changedAt, accountId: mail.accountId, subject: mail.subject, hasAttachments: mail.attachmentNames.length > 0, seen: true,
    }))
    return [...received, ...sent].toSorted((one, other) => other.at.localeCompare(one.at))
  }
  const rowOf = (contact: FakeContact): ContactRow => {
    const letters = lettersOf(contact)
    const received = letters.filter(({ direction }) => direction === 'incoming').length
    return { id: contact.id, name: nameOf(contact), addresses: [...contact.addresses], received, sent: letters.length - received, lastAt: letters[0]?.at ?? null }
  }
  const viewOf = (contact: FakeContact): ContactView => {
    const months = Object.entries(Object.groupBy(lettersOf(contact), ({ at }) => at.slice(0, 7))).map(([month, letters = []]) => {
      const received = letters.filter(({ direction }) => direction === 'incoming').length
      return { month, received, sent: letters.length - received }
    })
    return { ...rowOf(contact), typedName: contact.name, note: contact.note, months }
  }
  const find = (id: ContactId) => world.contacts.find((contact) => contact.id === id)
  const put = (contact: FakeContact) => {
    world.contacts = [...world.contacts.filter(({ id }) => id !== contact.id), contact]
    emit('contacts.changed', {})
    return done(viewOf(contact))
  }
  const save = (draft: ContactDraft, id: ContactId) => {
    const taken = draft.addresses.findIndex((address) => (ownerOf(address)?.id ?? id) !== id)
    if (taken < 0) return put({ ...draft, id, learntName: find(id)?.learntName ?? '' })
    const owner = ownerOf(draft.addresses[taken] ?? '')
    return failed('contact.address-taken', { name: owner === undefined ? '' : nameOf(owner), address: draft.addresses[taken] ?? '', fields: [{ path: `addresses.${String(taken)}`, problem: 'address-taken' }] })
  }
  const page = <T>(all: readonly T[], { offset, limit }: { readonly offset: number; readonly limit: number }) => all.slice(offset, offset + limit)

  return {
    'contacts.list'({ search, order, ...at }) {
      const rows = world.contacts.map(rowOf).filter((row) => `${row.name} ${row.addresses.join(' ')}`.toLowerCase().includes(search.toLowerCase()))
      const sorted = rows.toSorted((one, other) => (order === 'name' ? one.name.localeCompare(other.name) : (other.lastAt ?? '').localeCompare(one.lastAt ?? '')))
      return done({ contacts: page(sorted, at), total: sorted.length })
    },
    'contacts.get'({ id }) {
      const contact = find(id)
      return contact === undefined ? failed('contact.unknown') : done(viewOf(contact))
    },
    'contacts.find'({ key: wanted }) {
      const contact = ownerOf(wanted) ?? world.contacts.find((one) => nameOf(one) === wanted)
      return contact === undefined ? failed('contact.unknown', { name: wanted }) : done(viewOf(contact))
    },
    'contacts.create': (draft) => save(draft, Math.max(0, ...world.contacts.map(({ id }) => id)) + 1),
    'contacts.change': ({ id, draft }) => (find(id) === undefined ? failed('contact.unknown') : save(draft, id)),
    'contacts.merge'({ into, others }) {
      const contact = find(into)
      if (contact === undefined) return failed('contact.unknown')
      const merged = world.contacts.filter(({ id }) => id !== into && others.includes(id))
      world.contacts = world.contacts.filter(({ id }) => !merged.some((one) => one.id === id))
      return put({ ...contact, addresses: [...contact.addresses, ...merged.flatMap(({ addresses }) => addresses)] })
    },
    'contacts.remove'({ ids }) {
      const before = world.contacts.length
      world.contacts = world.contacts.filter(({ id }) => !ids.includes(id))
      emit('contacts.changed', {})
      return done({ removed: before - world.contacts.length })
    },
    'contacts.messages'({ id, search, ...at }) {
      const contact = find(id)
      if (contact === undefined) return failed('contact.unknown')
      const letters = lettersOf(contact).filter(({ subject }) => subject.toLowerCase().includes(search.toLowerCase()))
      return done({ letters: page(letters, at), total: letters.length })
    },
    'contacts.ofMail'({ mail }) {
      const party = ({ name, address }: { readonly name: string; readonly address: string }): Party => {
        const owner = ownerOf(address)
        return { name, address, contact: owner === undefined ? null : { id: owner.id, name: nameOf(owner) } }
      }
      if (mail.in === 'mail') {
        const message = world.messages.find(({ id }) => id === mail.id)
        return done({ parties: message?.from == null ? [] : [party(message.from)], filed: message?.private === false })
      }
      const outgoing = world.outbox.find(({ id }) => id === mail.id)
      return done({ parties: (outgoing?.recipients ?? []).map(party), filed: outgoing?.private === false && outgoing.state === 'sent' })
    },
  }
}
