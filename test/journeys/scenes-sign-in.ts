/** Signing in over the web, once an account is there: its card, its dialog while somebody is in the browser, and the services' client ids. */
import type { Page } from 'playwright-core'
import { english } from '../../renderer/text/en/all.ts'
import { dutch } from '../../renderer/text/nl/all.ts'
import type { FakeCaller } from '../fakes/caller/fake-caller.ts'
import { officeWorld, type World } from '../fakes/caller/world.ts'
import type { Scene } from './open-look.ts'

type Words = typeof english
const wordsOf = (caller: FakeCaller): Words => (caller.world.preferences.language === 'nl' ? dutch : english)

/** The first account is at Outlook.com, and its permission has ended. */
function endedWorld(address: string): World {
  const world = officeWorld()
  const signIn = { userName: address, method: 'oauth2' as const, rememberPassword: true, issuer: 'https://login.microsoftonline.com/common/v2.0' }
  return {
    ...world,
    accounts: world.accounts.map((one, index) => index !== 0 || one.account.incoming?.protocol !== 'imap' ? one : {
      ...one,
      account: { ...one.account, user: { ...one.account.user, address }, incoming: { ...one.account.incoming, host: 'outlook.office365.com', signIn } },
      webSignIn: { is: 'account' as const, id: one.account.id },
      paused: { code: 'signin.again' as const, evidence: { host: 'login.microsoftonline.com', serverWords: 'invalid_grant: AADSTS50173: The provided grant has expired due to it being revoked.' } },
    }),
  }
}

/** The first account is at Gmail, which took the usual password for what it is. */
function refusedWorld(): World {
  const world = officeWorld()
  const paused = { code: 'signin.app-password-needed' as const, evidence: { host: 'imap.gmail.com', port: 993, serverWords: 'Application-specific password required: https://support.google.com/accounts/answer/185833' } }
  return { ...world, accounts: world.accounts.map((one, index) => (index === 0 ? { ...one, account: { ...one.account, user: { ...one.account.user, address: 'emma@gmail.com' } }, paused } : one)) }
}

function houseOverTheWeb(): World['organization'] {
  const { organization } = officeWorld()
  const { server } = organization
  return { ...organization, server: server?.signIn == null ? server : { ...server, host: 'smtp.office365.com', signIn: { ...server.signIn, method: 'oauth2' } } }
}

const scene = (world: () => World, go: (page: Page, words: Words, caller: FakeCaller) => Promise<void>): Scene => ({
  world,
  go: async (page, caller) => go(page, wordsOf(caller), caller),
})

async function accounts(page: Page, words: Words, caller: FakeCaller): Promise<void> {
  caller.emit('app.goTo', { place: 'accounts' })
  await page.getByRole('button', { name: words.signIn.again, exact: true }).waitFor()
}

async function dialog(page: Page, words: Words, caller: FakeCaller): Promise<void> {
  await accounts(page, words, caller)
  await page.getByRole('button', { name: words.signIn.again, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: words.signIn.button('Microsoft') }).waitFor()
}

async function begun(page: Page, words: Words, caller: FakeCaller): Promise<void> {
  await dialog(page, words, caller)
  await page.getByRole('dialog').getByRole('button', { name: words.signIn.button('Microsoft') }).click()
}

async function clientId(page: Page, caller: FakeCaller, button: string): Promise<void> {
  caller.emit('app.goTo', { place: 'settings' })
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('dialog').waitFor()
}

/** Each is a shape of its own. */
export const signInScenes: Readonly<Record<string, Scene>> = {
  'account-demands': scene(refusedWorld, async (page, _words, caller) => {
    caller.emit('app.goTo', { place: 'accounts' })
    await page.getByText(/(Gmail needs an app password|Gmail wil een app-wachtwoord)/).waitFor()
  }),
  'sign-in-waiting': scene(() => endedWorld('emma@outlook.com'), async (page, words, caller) => {
    await begun(page, words, caller)
    await page.getByRole('button', { name: words.signIn.openAgain }).waitFor()
  }),
  'sign-in-shared-server': scene(() => ({ ...officeWorld(), organization: houseOverTheWeb() }), async (page, words, caller) => {
    caller.emit('app.goTo', { place: 'settings' })
    await page.getByRole('tab', { name: words.settings.tabs.organization }).click()
    await page.getByRole('button', { name: words.signIn.button('Microsoft') }).scrollIntoViewIfNeeded()
  }),
  'settings-client-id': scene(officeWorld, (page, words, caller) => clientId(page, caller, words.signIn.services.enterFor('Google'))),
}

/** They differ from those in words, and are looked at with `look.ts` only. */
export const furtherSignInLooks: Readonly<Record<string, Scene>> = {
  'sign-in-again': scene(() => endedWorld('emma@outlook.com'), accounts),
  'sign-in-declined': scene(() => endedWorld('noor@outlook.com'), async (page, words, caller) => {
    await begun(page, words, caller)
    await page.locator('[data-failure="signin.denied"]').waitFor()
  }),
  'sign-in-done': scene(() => endedWorld('quick@outlook.com'), async (page, words, caller) => {
    await begun(page, words, caller)
    await page.getByText(words.signIn.signedIn('quick@outlook.com', 'Microsoft')).waitFor()
  }),
  'settings-services': scene(officeWorld, async (page, words, caller) => {
    caller.emit('app.goTo', { place: 'settings' })
    await page.getByRole('region', { name: words.signIn.services.title }).getByRole('list').scrollIntoViewIfNeeded()
  }),
  'settings-client-id-other': scene(officeWorld, (page, words, caller) => clientId(page, caller, words.signIn.services.other)),
}
