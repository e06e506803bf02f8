/** `contacts.…`: people, and the mail on their records. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

export function contactsHandlers({ contacts }: Pick<Parts, 'contacts'>): HandlersOf<'contacts'> {
  return {
    async 'contacts.list'(query) {
      const { contacts: rows, total } = await contacts.list(query)
      return done({ contacts: [...rows], total })
    },
    'contacts.get': ({ id }) => contacts.get(id),
    'contacts.find': ({ key }) => contacts.find(key),
    'contacts.create': (draft) => contacts.create(draft),
    'contacts.change': ({ id, draft }) => contacts.change(id, draft),
    'contacts.merge': ({ into, others }) => contacts.merge(into, others),
    'contacts.remove': async ({ ids }) => done({ removed: await contacts.remove(ids) }),
    async 'contacts.messages'(query) {
      const found = await contacts.letters(query)
      return found.ok ? done({ letters: [...found.value.letters], total: found.value.total }) : found
    },
    async 'contacts.ofMail'({ mail }) {
      const { parties, filed } = await contacts.parties(mail)
      return done({ parties: [...parties], filed })
    },
  }
}
