/** Mail, outbox, activity and settings in the states their first look does not show: open, empty, failing, asked, crowded. */
import { failure } from '../../shared/failures/failure.ts'
import type { Page } from 'playwright-core'
import type { FakeCaller } from '../fakes/caller/fake-caller.ts'
import { officeWorld, type World } from '../fakes/caller/world.ts'
import type { Scene } from './open-look.ts'

const row = (page: Page, words: string) => page.getByRole('option', { name: words }).first()
const mail = (go: (page: Page, caller: FakeCaller) => Promise<void>, world: () => World = officeWorld): Scene => ({ world, go })
const at = (place: 'mail' | 'outbox' | 'templates' | 'activity' | 'settings', go: (page: Page, caller: FakeCaller) => Promise<void> = async () => {}, world: () => World = officeWorld): Scene => ({
  world,
  go: async (page, caller) => {
    caller.emit('app.goTo', { place })
    await page.getByRole('heading', { level: 1, name: { outbox: /Outbox|Postvak UIT/, templates: /Templates|Sjablonen/, activity: /Activi/, settings: /Settings|Instellingen/, mail: /Mail|E-mail/ }[place] }).waitFor({ timeout: 15_000 })
    await go(page, caller)
  },
})

const manyAccounts = (): World => {
  const world = officeWorld()
  const [first] = world.accounts
  if (first === undefined) return world
  const more = Array.from({ length: 30 }, (_, index) => ({
    ...first, isDefault: false, account: { ...first.account, id: `team-${String(index)}`, name: `Team mailbox with a rather long name ${String(index + 1)}` },
  }))
  const endless = 'Delivery-note-with-a-name-that-has-no-spaces-at-all-'.repeat(6)
  return { ...world, accounts: [...world.accounts, ...more], messages: world.messages.map((message, index) => (index < 3 ? { ...message, subject: endless, from: { name: endless, address: 'x@example.nl' } } : message)) }
}
/** Mail in other folders than the inbox, also such as somebody else took from the server. */
const manyFolders = (): World => {
  const world = officeWorld()
  const places = ['INBOX', 'INBOX', 'INBOX', 'Sent', 'Projects/Roof', 'Archive', 'Junk', 'Drafts']
  return { ...world, messages: world.messages.map((message, index) => ({ ...message, folder: message.accountId === 'emma' ? (places[index % places.length] ?? 'INBOX') : 'INBOX', notOnServer: index % 13 === 5 })) }
}
const withoutMail = (): World => ({ ...officeWorld(), messages: [], outbox: [], jobs: [] })

/** A month of invoices: the office's eleven over and over, each day a little more or less of them. */
const manyMails = (): World => {
  const world = officeWorld()
  const day = 24 * 60 * 60 * 1000
  const outbox = Array.from({ length: 400 }, (_, index) => {
    const mail = world.outbox[(index * 7) % world.outbox.length] ?? world.outbox[0]
    if (mail === undefined) throw new Error('the office has no mail')
    const old = index > 30
    const createdAt = new Date(Date.parse(world.now) - Math.floor(((index * index) / 400 + (index % 3)) % 29) * day).toISOString()
    return { ...mail, id: `many-${String(index)}`, createdAt, ...(old && mail.state !== 'error' ? { state: 'sent' as const } : {}) }
  })
  return { ...world, outbox }
}

export const workScenes: Readonly<Record<string, Scene>> = {
  'mail-text': mail(async (page) => row(page, 'Pieter Bakker').click()),
  'mail-html': mail(async (page) => row(page, 'no-reply@bank.example').click()),
  'mail-attachments': mail(async (page) => {
    await row(page, 'Joost Visser').click()
    await page.getByRole('button', { name: 'Show details' }).or(page.getByRole('button', { name: 'Details tonen' })).click()
  }),
  'mail-unreadable': mail(async (page) => {
    await page.getByRole('listbox').focus()
    for (let press = 0; press < 15; press += 1) await page.keyboard.press('ArrowDown')
  }),
  'mail-source': mail(async (page) => {
    await row(page, 'Pieter Bakker').click()
    await page.getByRole('button', { name: /source|bron/i }).click()
  }),
  'mail-link': mail(async (page) => {
    await row(page, 'no-reply@bank.example').click()
    await page.frameLocator('iframe').getByRole('link').click()
  }),
  'mail-delete': mail(async (page) => {
    await row(page, 'Pieter Bakker').click()
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: /Undo|Ongedaan maken/ }).waitFor()
  }),
  'mail-delete-last-copy': mail(
    async (page) => {
      await row(page, 'Pieter Bakker').click()
      await page.keyboard.press('Delete')
      await page.getByRole('alertdialog').waitFor()
    },
    () => {
      const world = officeWorld()
      return { ...world, accounts: world.accounts.map((one) => ({ ...one, account: { ...one.account, delivery: { ...one.account.delivery, leaveCopy: false } } })) }
    },
  ),
  'mail-move': mail(async (page) => {
    await row(page, 'Pieter Bakker').click()
    await page.getByRole('button', { name: /^(Move to another|Naar een andere)/ }).click()
    await page.getByRole('menuitem').first().waitFor()
    await page.keyboard.press('Escape')
    const inSmallWindow = page.getByRole('button', { name: /^(Folders|Mappen): / })
    if (await inSmallWindow.isVisible()) await inSmallWindow.click()
    await page.getByRole('treeitem', { name: /^(Archive|Archief)/ }).click()
    await page.getByRole('button', { name: /^(Folder|Map)$/ }).click()
    await page.getByRole('menuitem', { name: /^(New folder…|Nieuwe map…)/ }).click()
    await page.getByRole('dialog').waitFor()
  }),
  'mail-folders': mail(async (page) => {
    const inSmallWindow = page.getByRole('button', { name: /^(Folders|Mappen): / })
    await page.getByRole('tree').or(inSmallWindow).first().waitFor()
    if (await inSmallWindow.isVisible()) await inSmallWindow.click()
    await page.getByRole('treeitem', { name: /^(Inbox|Postvak IN)/ }).first().focus()
    await page.keyboard.press('ArrowDown')
  }, manyFolders),
  'mail-folder-empty': mail(async (page) => {
    const inSmallWindow = page.getByRole('button', { name: /^(Folders|Mappen): / })
    await page.getByRole('tree').or(inSmallWindow).first().waitFor()
    if (await inSmallWindow.isVisible()) await inSmallWindow.click()
    await page.getByRole('treeitem', { name: /^(Archive|Archief)/ }).click()
    await page.getByRole('heading', { name: /Nothing in this folder|Niets in deze map/ }).waitFor()
  }),
  'mail-several': mail(async (page) => {
    await page.getByRole('listbox').focus()
    for (const key of ['ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key)
  }),
  'mail-nothing-found': mail(async (page) => page.getByRole('searchbox').fill('does not exist anywhere')),
  'mail-empty': mail(async () => {}, withoutMail),
  'mail-crowded': mail(async (page) => row(page, 'Delivery-note').click(), manyAccounts),
  'mail-failed': mail(async (page, caller) => {
    await page.getByRole('listbox').waitFor()
    const job = caller.world.jobs.find(({ id }) => id === 'job-4')
    if (job !== undefined) caller.emit('job.changed', { ...job, id: 'job-99' })
  }),
  'templates-edit': at('templates', async (page) => {
    await page.getByRole('button', { name: /^Factuur/ }).click()
    const subject = page.getByRole('textbox', { name: /^(Subject|Onderwerp)/ })
    await subject.fill('Factuur {{ document.number | nummer }}')
    await page.getByRole('button', { name: /^(Save|Opslaan)/ }).click()
    await page.getByText(/“nummer”/).first().waitFor()
  }),
  'batch-columns': at('templates', async (page) => {
    await page.getByRole('button', { name: /^(Mails from a table|Mails uit een tabel)/ }).click()
    await page.locator('input[type=file]').first().setInputFiles([{ name: 'facturen.csv', mimeType: 'text/csv', buffer: Buffer.from('x') }])
    await page.getByRole('button', { name: /^(Next|Volgende)/ }).click()
    await page.getByRole('heading', { name: /What do the mails say|Wat zeggen de mails/ }).waitFor()
  }),
  'batch-check': at('templates', async (page) => {
    await page.getByRole('button', { name: /^(Mails from a table|Mails uit een tabel)/ }).click()
    await page.locator('input[type=file]').first().setInputFiles([{ name: 'facturen.csv', mimeType: 'text/csv', buffer: Buffer.from('x') }])
    await page.getByRole('button', { name: /^(Next|Volgende)/ }).click()
    await page.getByRole('button', { name: /^(Check all rows|Alle rijen controleren)/ }).click()
    await page.getByRole('option', { name: /2026-0541/ }).click()
  }),
  'batch-correct': at('templates', async (page) => {
    await page.getByRole('button', { name: /^(Mails from a table|Mails uit een tabel)/ }).click()
    await page.locator('input[type=file]').first().setInputFiles([{ name: 'facturen.csv', mimeType: 'text/csv', buffer: Buffer.from('x') }])
    await page.getByRole('button', { name: /^(Next|Volgende)/ }).click()
    await page.getByRole('button', { name: /^(Check all rows|Alle rijen controleren)/ }).click()
    await page.getByRole('option', { name: /Bloemist/ }).first().click()
    await page.getByRole('button', { name: /^(Correct this row|Deze rij verbeteren)/ }).click()
    await page.getByRole('dialog').getByRole('textbox').first().fill('info@bloemistroos.example')
  }),
  'batch-folders': at('templates', async (page) => {
    await page.getByRole('button', { name: /^(Watched folders|Bewaakte mappen)/ }).click()
    await page.getByRole('dialog').waitFor()
  }),
  'outbox-empty': at('outbox', async () => {}, withoutMail),
  'outbox-held-up': at('outbox', async () => {}, () => {
    const world = officeWorld()
    const accountIds = [...new Set(world.outbox.filter(({ state }) => state === 'ready').map(({ accountId }) => accountId))]
    return { ...world, heldUp: accountIds.map((accountId) => ({ accountId, failure: failure('connect.unreachable', { host: 'smtp.devries-advies.nl', port: 465 }), nextAt: '2026-11-22T14:45:00.000Z' })) }
  }),
  'outbox-error': at('outbox', async (page) => row(page, 'Invoice 2026-0409').click()),
  'outbox-sent': at('outbox', async (page) => row(page, 'Invoice 2026-0412').click()),
  'outbox-bounced': at('outbox', async (page) => row(page, 'Invoice 2026-0413').click()),
  'outbox-read': at('outbox', async (page) => row(page, 'Invoice 2026-0414').click()),
  'outbox-unknown': at('outbox', async (page) => row(page, 'Invoice 2026-0411').click()),
  'outbox-resolve': at('outbox', async (page) => {
    await row(page, 'Invoice 2026-0411').click()
    await page.getByRole('button', { name: /Say what happened|Zeggen wat er gebeurde/ }).first().click()
  }),
  'outbox-copied': at('outbox', async (page) => {
    await page.getByRole('button', { name: /^(I moved it|Ik heb haar verplaatst)/ }).click()
    await page.getByRole('alertdialog').waitFor()
  }, () => {
    const world = officeWorld()
    world.copied = { path: '/home/anna/Mailroom', host: 'anna-laptop', at: world.now, mails: 2, stillThere: false }
    return world
  }),
  'outbox-batch': at('outbox', async (page) => {
    await page.getByRole('combobox', { name: /^(Batch|Reeks)/ }).click()
    await page.getByRole('option', { name: /facturen-november/ }).click()
    await page.getByRole('button', { name: /^(Pause|Onderbreken)/ }).click()
    await page.getByRole('alertdialog').waitFor()
  }),
  'outbox-cancel': at('outbox', async (page) => {
    await row(page, 'Invoice 2026-0415').click()
    await page.getByRole('button', { name: /Cancel sending|Niet verzenden/ }).click()
  }),
  'outbox-hold-several': at('outbox', async (page) => {
    await row(page, 'Invoice 2026-0415').click()
    await row(page, 'Invoice 2026-0412').click({ modifiers: ['Shift'] })
    await page.getByRole('button', { name: /^(Hold|Vasthouden)/ }).click()
  }),
  'outbox-overview': at('outbox', async (page) => page.getByRole('tab', { name: /Overview|Overzicht/ }).click(), manyMails),
  'outbox-export': at('outbox', async (page) => {
    await page.getByRole('tab', { name: /Overview|Overzicht/ }).click()
    await page.getByRole('button', { name: /Export|exporteren/ }).click()
  }, manyMails),
  'compose-filled': mail(async (page, caller) => {
    caller.emit('app.goTo', { place: 'compose' })
    const to = page.getByRole('textbox', { name: /^(To|Aan)/ })
    await to.fill('Jan Smit <jan@smit.nl>, info@bakker-bouw.nl, nobody,')
    await page.locator('input[type=file]').setInputFiles([{ name: 'invoice-2026-0420.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(300_000) }])
    await page.getByRole('button', { name: /^(Send now|Nu verzenden)/ }).first().click()
  }),
  'compose-formatted': mail(async (page, caller) => {
    caller.emit('app.goTo', { place: 'compose' })
    const text = page.getByRole('textbox', { name: /^(Text|Tekst)$/ })
    await text.click()
    const button = (name: RegExp) => page.getByRole('toolbar').getByRole('button', { name }).click()
    await page.keyboard.type('Dear Jan, ')
    await page.keyboard.press('Control+b')
    await page.keyboard.type('please pay ')
    await button(/^(Colour|Kleur)/)
    await page.getByRole('menuitemradio', { name: /^(Red|Rood)/ }).click()
    await page.waitForFunction(() => document.activeElement?.getAttribute('contenteditable') === 'true')
    await page.keyboard.type('today')
    await page.keyboard.press('Enter')
    await button(/^(Remove formatting|Opmaak verwijderen)/)
    await button(/^(List with dots|Lijst met punten)/)
    await page.keyboard.type('invoice 2026-0420')
    await page.keyboard.press('Enter')
    await page.keyboard.type('invoice 2026-0421')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await button(/^(Quote|Citaat)/)
    await page.keyboard.type('We pay on Friday.')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+k')
    const address = page.getByRole('textbox', { name: /^(Web or|Web- of)/ })
    await address.fill('shop.example/pay')
    await address.press('Enter')
    await page.getByRole('link', { name: 'shop.example/pay' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('contenteditable') === 'true')
    await page.mouse.move(0, 0)
    await page.getByRole('tooltip').waitFor({ state: 'hidden' })
  }),
  'compose-leave': mail(async (page, caller) => {
    caller.emit('app.goTo', { place: 'compose' })
    await page.getByRole('textbox', { name: /^(Subject|Onderwerp)/ }).fill('Half a thought')
    await page.keyboard.press('Escape')
  }),
  'outbox-draft': mail(async (page, caller) => {
    caller.emit('app.goTo', { place: 'compose' })
    await page.getByRole('textbox', { name: /^(Subject|Onderwerp)/ }).fill('Half a thought')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^(Keep as draft|Als concept bewaren)$/ }).click()
    caller.emit('app.goTo', { place: 'outbox' })
    await row(page, 'Half a thought').click()
  }),
  'compose-reply': mail(async (page) => {
    await row(page, 'Pieter Bakker').click()
    await page.keyboard.press('Control+r')
    await page.getByRole('dialog').getByRole('textbox', { name: /^(Text|Tekst)$/ }).waitFor()
  }),
  'compose-later': mail(async (page, caller) => {
    caller.emit('app.goTo', { place: 'compose' })
    await page.getByRole('button', { name: /More ways|Meer manieren/ }).click()
    await page.getByRole('menuitemradio', { name: /later/i }).click()
  }),
  'compose-options': mail(async (page, caller) => {
    caller.emit('app.goTo', { place: 'compose' })
    await page.getByRole('button', { name: /^(Options|Opties)/ }).click()
    await page.getByRole('menuitemcheckbox').first().waitFor()
  }),
  'activity-empty': at('activity', async () => {}, withoutMail),
  'activity-open': at('activity', async (page) => page.getByRole('button', { name: /Check|Emma de Vries controleren/ }).first().click()),
  'activity-failed': at('activity', async (page) => page.getByRole('button', { name: /Support/ }).first().click()),
  'activity-skipped': at('activity', async (page) => page.getByRole('button', { name: /3 left on the server|3 op de server gelaten/ }).first().click()),
  'activity-doctor': at('activity', async (page) => page.getByRole('button', { name: /stored mail|bewaarde mail/ }).first().click()),
  'activity-table': at('activity', async (page) => page.getByRole('button', { name: /Show as table|Als tabel tonen/ }).click()),
  'settings-below': at('settings', async (page) => page.getByRole('region', { name: /About|Over Mailroom/ }).scrollIntoViewIfNeeded()),
  'settings-vault': at('settings', async (page) => {
    await page.getByRole('radio', { name: /passphrase|wachtwoordzin/ }).click()
  }),
  'settings-no-keychain': at('settings', async () => {}, () => ({ ...officeWorld(), secretStore: { place: 'keychain', state: 'absent', name: 'Secret Service' } })),
  'settings-locked': at('settings', async () => {}, () => ({ ...officeWorld(), secretStore: { place: 'vault', state: 'locked', name: '' } })),
}

/** To look at; what they are made of is checked in another scene. */
export const furtherLooks: Readonly<Record<string, Scene>> = {
  'outbox-several': at('outbox', async (page) => {
    await row(page, 'Invoice 2026-0415').click()
    await row(page, 'Invoice 2026-0412').click({ modifiers: ['Shift'] })
    await page.getByRole('button', { name: /^(Hold|Vasthouden)/ }).waitFor()
  }),
  'batch-queued': at('templates', async (page) => {
    await page.getByRole('button', { name: /^(Mails from a table|Mails uit een tabel)/ }).click()
    await page.locator('input[type=file]').first().setInputFiles([{ name: 'facturen.csv', mimeType: 'text/csv', buffer: Buffer.from('x') }])
    await page.getByRole('button', { name: /^(Next|Volgende)/ }).click()
    await page.getByRole('button', { name: /^(Check all rows|Alle rijen controleren)/ }).click()
    await page.getByRole('button', { name: /^(Leave out rows|Rijen met een probleem weglaten)/ }).click()
    await page.getByRole('button', { name: /^(Put \d+|\d+ mails in Postvak UIT zetten)/ }).click()
    await page.getByRole('heading', { name: /are in the outbox|staan in Postvak UIT/ }).waitFor()
  }),
  'outbox-overview-table': at('outbox', async (page) => {
    await page.getByRole('tab', { name: /Overview|Overzicht/ }).click()
    await page.getByRole('button', { name: /Show as a table|Als tabel tonen/ }).click()
  }, manyMails),
  'outbox-overview-empty': at('outbox', async (page) => page.getByRole('tab', { name: /Overview|Overzicht/ }).click(), withoutMail),
  'outbox-nothing-found': at('outbox', async (page) => page.getByRole('searchbox').fill('zeppelin')),
}
