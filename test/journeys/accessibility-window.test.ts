/** The window of the real host breaks no rule of axe-core on the way of a first account, light and dark. */
import { describe, expect, it } from 'vitest'
import { english as words } from '../../renderer/text/en/all.ts'
import { filledMailbox } from '../protocol/lab-mail.ts'
import { violationsOf } from './open-look.ts'
import { openWindow, removeFolder, speak } from './open-window.ts'
import { fillAddress, fillServers, finish, goTo, heading, passed, popOverTls, press } from './walk-wizard.ts'

describe('the real window', () => {
  it('breaks no rule on the way of a first account', async () => {
    const { page, root, errors, close } = await openWindow({ theme: 'light' })
    const check = async (place: string) => {
      for (const theme of ['light', 'dark'] as const) {
        await speak(page, { theme })
        expect(await violationsOf(page), `${place}, ${theme}`).toEqual([])
      }
    }
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
