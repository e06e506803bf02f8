/** What README shows: an ordinary day. Taken with `node test/journeys/look.ts readme --size 1280x800 --out FOLDER`. */
import type { MessageView } from '../../shared/model/message.ts'
import { minutesBefore } from '../fakes/caller/office.ts'
import { fakeNow, officeWorld, type World } from '../fakes/caller/world.ts'
import type { Scene } from './open-look.ts'

type Letter = readonly [from: string, address: string, subject: string, minutesAgo: number, marks?: string]

/** Marks: u = unread, f = flagged, a = answered, p = with a PDF, s = in the support mailbox. */
const letters: readonly Letter[] = [
  ['Nadia Haddad', 'nadia@haddad-architects.example', 'Revised drawings for the annex', 9, 'up'],
  ['Joris van Dam', 'joris@vandam-bouw.example', 'Re: Invoice 2026-0412', 41, 'uf'],
  ['Bluewater Insurance', 'policies@bluewater.example', 'Your policy from 1 January', 66, 'up'],
  ['Sofie Claes', 'sofie.claes@claes-notaris.example', 'Signing on Thursday at 10:30', 118, 'a'],
  ['Webshop', 'orders@paperandpen.example', 'Order 88213 is on its way', 176, 's'],
  ['Marta Nowak', 'marta@nowak-translations.example', 'Translation ready, 14 pages', 224, 'p'],
  ['Oliver Grant', 'oliver.grant@grantlegal.example', 'Comments on section 7', 312, 'fp'],
  ['Municipality of Utrecht', 'permits@utrecht.example', 'Permit Z-26-1187 granted', 1190, 'p'],
  ['Elif Demir', 'elif@demir-catering.example', 'Lunch for twelve on Friday?', 1265, 'a'],
  ['Joris van Dam', 'joris@vandam-bouw.example', 'Photos of the north side', 1420, 'p'],
  ['Grace Okafor', 'grace@okafor-books.example', 'Statement of October: one question', 1533, 'sa'],
  ['Rail Business Card', 'service@railcard.example', 'Your journeys in October', 2710, 'p'],
  ['Hannah Weiss', 'hannah.weiss@weiss-design.example', 'Offer for the new website', 2844, 'f'],
  ['Tom O’Brien', 'tom.obrien@cloud-hosting.example', 'Maintenance on Sunday night', 2990, 's'],
  ['Sofie Claes', 'sofie.claes@claes-notaris.example', 'Draft deed for review', 4201, 'p'],
]
const text = `Dear Emma,

Attached are the revised drawings for the annex. The stairs have moved to the west side, as you asked, and the roof light is now 90 cm wide.

Could you let me know before Wednesday whether the builder can work from these? Then I will send the final set to the municipality the same day.

Kind regards,
Nadia Haddad

Haddad Architects
+31 30 555 0176
`

const message = ([name, address, subject, minutes, marks = '']: Letter, index: number): MessageView => ({
  id: index + 1, accountId: marks.includes('s') ? 'support' : 'emma', folder: 'INBOX', from: { name, address },
  to: [{ name: 'Emma de Vries', address: 'emma@devries-advies.nl' }], cc: index === 0 ? [{ name: 'Joris van Dam', address: 'joris@vandam-bouw.example' }] : [], replyTo: [],
  subject, date: minutesBefore(fakeNow, minutes), storedAt: minutesBefore(fakeNow, minutes - 1), size: 84_000 + index * 311,
  seen: !marks.includes('u'), flagged: marks.includes('f'), answered: marks.includes('a'), notOnServer: false, private: false, readable: true,
  hasAttachments: marks.includes('p'), messageId: `<${String(index)}.4f2a@mail.example>`, text, html: null,
  attachments: marks.includes('p') ? [{ index: 0, name: 'annex-rev-C.pdf', contentType: 'application/pdf', size: 1_184_223, inline: false }, { index: 1, name: 'stairs-west.jpg', contentType: 'image/jpeg', size: 642_870, inline: false }] : [],
})

function day(): World {
  const world = officeWorld()
  const messages = letters.map(message)
  const accounts = world.accounts.map((one) => ({ ...one, paused: null, lastFetch: { at: minutesBefore(fakeNow, 2), failure: null }, lastCheck: null, waitingCount: one.account.id === 'invoices' ? 2 : 0, messageCount: messages.length, unseenCount: one.account.id === 'emma' ? 3 : 0 }))
  return { ...world, accounts, messages, jobs: [], outbox: world.outbox.filter(({ state }) => state === 'ready' || state === 'sent'), contacts: [{ id: 1, name: 'Nadia Haddad', learntName: 'Nadia Haddad', addresses: ['nadia@haddad-architects.example'], note: '' }] }
}

export const readmeScene: Scene = {
  world: day,
  async go(page) {
    await page.getByRole('option', { name: 'Nadia Haddad' }).first().click()
    await page.getByRole('article').getByText('Dear Emma').waitFor()
    await page.mouse.move(0, 0)
  },
}
