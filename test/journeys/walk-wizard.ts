/** What a person does in the wizard and the outbox, by mouse, against the lab: for journeys that are about something else. */
import type { Locator, Page } from 'playwright-core'
import { english as words } from '../../renderer/text/en/all.ts'
import { lab, type LabPort } from '../servers/lab.ts'

export interface LabServer {
  /** By name, or a number for a server of the test's own on the lab's host. */
  readonly port: LabPort | number
  readonly security: 'tls' | 'starttls'
}

export interface LabAccount {
  readonly user: string
  readonly type: 'pop3' | 'imap'
  readonly incoming: LabServer
  /** null = for receiving only. */
  readonly outgoing: LabServer | null
  readonly password?: string
}

export const popOverTls = (user: string): LabAccount => ({ user, type: 'pop3', incoming: { port: 'POP3S', security: 'tls' }, outgoing: { port: 'SUBMISSIONS', security: 'tls' } })
export const imapWithStarttls = (user: string): LabAccount => ({ user, type: 'imap', incoming: { port: 'IMAP', security: 'starttls' }, outgoing: { port: 'SUBMISSION', security: 'starttls' } })

export const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
export const press = (within: Page | Locator, name: string) => button(within, name).click()
export const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
export const goTo = (page: Page, place: keyof typeof words.shell.places) => page.getByRole('navigation', { name: words.shell.navigation }).getByRole('button', { name: words.shell.places[place] }).click()

/** The first page's fields, from the welcome page or from anywhere in the program. */
export async function fillAddress(page: Page, { user, outgoing, password = lab.password }: LabAccount): Promise<void> {
  if (await page.getByRole('navigation', { name: words.shell.navigation }).isVisible()) {
    await goTo(page, 'accounts')
    await press(page, words.accounts.add)
  } else await press(page, words.wizard.welcome.add)
  const { address } = words.wizard
  await page.getByLabel(address.displayName).fill(`The ${user}`)
  await page.getByRole('textbox', { name: address.address }).fill(`${user}@${lab.domain}`)
  await page.getByRole('textbox', { name: address.password }).fill(password)
  await page.getByRole('checkbox', { name: address.forSending }).setChecked(outgoing !== null)
}

/** Host, port, security and user name on the server page. */
export async function fillServers(page: Page, { user, incoming, outgoing }: LabAccount): Promise<void> {
  const { servers } = words.wizard
  await page.getByRole('textbox', { name: servers.userName }).fill(user)
  for (const [at, server] of [incoming, outgoing].entries()) {
    if (server === null) continue
    await page.getByRole('textbox', { name: servers.host }).nth(at).fill(lab.host)
    await page.getByLabel(servers.security).nth(at).click()
    await page.getByRole('option', { name: words.ui.security[server.security], exact: true }).click()
    await page.getByRole('textbox', { name: words.ui.port.label }).nth(at).fill(String(typeof server.port === 'number' ? server.port : lab.port(server.port)))
  }
}

/** By hand, up to the test page. */
export async function toTest(page: Page, account: LabAccount): Promise<void> {
  const { address, type, buttons } = words.wizard
  await fillAddress(page, account)
  await page.getByRole('radio', { name: address.byHand }).check()
  await press(page, buttons.next)
  await page.getByRole('radio', { name: type[account.type] }).check()
  await press(page, buttons.next)
  await fillServers(page, account)
  await press(page, buttons.next)
}

export const passed = (page: Page) => page.getByText(words.wizard.test.passed)

/** From the test page through Finish to the mail screen, where the first fetch has been started. */
export async function finish(page: Page): Promise<void> {
  const { buttons, finish: { title } } = words.wizard
  await passed(page).waitFor()
  await press(page, buttons.next)
  await heading(page, title).waitFor()
  await press(page, buttons.finish)
  await page.getByRole('heading', { level: 1, name: words.mail.title }).waitFor()
}

export async function addAccount(page: Page, account: LabAccount): Promise<void> {
  await toTest(page, account)
  await finish(page)
}
