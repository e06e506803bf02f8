/**
 * No screen, wizard page, dialog or failure breaks a rule of axe-core, small and light, large and dark, in both languages;
 * and none of them logs an error. The scenes are those of `npm run screenshots`. The window of the real host is held to the
 * same rules on the way of a first account.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { english as words } from '../../renderer/text/en/all.ts'
import { filledMailbox } from '../protocol/lab-mail.ts'
import { type Look, openLook, violationsOf } from './open-look.ts'
import { openWindow, removeFolder } from './open-window.ts'
import { scenes } from './scenes.ts'
import { fillAddress, fillServers, finish, goTo, heading, passed, popOverTls, press } from './walk-wizard.ts'

describe('every scene', () => {
  let look: Look
  beforeAll(async () => { look = await openLook(join(import.meta.dirname, '..', '..', 'dist', 'renderer')) })
  afterAll(() => look?.close())

  it.each(Object.entries(scenes))('%s can be used by everybody', async (_, scene) => {
    await look.visit(scene, 'en', async ({ page, errors, dress, resize }) => {
      const smallAndLight = await violationsOf(page)
      await dress('dark')
      await resize(1280, 800)
      expect({ smallAndLight, largeAndDark: await violationsOf(page), errors }).toEqual({ smallAndLight: [], largeAndDark: [], errors: [] })
    })
  })

  // Its words are longer: what overflows or is cut off shows there first.
  it.each(['mail-html', 'outbox-error', 'activity-failed', 'accounts', 'settings', 'compose-filled', 'wizard-address-problems', 'wizard-servers', 'wizard-more-outgoing', 'wizard-test-certificate', 'wizard-keychain-locked'])(
    '%s can be used by everybody in Dutch',
    async (name) => {
      await look.visit(scenes[name]!, 'nl', async ({ page, errors }) => {
        expect(await page.locator('html').getAttribute('lang')).toBe('nl')
        expect({ violations: await violationsOf(page), errors }).toEqual({ violations: [], errors: [] })
      })
    },
  )

  it('a breach is found by these tests', async () => {
    await look.visit(scenes['settings']!, 'en', async ({ page }) => {
      await page.evaluate(() => {
        const button = document.createElement('button')
        document.querySelector('main')?.append(button)
      })
      expect(await violationsOf(page)).toEqual([expect.stringContaining('button-name')])
    })
  })
})

describe('the real window', () => {
  it.each(['light', 'dark'] as const)('breaks no rule on the way of a first account, in %s', async (theme) => {
    const { page, root, errors, close } = await openWindow({ theme })
    const check = async (place: string) => expect(await violationsOf(page), place).toEqual([])
    const { wizard } = words
    const account = popOverTls(filledMailbox(8, '4K'))
    await check('welcome')
    await fillAddress(page, account)
    await check('address')
    await page.getByRole('radio', { name: wizard.address.byHand }).check()
    await press(page, wizard.buttons.next)
    await page.getByRole('radio', { name: wizard.type.pop3 }).check()
    await check('type')
    await press(page, wizard.buttons.next)
    await fillServers(page, account)
    await check('servers')
    await press(page, wizard.buttons.next)
    await passed(page).waitFor()
    await check('test')
    await finish(page)
    await page.getByRole('option').first().click()
    await page.getByRole('article').waitFor()
    await check('mail')
    for (const place of ['outbox', 'activity', 'accounts', 'settings'] as const) {
      await goTo(page, place)
      await heading(page, words[place].title).waitFor()
      await check(place)
    }
    expect(errors).toEqual([])
    await close()
    await removeFolder(root)
  })
})
