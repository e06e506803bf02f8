/** The wizard, page by page, as a person walks through it. */
import type { Page } from 'playwright-core'
import { failure } from '../../shared/failures/failure.ts'
import type { FakeCaller } from '../fakes/caller/fake-caller.ts'
import { emptyWorld, fakeNow, officeWorld, type World } from '../fakes/caller/world.ts'
import { officeLevels } from '../fakes/caller/office.ts'
import { english } from '../../renderer/text/en/all.ts'
import { dutch } from '../../renderer/text/nl/all.ts'
import type { Scene } from './open-look.ts'

type Walk = (page: Page, texts: typeof english, caller: FakeCaller) => Promise<void>

/** Walks in the language the world speaks. */
const scene = (walk: Walk, world: () => World = emptyWorld): Scene => ({
  world,
  go: (page, caller) => walk(page, caller.world.preferences.language === 'nl' ? dutch : english, caller),
})

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const next = (page: Page, texts: typeof english) => press(page, texts.wizard.buttons.next)

async function nameAndAddress(page: Page, texts: typeof english, address: string): Promise<void> {
  const words = texts.wizard.address
  if (await page.getByRole('navigation').isVisible()) await press(page, texts.accounts.add)
  else await press(page, texts.wizard.welcome.add)
  await page.getByLabel(words.displayName).fill('Emma de Vries')
  await page.getByRole('textbox', { name: words.address }).fill(address)
}

async function fillAddress(page: Page, texts: typeof english, address: string, password = 'secret'): Promise<void> {
  await nameAndAddress(page, texts, address)
  await page.locator('input[type="password"]').fill(password)
}

/** To the page where a service that knows Mailroom has people sign in: no password was asked for on the way. */
async function toSignIn(page: Page, texts: typeof english, address: string): Promise<void> {
  await nameAndAddress(page, texts, address)
  await page.getByText(texts.signIn.noPassword('Microsoft')).waitFor()
  await next(page, texts)
  await page.getByRole('button', { name: texts.signIn.button('Microsoft') }).waitFor()
}

async function toFound(page: Page, texts: typeof english, address: string, password?: string): Promise<void> {
  await fillAddress(page, texts, address, password)
  await next(page, texts)
  await page.getByRole('heading', { name: texts.wizard.found.title }).waitFor()
}

async function toServers(page: Page, texts: typeof english, type: 'pop3' | 'jmap' = 'pop3'): Promise<void> {
  await fillAddress(page, texts, 'emma@devries-advies.nl')
  await page.getByRole('radio', { name: texts.wizard.address.byHand }).check()
  await next(page, texts)
  await page.getByRole('radio', { name: texts.wizard.type[type] }).check()
  await next(page, texts)
}

async function fillHosts(page: Page, texts: typeof english, incoming: string, outgoing: string): Promise<void> {
  const hosts = page.getByLabel(texts.wizard.servers.host)
  await hosts.nth(0).fill(incoming)
  await hosts.nth(1).fill(outgoing)
}

async function toTest(page: Page, texts: typeof english, incoming: string, ends: string): Promise<void> {
  await toServers(page, texts)
  await fillHosts(page, texts, incoming, 'smtp.devries-advies.nl')
  await next(page, texts)
  await page.getByText(ends).first().waitFor()
}

async function more(page: Page, texts: typeof english, tab: keyof typeof english.wizard.more.tabs): Promise<void> {
  await toServers(page, texts)
  await press(page, texts.wizard.servers.more)
  await page.getByRole('tab', { name: texts.wizard.more.tabs[tab] }).click()
}

const lockedWorld = (): World => ({ ...emptyWorld(), secretStore: { place: 'keychain', state: 'locked', name: 'GNOME Keyring' } })

export const wizardScenes: Readonly<Record<string, Scene>> = {
  'wizard-welcome': { world: emptyWorld },
  'wizard-notice': { world: () => ({ ...emptyWorld(), notices: [{ id: 'n', at: fakeNow, failure: failure('settings.damaged', { name: 'settings.damaged-2026-11-22T14-30-00-000Z.json' }) }] }) },
  'wizard-welcome-resume': scene(async (page, texts, caller) => {
    await fillAddress(page, texts, 'emma@devries-advies.nl')
    while (caller.world.keptWizard === null) await page.evaluate(() => new Promise(requestAnimationFrame))
    await page.reload()
    await page.getByText(texts.wizard.welcome.resumeTitle).waitFor()
  }),
  'wizard-address': scene((page, texts) => fillAddress(page, texts, 'emma@devries-advies.nl')),
  'wizard-address-problems': scene(async (page, texts) => {
    await fillAddress(page, texts, 'emma.devries', '')
    await page.getByLabel(texts.wizard.address.displayName).fill('')
    await next(page, texts)
  }),
  'wizard-looking': scene(async (page, texts) => {
    await fillAddress(page, texts, 'emma@devries-advies.nl')
    await next(page, texts)
    await page.getByText(texts.wizard.looking.sources.guess).waitFor()
  }),
  'wizard-found': scene((page, texts) => toFound(page, texts, 'emma@devries-advies.nl')),
  'wizard-found-app-password': scene((page, texts) => toFound(page, texts, 'emma@gmail.com')),
  'wizard-sign-in': scene((page, texts) => toSignIn(page, texts, 'emma@outlook.com')),
  'wizard-sign-in-waiting': scene(async (page, texts) => {
    await toSignIn(page, texts, 'emma@outlook.com')
    await press(page, texts.signIn.button('Microsoft'))
    await page.getByRole('button', { name: texts.signIn.openAgain }).waitFor()
  }),
  'wizard-found-doubtful': scene(async (page, texts) => {
    await toFound(page, texts, 'emma@doubtful.example')
    await next(page, texts)
    await page.getByText(texts.wizard.found.chooseOne).first().waitFor()
  }),
  'wizard-nothing-found': scene(async (page, texts) => {
    await fillAddress(page, texts, 'emma@nowhere.example')
    await next(page, texts)
    await page.getByRole('heading', { name: texts.wizard.type.title }).waitFor()
  }),
  'wizard-servers': scene(async (page, texts) => {
    await toServers(page, texts)
    await fillHosts(page, texts, 'pop.devries-advies.nl', 'smtp.devries-advies.nl')
  }),
  'wizard-servers-shared': scene(async (page, texts) => {
    await toServers(page, texts)
    await page.getByRole('radio', { name: texts.wizard.servers.shared }).check()
  }, () => ({ ...emptyWorld(), ...officeLevels() })),
  'wizard-servers-problems': scene(async (page, texts) => {
    await toServers(page, texts)
    await fillHosts(page, texts, 'mail server', '')
    await page.getByLabel(texts.ui.port.label).first().fill('70000')
    await next(page, texts)
  }),
  'wizard-security-none': scene(async (page, texts) => {
    await toServers(page, texts)
    await page.getByLabel(texts.wizard.servers.security).first().click()
    await page.getByRole('option', { name: texts.ui.security.none, exact: true }).click()
  }),
  'wizard-more-general': scene((page, texts) => more(page, texts, 'general')),
  'wizard-more-outgoing': scene(async (page, texts) => {
    await more(page, texts, 'outgoing')
    await page.getByRole('radio', { name: texts.wizard.more.outgoing.own }).check()
  }),
  'wizard-more-advanced': scene((page, texts) => more(page, texts, 'advanced')),
  'wizard-more-delivery': scene(async (page, texts) => {
    await more(page, texts, 'advanced')
    await page.getByRole('checkbox', { name: texts.wizard.more.advanced.removeWhenDeleted }).check()
    await page.getByText(texts.accounts.removals.previewFirst).scrollIntoViewIfNeeded()
  }),
  'wizard-more-other': scene((page, texts) => more(page, texts, 'other')),
  'wizard-test-running': scene((page, texts) => toTest(page, texts, 'pop.devries-advies.nl', texts.ui.steps.connect)),
  'wizard-test-passed': scene((page, texts) => toTest(page, texts, 'pop.devries-advies.nl', texts.wizard.test.passed)),
  'wizard-test-message': scene(async (page, texts) => {
    await toTest(page, texts, 'pop.devries-advies.nl', texts.wizard.test.passed)
    await press(page, texts.wizard.test.message)
    await page.getByText(texts.wizard.test.messagePassed).waitFor()
  }),
  'wizard-test-certificate': scene((page, texts) => toTest(page, texts, 'selfsigned.devries-advies.nl', texts.ui.tryAgain)),
  'wizard-test-certificate-chain': scene((page, texts) => toTest(page, texts, 'expired.devries-advies.nl', texts.ui.tryAgain)),
  'wizard-test-password': scene(async (page, texts) => {
    await toFound(page, texts, 'emma@devries-advies.nl', 'wrong')
    await next(page, texts)
    await page.getByText(texts.ui.tryAgain).waitFor()
  }),
  'wizard-finish': scene(async (page, texts) => {
    await toTest(page, texts, 'pop.devries-advies.nl', texts.wizard.test.passed)
    await next(page, texts)
  }),
  'wizard-keychain-locked': scene(async (page, texts) => {
    await toTest(page, texts, 'pop.devries-advies.nl', texts.wizard.test.passed)
    await next(page, texts)
    await press(page, texts.wizard.buttons.finish)
    await page.getByRole('radio', { name: texts.wizard.secrets.vault }).check()
  }, lockedWorld),
  'wizard-finished': scene(async (page, texts) => {
    await toTest(page, texts, 'pop.devries-advies.nl', texts.wizard.test.passed)
    await next(page, texts)
    await press(page, texts.wizard.buttons.finish)
    await page.getByRole('navigation').waitFor()
  }),
  /** No pointer at all: Tab, Space, arrows and Enter from the first page to the mail. */
  'wizard-by-keyboard': scene(async (page, texts) => {
    const { keyboard } = page
    const to = async (focused: string) => {
      for (let tabs = 0; tabs < 40; tabs++) {
        await keyboard.press('Tab')
        if (await page.locator(focused).evaluateAll((elements) => elements.some((element) => element === document.activeElement))) return
      }
      throw new Error(`Tab never came to ${focused}`)
    }
    await to('button[type="submit"]')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: texts.wizard.address.title }).waitFor()
    await to('input[autocomplete="name"]')
    await keyboard.type('Emma de Vries')
    await to('input[type="email"]')
    await keyboard.type('emma@devries-advies.nl')
    await to('input[type="password"]')
    await keyboard.type('secret')
    await to('input[value="automatic"]')
    await keyboard.press('ArrowDown')
    await to('button[type="submit"]')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: texts.wizard.type.title }).waitFor()
    await to('input[value="imap"]')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: texts.wizard.servers.title }).waitFor()
    await keyboard.press('Tab')
    for (const host of ['pop.devries-advies.nl', 'smtp.devries-advies.nl']) {
      const field = page.getByRole('textbox', { name: texts.wizard.servers.host }).nth(host.startsWith('pop') ? 0 : 1)
      for (let tabs = 0; tabs < 40 && !(await field.evaluate((element) => element === document.activeElement)); tabs++) await keyboard.press('Tab')
      await keyboard.type(host)
    }
    await keyboard.press('Enter')
    await page.getByText(texts.wizard.test.passed).waitFor()
    await to('button[type="submit"]')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: texts.wizard.finish.title }).waitFor()
    await to('button[type="submit"]')
    await keyboard.press('Enter')
    await page.getByRole('navigation').waitFor()
  }),
  'wizard-leave': scene(async (page, texts, caller) => {
    caller.emit('app.goTo', { place: 'accounts' })
    await page.getByRole('heading', { name: texts.accounts.title }).waitFor()
    await fillAddress(page, texts, 'emma@devries-advies.nl')
    await press(page, texts.ui.cancel)
  }, officeWorld),
  'wizard-change': scene(async (page, texts, caller) => {
    caller.emit('app.goTo', { place: 'accounts' })
    await page.getByRole('group', { name: 'Support' }).getByRole('button', { name: texts.accounts.change }).click()
    await page.getByRole('heading', { name: texts.wizard.servers.titleChange('Support') }).waitFor()
  }, officeWorld),
  'accounts-remove': scene(async (page, texts, caller) => {
    caller.emit('app.goTo', { place: 'accounts' })
    await page.getByRole('button', { name: texts.accounts.more('Support') }).click()
    await page.getByRole('menuitem', { name: texts.accounts.remove, exact: true }).click()
  }, officeWorld),
  'accounts-check': scene(async (page, texts, caller) => {
    caller.emit('app.goTo', { place: 'accounts' })
    await page.getByRole('button', { name: texts.accounts.checkNow }).first().click()
    await page.getByText(texts.accounts.checkPassed('Emma de Vries')).waitFor()
  }, officeWorld),
}

/** Not held to axe-core each time: they are made of the same parts. */
export const furtherWizardLooks: Readonly<Record<string, Scene>> = {
  'wizard-servers-http': scene(async (page, texts) => {
    await toServers(page, texts, 'jmap')
    await page.getByLabel(texts.wizard.servers.sessionUrl).fill('jmap.devries-advies.nl')
  }),
  'wizard-test-elsewhere': scene(async (page, texts) => {
    await toServers(page, texts, 'jmap')
    await page.getByLabel(texts.wizard.servers.sessionUrl).fill('elsewhere.devries-advies.nl')
    await next(page, texts)
    await page.getByRole('button', { name: texts.wizard.test.useHost('files.mail-hosting.example') }).waitFor()
  }),
  'wizard-finish-http': scene(async (page, texts) => {
    await toServers(page, texts, 'jmap')
    await page.getByLabel(texts.wizard.servers.sessionUrl).fill('elsewhere.devries-advies.nl')
    await next(page, texts)
    await press(page, texts.wizard.test.useHost('files.mail-hosting.example'))
    await page.getByText(texts.wizard.test.passed).waitFor()
    await next(page, texts)
    await page.getByRole('heading', { name: texts.wizard.finish.title }).waitFor()
  }),
}
