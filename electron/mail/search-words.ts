/** What of a message's header it can be found by, in the order of the search index's first columns. */
import type { MailboxAddress } from '../../shared/model/message.ts'

export function searchWords(subject: string, from: MailboxAddress | null, to: readonly MailboxAddress[]): readonly [subject: string, sender: string, recipients: string] {
  return [subject, wordsOf(from === null ? [] : [from]), wordsOf(to)]
}

function wordsOf(people: readonly MailboxAddress[]): string {
  return people.map(({ name, address }) => `${name} ${address}`).join(' ')
}
