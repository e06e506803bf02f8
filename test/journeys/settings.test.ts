/** Starts that are not the usual one: no keychain, a locked vault, a settings file nobody can read, a window that is open already. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runChromium } from '../../electron/hosts/chromium/run-chromium.ts'
import { english as words } from '../../renderer/text/en/all.ts'
import { filledMailbox } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { PrivateKeyring } from '../servers/private-keyring.ts'
import { lookableFlags, type OpenWindow, openWindow } from './open-window.ts'
import { button, goTo, heading, passed, popOverTls, press, toTest } from './walk-wizard.ts'

const { wizard, settings } = words
const passphrase = 'correct horse battery'
let root: string
let window: OpenWindow
let page: Page

async function start(): Promise<void> {
  window = await openWindow({ root })
  page = window.page
}
async function startAgain(): Promise<void> {
  await window.close()
  await start()
}
beforeEach(async () => { root = await mkdtemp(join(tmpdir(), 'mailroom-settings-')) })
afterEach(async () => {
  await window.close()
  await rm(root, { recursive: true, force: true })
})

describe('on a machine without a keychain', () => {
  const usual = process.env['DBUS_SESSION_BUS_ADDRESS']
  let bus: PrivateKeyring
  beforeEach(async () => {
    bus = await PrivateKeyring.start()
    process.env['DBUS_SESSION_BUS_ADDRESS'] = bus.address
    await start()
  })
  afterEach(async () => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = usual
    await bus.stop()
  })

  async function toQuestion(user: string): Promise<void> {
    await toTest(page, popOverTls(user))
    await passed(page).waitFor()
    await press(page, wizard.buttons.next)
    await press(page, wizard.buttons.finish)
    await heading(page, wizard.secrets.title).waitFor()
    expect(JSON.parse(await readFile(join(root, 'settings.json'), 'utf8'))).toMatchObject({ accounts: [], secretPlace: 'keychain' })
  }

  it('the wizard says so before anything is saved; a vault is made, and after the next start its passphrase opens it', async () => {
    const user = filledMailbox(5, '2K')
    await toQuestion(user)
    const asked = page.getByRole('alertdialog')
    await asked.getByRole('radio', { name: wizard.secrets.vault }).check()
    await asked.getByRole('textbox', { name: wizard.secrets.passphrase }).first().fill(passphrase)
    await asked.getByRole('textbox', { name: wizard.secrets.passphraseAgain }).fill(passphrase)
    await press(asked, wizard.secrets.proceed)
    await page.getByRole('option').nth(4).waitFor()

    await startAgain()
    await page.getByRole('option').first().waitFor()
    await press(page, words.mail.sendReceiveAll)
    await page.locator('[data-failure="secrets.locked"]').first().waitFor()
    await goTo(page, 'settings')
    await press(page, settings.unlock)
    const unlocking = page.getByRole('alertdialog')
    const typed = unlocking.getByRole('textbox', { name: settings.passphrase })
    await typed.fill('not this one')
    await press(unlocking, settings.unlock)
    await unlocking.locator('[data-failure="vault.wrong-passphrase"]').waitFor()
    await typed.fill(passphrase)
    await press(unlocking, settings.unlock)
    await unlocking.waitFor({ state: 'hidden' })
    await goTo(page, 'mail')
    await press(page, words.mail.sendReceiveAll)
    await expect.poll(() => page.getByRole('status').allInnerTexts()).toContainEqual(expect.stringContaining(words.mail.run.nothingNew))
  })

  it('passwords can be kept for this session only, and are asked for at the next', async () => {
    await toQuestion(filledMailbox(3, '2K'))
    const asked = page.getByRole('alertdialog')
    await asked.getByRole('radio', { name: wizard.secrets.session }).check()
    await press(asked, wizard.secrets.proceed)
    await page.getByRole('option').nth(2).waitFor()

    await startAgain()
    await goTo(page, 'accounts')
    await press(page, words.accounts.typePassword)
    await page.getByRole('dialog').getByRole('textbox').first().fill(lab.password)
    await press(page.getByRole('dialog'), words.ui.save)
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await goTo(page, 'mail')
    await press(page, words.mail.sendReceiveAll)
    await expect.poll(() => page.getByRole('status').allInnerTexts()).toContainEqual(expect.stringContaining(words.mail.run.nothingNew))
  })
})

it('settings that cannot be read are kept aside and named on the screen, until that is dismissed', async () => {
  await writeFile(join(root, 'settings.json'), '{"version": 1, "accounts": [', { mode: 0o600 })
  await start()
  const notice = page.locator('[data-failure="settings.damaged"]')
  await notice.waitFor()
  const kept = /settings\.damaged\S+?\.json/.exec(await notice.innerText())?.[0]
  expect(await readFile(join(root, kept ?? 'not named'), 'utf8')).toBe('{"version": 1, "accounts": [')
  await button(notice, words.ui.dismiss).click()
  await notice.waitFor({ state: 'hidden' })
})

it('a second start shows the window that is open, and ends', async () => {
  await start()
  await heading(page, wizard.welcome.titleFirst).waitFor()
  const second = await runChromium({ root, version: 'test', renderer: join(import.meta.dirname, '..', '..', 'dist', 'renderer'), extraFlags: lookableFlags })
  expect(second).toEqual({ ok: true, value: 'shown-elsewhere' })
  await button(page, wizard.welcome.add).click()
  await heading(page, wizard.address.title).waitFor()
})
