/** The whole way by keyboard alone: no click in this file. After each step the focus is where a person goes on, and can be seen. */
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { english as words } from '../../renderer/text/en/all.ts'
import { fieldProblemWords } from '../../shared/failures/field-problems.ts'
import { filledMailbox } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { expectVisibleFocus, focusedName, tabTo, typeInto } from './keyboard.ts'
import { type OpenWindow, openWindow, removeFolder } from './open-window.ts'

const { wizard, ui } = words
let window: OpenWindow
let page: Page
beforeEach(async () => {
  window = await openWindow({ width: 900, height: 640 })
  page = window.page
})
afterEach(async () => {
  await window.close()
  await removeFolder(window.root)
})

const key = (...keys: readonly string[]) => keys.reduce<Promise<void>>((before, each) => before.then(() => page.keyboard.press(each)), Promise.resolve())
const onPage = async (title: string) => {
  await expect.poll(() => focusedName(page), { timeout: 20_000 }).toBe(title)
}

/** The field in focus says what is wrong with it to whoever cannot see the red line. */
async function expectAnnounced(name: string, problem: string): Promise<void> {
  await expect.poll(() => focusedName(page)).toBe(name)
  const said = await page.evaluate(() => {
    const field = document.activeElement
    const described = (field?.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id))
    return { invalid: field?.getAttribute('aria-invalid'), texts: described.map((element) => element?.textContent ?? ''), alerts: described.filter((element) => element?.getAttribute('role') === 'alert' || element?.querySelector('[role="alert"]') !== null).length }
  })
  expect(said).toMatchObject({ invalid: 'true', texts: expect.arrayContaining([problem]) })
  expect(said.alerts).toBeGreaterThan(0)
}

async function chooseSecurity(at: number, security: 'tls' | 'starttls'): Promise<void> {
  await tabTo(page, wizard.servers.security)
  const dropdown = page.getByRole('combobox', { name: wizard.servers.security }).nth(at)
  await key('Enter')
  await expect.poll(() => dropdown.getAttribute('aria-expanded')).toBe('true')
  const inFocus = () => dropdown.evaluate((element) => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '')
  await key('Home')
  for (let move = 0; move < 2 && (await inFocus()) !== ui.security[security]; move++) await key('ArrowDown')
  await key('Enter')
  await expect.poll(() => dropdown.getAttribute('aria-expanded')).toBe('false')
  expect(await dropdown.textContent()).toBe(ui.security[security])
  await expectVisibleFocus(page)
}

/** From the address page to the mail screen. */
async function addByKeyboard(user: string): Promise<void> {
  await onPage(wizard.address.title)
  await key('Enter')
  // Nothing was typed yet: Enter in the heading does nothing, the first field is one Tab away.
  await typeInto(page, wizard.address.displayName, 'Emma de Vries')
  await typeInto(page, wizard.address.address, 'emma')
  await key('Enter')
  await expectAnnounced(wizard.address.address, fieldProblemWords('not-an-address', 'en'))
  await key('Control+a')
  await page.keyboard.type(`${user}@${lab.domain}`)
  await key('Enter')
  await expectAnnounced(wizard.address.password, fieldProblemWords('empty', 'en'))
  await page.keyboard.type(lab.password)
  await tabTo(page, wizard.address.automatic)
  await key('ArrowDown')
  await expect.poll(() => page.getByRole('radio', { name: wizard.address.byHand }).isChecked()).toBe(true)
  await tabTo(page, wizard.buttons.next)
  await key('Enter')

  await onPage(wizard.type.title)
  await tabTo(page, wizard.type.imap)
  await key('ArrowDown')
  await expect.poll(() => page.getByRole('radio', { name: wizard.type.pop3 }).isChecked()).toBe(true)
  await tabTo(page, wizard.buttons.back, 'Shift+Tab').catch(() => tabTo(page, wizard.buttons.back))
  await key('Space')
  await onPage(wizard.address.title)
  expect(await page.getByRole('textbox', { name: wizard.address.displayName }).inputValue()).toBe('Emma de Vries')
  await tabTo(page, wizard.buttons.next)
  await key('Space')
  await onPage(wizard.type.title)
  await tabTo(page, wizard.buttons.next)
  await key('Enter')

  await onPage(wizard.servers.title)
  await typeInto(page, wizard.servers.userName, user)
  await typeInto(page, wizard.servers.host, 'mail server')
  await key('Enter')
  await expectAnnounced(wizard.servers.host, fieldProblemWords('not-a-host', 'en'))
  await key('Control+a')
  await page.keyboard.type(lab.host)
  await typeInto(page, ui.port.label, String(lab.port('POP3S')))
  await chooseSecurity(0, 'tls')
  await typeInto(page, wizard.servers.host, lab.host)
  await typeInto(page, ui.port.label, String(lab.port('SUBMISSION')))
  await chooseSecurity(1, 'starttls')
  await moreSettings()
  await tabTo(page, wizard.buttons.next)
  await key('Enter')

  await page.getByText(wizard.test.passed).waitFor()
  await tabTo(page, wizard.test.message)
  await key('Enter')
  await page.getByText(wizard.test.messagePassed).waitFor({ timeout: 60_000 })
  await tabTo(page, wizard.buttons.next)
  await key('Enter')
  await onPage(wizard.finish.title)
  await tabTo(page, wizard.buttons.finish)
  await key('Enter')
  await page.getByRole('heading', { level: 1, name: words.mail.title }).waitFor()
}

/** The dialog holds the focus, its tabs are walked by arrows, Escape closes it and gives the focus back. */
async function moreSettings(): Promise<void> {
  await tabTo(page, wizard.servers.more)
  await key('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await expect.poll(() => focusedName(page)).toBe(wizard.more.tabs.general)
  for (const tab of ['outgoing', 'advanced', 'other'] as const) {
    await key('ArrowRight', 'Enter')
    await expect.poll(() => page.getByRole('tab', { name: wizard.more.tabs[tab] }).getAttribute('aria-selected')).toBe('true')
    await expectVisibleFocus(page)
  }
  expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await key('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(() => focusedName(page)).toBe(wizard.servers.more)
}

it('an account is added, its mail read and answered, and every place visited, by keyboard alone', async () => {
  const user = filledMailbox(12, '2K')
  await page.getByRole('heading', { name: wizard.welcome.titleFirst }).waitFor()
  await onPage(wizard.welcome.titleFirst)
  await tabTo(page, wizard.welcome.add)
  await key('Enter')
  await addByKeyboard(user)

  // The list: arrows walk it, and the message in focus is shown.
  await page.getByRole('option').first().waitFor()
  await tabTo(page, words.mail.list)
  await key('ArrowDown', 'ArrowDown')
  const subjects = await page.getByRole('option').allInnerTexts()
  const chosen = page.getByRole('option', { selected: true })
  expect(await chosen.count()).toBe(1)
  expect(subjects.indexOf(await chosen.innerText())).toBe(1)
  await key('End', 'Home', 'Enter')
  await expect.poll(() => page.getByRole('article', { name: words.mail.reader }).evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await expectVisibleFocus(page)

  // Answering: the text has the focus, Ctrl+Enter sends.
  await key('Control+r')
  const writing = page.getByRole('dialog')
  await writing.waitFor()
  await expect.poll(() => focusedName(page)).toBe(words.outbox.compose.text)
  await key('Escape')
  await writing.waitFor({ state: 'hidden' })
  await key('Control+n')
  await writing.waitFor()
  await expect.poll(() => focusedName(page)).toContain(words.outbox.compose.to)
  await page.keyboard.type(`nobody,`)
  await key('Control+Enter')
  await page.getByRole('alert').first().waitFor()
  await key('Backspace', 'Control+a')
  await page.keyboard.type(`${user}@${lab.domain},`)
  await tabTo(page, words.outbox.compose.subject)
  await page.keyboard.type('By keyboard')
  await tabTo(page, words.outbox.compose.text)
  await page.keyboard.type('Hello ')
  // Formatting: keys, and the buttons from the text and back to it.
  const bold = page.getByRole('button', { name: words.editor.bold, pressed: true })
  await key('Control+b')
  await bold.waitFor()
  await key('Alt+F10')
  await expect.poll(() => focusedName(page)).toBe(words.editor.bold)
  await key('ArrowRight')
  await expectVisibleFocus(page)
  expect(await focusedName(page)).toBe(words.editor.italic)
  await key('Escape')
  await expect.poll(() => focusedName(page)).toBe(words.outbox.compose.text)
  await page.keyboard.type('you')
  await page.locator('strong', { hasText: 'you' }).waitFor()
  // A button that goes with what it did leaves the focus in the mail, which still hears its keys.
  await page.locator('input[type="file"]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') })
  await writing.getByRole('button', { name: words.outbox.compose.removeFile('a.txt') }).waitFor()
  await tabTo(page, words.outbox.compose.removeFile('a.txt'))
  await key('Enter')
  await expect.poll(() => writing.getByRole('form').evaluate((form) => form.contains(document.activeElement))).toBe(true)
  await key('Control+Enter')
  await writing.waitFor({ state: 'hidden' })

  // The places: one Tab stop, arrows move, Enter goes.
  const places = ['mail', 'outbox', 'templates', 'contacts', 'activity', 'accounts', 'settings'] as const
  await tabTo(page, words.shell.places.mail)
  for (const place of [...places.slice(1), 'mail'] as const) {
    await key(place === 'mail' ? 'Home' : 'ArrowDown')
    await expectVisibleFocus(page)
    expect(await focusedName(page)).toContain(words.shell.places[place])
    await key('Enter')
    await page.getByRole('heading', { level: 1, name: words[place].title }).waitFor()
    if (place === 'outbox') await page.getByRole('option', { name: 'By keyboard' }).filter({ hasText: words.outbox.states.sent }).waitFor()
  }
})

it('leaving the wizard half way is asked for, and what was typed is there at the next start, without the password', async () => {
  await page.getByRole('heading', { name: wizard.welcome.titleFirst }).waitFor()
  await tabTo(page, wizard.welcome.add)
  await key('Enter')
  await onPage(wizard.address.title)
  await typeInto(page, wizard.address.displayName, 'Emma de Vries')
  await typeInto(page, wizard.address.password, 'never kept')
  const asked = page.getByRole('alertdialog')
  await key('Escape')
  await asked.waitFor()
  await key('Escape')
  await asked.waitFor({ state: 'hidden' })
  await expect.poll(() => focusedName(page)).toBe(wizard.address.password)
  await key('Escape')
  await asked.waitFor()
  await expectVisibleFocus(page)
  if (!(await focusedName(page)).includes(wizard.leave.leave)) await tabTo(page, wizard.leave.leave)
  await key('Enter')
  await page.getByRole('heading', { level: 1, name: words.mail.title }).waitFor()

  await window.close()
  window = await openWindow({ root: window.root, width: 900, height: 640 })
  page = window.page
  await page.getByText(wizard.welcome.resumeTitle).waitFor()
  await tabTo(page, wizard.welcome.resume)
  await key('Enter')
  await onPage(wizard.address.title)
  expect(await page.getByRole('textbox', { name: wizard.address.displayName }).inputValue()).toBe('Emma de Vries')
  expect(await page.getByRole('textbox', { name: wizard.address.password }).inputValue()).toBe('')
})

it('a focus that cannot be seen is noticed by these tests', async () => {
  await tabTo(page, wizard.welcome.add)
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('*, *::before, *::after { outline: none !important; box-shadow: none !important; border-color: transparent !important }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  })
  await expect(expectVisibleFocus(page)).rejects.toThrow('no sign of focus')
})
