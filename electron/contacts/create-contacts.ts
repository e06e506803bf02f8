/**
 * Contacts over one database. What a person does to a contact is one transaction, and makes its addresses `kept`: from then on the
 * contact stays, with or without mail on its record.
 */
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { ContactDraft, ContactId, ContactView } from '../../shared/model/contact.ts'
import { type Database, transaction } from '../storage/database.ts'
import { contactRows, type FindAmong } from './contact-rows.ts'
import type { Contacts } from './contacts.ts'
import { mailFiling } from './file-mail.ts'

export interface ContactsParts {
  readonly database: Database
  /** Without it, a record's mail is found by its subjects alone. */
  readonly findAmong?: FindAmong
}

export function createContacts({ database, findAmong = () => [] }: ContactsParts): Contacts {
  const rows = contactRows(database, findAmong)
  const filing = mailFiling(database)
  const listeners = new Set<() => void>()
  const insert = database.prepare('INSERT INTO contact (name, note) VALUES (?, ?)')
  const update = database.prepare('UPDATE contact SET name = ?, note = ? WHERE id = ?')
  const keep = database.prepare(
    `INSERT INTO correspondent (key, address, contact_id, kept) VALUES (address_key(?1), ?1, ?2, 1)
     ON CONFLICT (key) DO UPDATE SET address = excluded.address, contact_id = excluded.contact_id, kept = 1, refused = 0`,
  )
  const keepAll = database.prepare('UPDATE correspondent SET contact_id = ?2, kept = 1 WHERE contact_id = ?1')
  const letGo = database.prepare('UPDATE correspondent SET contact_id = NULL, kept = 0, refused = ? WHERE key = ?')
  const keysOf = database.prepare('SELECT key FROM correspondent WHERE contact_id = ?')
  const keyOf = database.prepare('SELECT address_key(?) AS key')
  const standAlone = database.prepare('UPDATE correspondent SET contact_id = ? WHERE key = ? AND makes_contact > 0')
  const drop = database.prepare('DELETE FROM contact WHERE id = ?')
  const forgetEmpty = database.prepare('DELETE FROM correspondent WHERE contact_id IS NULL AND received + sent = 0 AND refused = 0')

  const changed = (): void => listeners.forEach((listener) => listener())

  async function fileNewMail(): Promise<void> {
    if (await filing.fileNewMail()) changed()
  }

  function viewOf(id: ContactId): Outcome<ContactView> {
    const found = rows.get(id)
    return found === null ? failed('contact.unknown') : done(found)
  }

  /** Written under the contact's id. An address has one contact at most: whose it is already is said, not taken. */
  function write(draft: ContactDraft, id: ContactId | null): Outcome<ContactId> {
    const taken = draft.addresses.map(rows.ofAddress).findIndex((owner) => owner !== null && owner !== id)
    if (taken >= 0) {
      const owner = rows.get(rows.ofAddress(draft.addresses[taken] ?? '') ?? 0)
      return failed('contact.address-taken', { name: owner?.name ?? '', address: draft.addresses[taken] ?? '', fields: [{ path: `addresses.${taken}`, problem: 'address-taken' }] })
    }
    return done(transaction(database, () => {
      const contactId = id ?? Number(insert.run(draft.name, draft.note).lastInsertRowid)
      if (id !== null) update.run(draft.name, draft.note, id)
      for (const address of draft.addresses) keep.run(address, contactId)
      const named = new Set(draft.addresses.map((address) => keyOf.get(address)?.['key']))
      for (const { key } of keysOf.all(contactId)) if (!named.has(key)) takeOff(String(key))
      forgetEmpty.run()
      return contactId
    }))
  }

  /** An address that turned out to be somebody else's is a contact of its own again, where mail made it one. */
  function takeOff(key: string): void {
    letGo.run(0, key)
    const alone = Number(insert.run('', '').lastInsertRowid)
    if (standAlone.run(alone, key).changes === 0) drop.run(alone)
  }

  async function save(draft: ContactDraft, id: ContactId | null): Promise<Outcome<ContactView>> {
    await fileNewMail()
    if (id !== null && rows.get(id) === null) return failed('contact.unknown')
    const written = write(draft, id)
    if (!written.ok) return written
    changed()
    return viewOf(written.value)
  }

  return {
    setOwnAddresses(addresses) {
      filing.setOwnAddresses(addresses)
      changed()
    },
    fileNewMail,
    async list(query) {
      await fileNewMail()
      return rows.list(query)
    },
    async get(id) {
      await fileNewMail()
      return viewOf(id)
    },
    async find(key) {
      await fileNewMail()
      const byAddress = rows.ofAddress(key)
      if (byAddress !== null) return viewOf(byAddress)
      const [id, another] = rows.named(key)
      if (another !== undefined) return failed('contact.ambiguous', { name: key })
      return id === undefined ? failed('contact.unknown', { name: key }) : viewOf(id)
    },
    async letters(query) {
      await fileNewMail()
      return rows.get(query.id) === null ? failed('contact.unknown') : done(rows.letters(query))
    },
    async parties(mail) {
      await fileNewMail()
      return rows.parties(mail)
    },
    create: (draft) => save(draft, null),
    change: (id, draft) => save(draft, id),
    async merge(into, others) {
      await fileNewMail()
      const target = rows.get(into)
      const merged = [...new Set(others)].filter((id) => id !== into).map(rows.get)
      if (target === null || merged.includes(null)) return failed('contact.unknown')
      const people = merged.filter((one) => one !== null)
      transaction(database, () => {
        const name = [target, ...people].map(({ typedName }) => typedName).find((typed) => typed !== '') ?? ''
        const note = [target, ...people].map((one) => one.note.trim()).filter((text) => text !== '').join('\n\n')
        update.run(name, note, into)
        for (const { id } of [target, ...people]) keepAll.run(id, into)
      })
      changed()
      return viewOf(into)
    },
    async remove(ids) {
      await fileNewMail()
      const there = [...new Set(ids)].filter((id) => rows.get(id) !== null)
      transaction(database, () => {
        for (const id of there) for (const { key } of keysOf.all(id)) letGo.run(1, String(key))
      })
      if (there.length > 0) changed()
      return there.length
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
