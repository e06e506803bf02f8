/** One account's mail store, outbox and contacts over one data folder, with short words for what happens to a mail. */
import { createContacts } from '../../../electron/contacts/create-contacts.ts'
import { createMailStore } from '../../../electron/mail/create-mail-store.ts'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { KeptMail } from '../../../shared/model/contact.ts'
import { composedMailSchema } from '../../../shared/model/outgoing-mail.ts'
import { mailsInHand } from '../../fakes/mails-in-hand.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { draftOf } from '../../fakes/one-account.ts'

export const own = 'office@shop.example'

export function value<T>(outcome: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}

export interface Written {
  readonly subject: string
  readonly name?: string
  readonly address: string
  readonly date?: string
  readonly headers?: readonly string[]
}

export function contactsWorld() {
  const place = freshDataFolder()
  const mail = createMailStore(place)
  const outbox = createOutbox(place)
  const contacts = createContacts({ ...place, findAmong: mail.matching })
  contacts.setOwnAddresses([own])
  let count = 0

  /** All of them with one round to the disk; answers in their order. */
  async function store(texts: readonly string[], folder: string, privacy: Account['privacy']): Promise<readonly KeptMail[]> {
    const before = Number(place.database.prepare('SELECT coalesce(max(id), 0) AS id FROM message').get()?.['id'])
    const batch = mail.receive('office', folder, privacy)
    for (const text of texts) {
      count += 1
      const message = await batch.begin(String(count), { seen: false })
      await message.write(Buffer.from(text))
      value(await message.finish())
    }
    value(await batch.commit())
    return texts.map((_, at) => ({ in: 'mail', id: before + 1 + at }))
  }
  const noPrivacy = { incoming: false, outgoing: false }
  const person = ({ name = '', address }: Written) => (name === '' ? address : `"${name}" <${address}>`)
  const text = (from: string, to: string, { subject, date = 'Sat, 21 Nov 2026 08:00:00 +0000', headers = [] }: Written) =>
    [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Date: ${date}`, ...headers, '', `Text of ${subject}`, ''].join('\r\n')

  return {
    ...place,
    mail,
    outbox,
    contacts,
    receive: (written: readonly Written[], privacy: Account['privacy'] = noPrivacy, folder = 'INBOX') => store(written.map((one) => text(person(one), own, one)), folder, privacy),
    /** As another program sent it, and the server's folder for sent mail has it. */
    sentElsewhere: (written: readonly Written[], privacy: Account['privacy'] = noPrivacy) => store(written.map((one) => text(own, person(one), one)), 'Sent', privacy),
    async queue({ subject, name = '', address }: Written, privacy: Account['privacy'] = noPrivacy): Promise<KeptMail> {
      const account: Account = { id: 'office', ...draftOf(), privacy }
      const composed = composedMailSchema.parse({ accountId: 'office', to: [{ name, address }], subject })
      return { in: 'outbox', id: value(await outbox.queue(account, composed, [])).id }
    },
    async submit(accepted = true, address = ''): Promise<void> {
      await mailsInHand(outbox).send(place.now(), accepted ? [] : [{ address, accepted, replyCode: 550, words: 'no' }])
    },
    mark(kept: readonly KeptMail[], isPrivate: boolean): void {
      mail.markPrivate(kept.flatMap((one) => (one.in === 'mail' ? [one.id] : [])), isPrivate)
      outbox.markPrivate(kept.flatMap((one) => (one.in === 'outbox' ? [one.id] : [])), isPrivate)
    },
    lettersOf,
  }

  async function lettersOf(id: number, search = '') {
    return value(await contacts.letters({ id, search, offset: 0, limit: 500 })).letters
  }
}
