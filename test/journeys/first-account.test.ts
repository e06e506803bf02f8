/** From the first start to an invoice that arrives, by mouse, in the real window against real servers. */
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeInvoicePdf } from '../../electron/practice/sample-pdf.ts'
import { english as words } from '../../renderer/text/en/all.ts'
import { openTlsFront } from '../fakes/tls-front.ts'
import { digests, filledMailbox, servedTo } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { type OpenWindow, openWindow, removeFolder } from './open-window.ts'
import { storedIn } from './stored-files.ts'
import { addAccount, button, fillAddress, fillServers, finish, goTo, heading, imapWithStarttls, passed, popOverTls, press, toTest } from './walk-wizard.ts'

const { wizard } = words
let files: string
beforeAll(async () => { files = await mkdtemp(join(tmpdir(), 'mailroom-journey-files-')) })
afterAll(() => rm(files, { recursive: true, force: true }))

/** Each test starts on a machine where Mailroom was never used. */
async function firstStart(journey: (window: OpenWindow) => Promise<void>): Promise<void> {
  const window = await openWindow()
  try {
    await journey(window)
    expect(window.errors).toEqual([])
  } finally {
    await window.close()
    await removeFolder(window.root)
  }
}

/** Sends and receives until a message with this subject is in the list: its delivery takes the servers a moment. */
async function arrived(page: Page, subject: string): Promise<void> {
  const row = page.getByRole('option', { name: subject })
  await goTo(page, 'mail')
  await expect.poll(async () => {
    const all = button(page, words.mail.sendReceiveAll)
    await all.click()
    return row.first().isVisible()
  }, { timeout: 60_000, interval: 1000 }).toBe(true)
}

/** Saves what `asked` makes the window save, and answers with its bytes. */
async function download(page: Page, asked: () => Promise<void>): Promise<Buffer> {
  const started = page.waitForEvent('download')
  await asked()
  return readFile(await (await started).path())
}

const steps = (page: Page, side: 'incoming' | 'outgoing' | 'test-message') =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: words.ui.steps[side], exact: true }) })

describe('a first account', () => {
  it('is added over POP3 with TLS, proven step by step, and a second over IMAP; their mail comes byte for byte, and an invoice goes from one to the other', () =>
    firstStart(async ({ page, root }) => {
      const [office, client] = [filledMailbox(40, '8K'), filledMailbox(25, '8K')]
      await heading(page, wizard.welcome.titleFirst).waitFor()
      await toTest(page, popOverTls(office))

      await passed(page).waitFor()
      for (const [side, own] of [['incoming', ['name', 'connect', 'secure', 'sign-in', 'mailbox']], ['outgoing', ['name', 'connect', 'secure', 'sign-in', 'sender']]] as const) {
        const lines = steps(page, side).getByRole('listitem')
        expect(await lines.allInnerTexts()).toEqual(own.map((step) => expect.stringContaining(words.ui.steps[step])))
        expect(await lines.getByLabel(words.ui.steps.done, { exact: true }).count()).toBe(own.length)
      }
      await press(page, wizard.test.message)
      await page.getByText(wizard.test.messagePassed).waitFor({ timeout: 60_000 })
      expect(await steps(page, 'test-message').getByLabel(words.ui.steps.done, { exact: true }).count()).toBe(2)
      await finish(page)
      await addAccount(page, imapWithStarttls(client))

      const known = () => digests([...servedTo(office), ...servedTo(client)])
      expect(known().length).toBeGreaterThanOrEqual(65)
      await press(page, words.mail.sendReceiveAll)
      await expect.poll(async () => digests(await storedIn(root)), { timeout: 60_000 }).toEqual(known())

      const pdf = await makeInvoicePdf({ number: '2026-117', date: new Date('2026-11-22'), from: office, to: client, lines: [{ text: 'Bread for November', cents: 12_550 }] })
      const invoice = join(files, 'Invoice 2026-117 – Bäckerei.pdf')
      await writeFile(invoice, pdf)
      await press(page, words.shell.newMail)
      const writing = page.getByRole('dialog')
      await writing.getByRole('textbox', { name: words.outbox.compose.to }).fill(`${client}@${lab.domain}`)
      await writing.getByRole('textbox', { name: words.outbox.compose.subject }).fill('Invoice 2026-117')
      await writing.getByRole('textbox', { name: words.outbox.compose.text }).fill('Dear client,\n\nplease find our invoice attached.\n.\nKind regards')
      const chooser = page.waitForEvent('filechooser')
      await press(writing, words.outbox.compose.attach)
      await (await chooser).setFiles(invoice)
      await button(writing, words.outbox.compose.removeFile('Invoice 2026-117 – Bäckerei.pdf')).waitFor()
      await press(writing, words.outbox.compose.send)
      await writing.waitFor({ state: 'hidden' })

      await goTo(page, 'outbox')
      const queued = page.getByRole('option', { name: 'Invoice 2026-117' })
      await queued.filter({ hasText: words.outbox.states.sent }).waitFor()

      await arrived(page, 'Invoice 2026-117')
      await page.getByRole('option', { name: 'Invoice 2026-117' }).first().click()
      const reader = page.getByRole('article', { name: words.mail.reader })
      await reader.getByText('please find our invoice attached.').waitFor()
      const saved = await download(page, () => press(reader, words.mail.save('Invoice 2026-117 – Bäckerei.pdf')))
      expect(saved.equals(pdf)).toBe(true)
      expect(digests(await storedIn(root))).toEqual(known())
    }))
  it('is typed by hand when nothing is found, with all that is known filled in', () =>
    firstStart(async ({ page }) => {
      const account = popOverTls(lab.freshUser('byhand'))
      await fillAddress(page, account)
      await press(page, wizard.buttons.next)
      await page.getByText(wizard.type.nothingFound(`${account.user}@${lab.domain}`)).waitFor({ timeout: 60_000 })
      await page.getByRole('radio', { name: wizard.type.pop3 }).check()
      await press(page, wizard.buttons.next)
      await heading(page, wizard.servers.title).waitFor()
      const known = { [wizard.address.displayName]: `The ${account.user}`, [wizard.address.address]: `${account.user}@${lab.domain}`, [wizard.servers.userName]: `${account.user}@${lab.domain}`, [wizard.address.password]: lab.password }
      for (const [name, value] of Object.entries(known)) expect(await page.getByRole('textbox', { name }).inputValue(), name).toBe(value)
      const ports = page.getByRole('textbox', { name: words.ui.port.label })
      expect([await ports.nth(0).inputValue(), await ports.nth(1).inputValue()]).toEqual(['995', '465'])
      await fillServers(page, account)
      await press(page, wizard.buttons.next)
      await finish(page)
    }))

  it('with a wrong password is told so beside the step, in words, and goes on with the right one', () =>
    firstStart(async ({ page }) => {
      await toTest(page, { ...imapWithStarttls(lab.freshUser('wrong')), password: 'not this one' })
      const failed = page.locator('[data-failure="signin.rejected"]')
      await failed.first().waitFor()
      expect(await failed.first().innerText()).toMatch(/User name or password is not accepted[^]*refused the sign-in[^]*Check the user name/)
      const signIn = steps(page, 'incoming').getByRole('listitem').filter({ hasText: words.ui.steps['sign-in'] })
      expect(await signIn.getByLabel(words.ui.steps.failed, { exact: true }).count()).toBe(1)
      expect(await steps(page, 'incoming').getByRole('listitem').filter({ hasText: words.ui.steps.mailbox }).innerText()).toContain(words.ui.steps.skipped)

      await page.getByLabel(wizard.test.retypePassword).first().fill(lab.password)
      await page.getByRole('button', { name: wizard.test.withPassword }).first().click()
      await finish(page)
    }))

  it('on a server with a certificate of its own shows the fingerprint, and takes exactly what a person compared', () =>
    firstStart(async ({ page }) => {
      const fingerprint = new X509Certificate(await readFile(lab.selfSignedCertificate)).fingerprint256
      await toTest(page, { ...popOverTls(lab.freshUser('own')), incoming: { port: 'SELFSIGNED_POP3S', security: 'tls' }, outgoing: { port: 'SELFSIGNED_SUBMISSION', security: 'starttls' } })
      await page.locator('[data-failure="tls.self-signed-certificate"]').first().waitFor()
      for (const left of [1, 0]) {
        const card = page.getByRole('group').filter({ has: heading(page, words.ui.certificate.title) }).first()
        await card.getByText(fingerprint, { exact: true }).waitFor()
        const trust = button(card, words.ui.certificate.trust)
        const given = card.getByLabel(words.ui.certificate.compareLabel)
        await given.fill(fingerprint.replace(/^../, 'ZZ'))
        expect(await trust.isDisabled()).toBe(true)
        await given.fill(fingerprint.replace(/^../, (first) => (first === '00' ? '01' : '00')))
        await card.getByText(words.ui.certificate.differs).waitFor()
        expect(await trust.isDisabled()).toBe(true)
        await given.fill(fingerprint.toLowerCase().replaceAll(':', ' '))
        await card.getByText(words.ui.certificate.matches).waitFor()
        await trust.click()
        await expect.poll(() => heading(page, words.ui.certificate.title).count()).toBe(left)
      }
      await finish(page)
    }))

  it('whose server suddenly shows another certificate is not signed in to: an alarm names both fingerprints', () =>
    firstStart(async ({ page }) => {
      const server = await openTlsFront({ host: lab.host, port: lab.port('POP3') })
      const user = filledMailbox(2, '2K')
      const before = server.fingerprint()
      await toTest(page, { ...popOverTls(user), incoming: { port: server.port, security: 'tls' }, outgoing: null })
      await press(page, words.ui.certificate.trust)
      await finish(page)
      await page.getByRole('option').nth(1).waitFor()

      server.changeCertificate()
      await press(page, words.mail.sendReceiveAll)
      await page.locator('[data-failure="tls.changed-certificate"]').waitFor()

      await goTo(page, 'accounts')
      await press(page, words.accounts.change)
      await press(page, wizard.buttons.next)
      await heading(page, words.ui.certificate.changedTitle).waitFor()
      for (const fingerprint of [server.fingerprint(), before]) await page.getByText(fingerprint, { exact: true }).waitFor()
      expect(await page.locator('[data-failure="tls.changed-certificate"]').innerText()).toMatch(/certificate/)
      await server.close()
    }))
})
