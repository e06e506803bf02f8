/**
 * What reading mail promises, in a real browser with the policy of the real hosts: hostile HTML does nothing, every link asks
 * first, a mailbox of any length scrolls, and everything can be done with the keyboard.
 */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FakeCaller } from '../fakes/caller/fake-caller.ts'
import { officeWorld, type World } from '../fakes/caller/world.ts'
import { type Look, openLook } from './open-look.ts'

let look: Look
beforeAll(async () => {
  look = await openLook(join(import.meta.dirname, '..', '..', 'dist', 'renderer'))
})
afterAll(() => look.close())

/** Runs a story in a fresh window; what the page logs as an error fails it, except what the policy says it kept from happening. */
async function inWindow(world: World, story: (page: Page, caller: FakeCaller) => Promise<void>): Promise<void> {
  const { errors } = await look.at({ world: () => world, go: story }, { theme: 'light', language: 'en', width: 1280, height: 800, file: null, axe: false })
  expect(errors.filter((error) => !error.endsWith('The action has been blocked.'))).toEqual([])
}

const withHtml = (html: string): World => {
  const world = officeWorld()
  return { ...world, jobs: [], messages: world.messages.slice(0, 1).map((message) => ({ ...message, html, text: null })) }
}
const openFirst = (page: Page) => page.getByRole('option').first().click()

const hostile = `
  <style>@import "https://evil.example/a.css"; p { background: url(https://evil.example/b.png) } .big { font-size: 31px }</style>
  <script>parent.hacked = 1</script><img src=x onerror="parent.hacked = 2"><svg onload="parent.hacked = 3"><script>parent.hacked = 4</script></svg>
  <iframe srcdoc="<script>parent.parent.hacked = 5</script>"></iframe><object data="https://evil.example/c"></object><embed src="https://evil.example/d">
  <form action="https://evil.example/e"><input name="password"><button>Sign in</button></form><meta http-equiv="refresh" content="0;url=https://evil.example/f"><base href="https://evil.example/">
  <link rel="stylesheet" href="https://evil.example/g.css"><video src="https://evil.example/h" poster="https://evil.example/i"></video><body background="https://evil.example/j">
  <img src="https://evil.example/k.gif" alt="Logo"><img srcset="https://evil.example/l.gif 2x"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" alt="inside">
  <p style="color: rgb(1, 2, 3); background-image: url('https://evil.example/m')" onclick="parent.hacked = 6" class="big">Hello</p>
  <a href="https://evil.example/n" target="_top" onclick="parent.hacked = 7">www.bank.example</a> <a href="javascript:parent.hacked=8">run</a>
  <math><mtext><table><mglyph><style><img src=x onerror="parent.hacked = 9"></style></mglyph></table></mtext></math>`

test('hostile HTML runs nothing, asks nobody, and still shows its words and its looks', async () => {
  await inWindow(withHtml(hostile), async (page) => {
    const foreign: string[] = []
    page.on('request', (request) => !request.url().startsWith('https://mailroom.invalid/') && !request.url().startsWith('data:') && foreign.push(request.url()))
    await openFirst(page)
    const inside = page.frameLocator('iframe')
    const hello = inside.getByText('Hello')
    await hello.waitFor()
    // Asked from outside: inside the frame nothing runs, not even a test's questions.
    const seen = await page.evaluate(() => {
      const message = document.querySelector('iframe')?.contentDocument
      const words = message?.querySelector('.big')
      if (message === null || message === undefined || words === null || words === undefined) return null
      const { color, fontSize, backgroundImage } = getComputedStyle(words)
      return {
        color, fontSize, backgroundImage,
        pictures: message.querySelectorAll('img').length,
        dangers: message.querySelectorAll('form, input, button, iframe, object, embed, script, link, base, video, svg, [href], [onclick], [onerror], [onload], [target]').length,
      }
    })
    expect(seen).toEqual({ color: 'rgb(1, 2, 3)', fontSize: '31px', backgroundImage: 'none', pictures: 1, dangers: 0 })
    await hello.click()
    await page.getByText(/pictures or other contents from the internet are not shown/).waitFor()
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined()
    expect(foreign).toEqual([])
  })
})

test('a link goes nowhere by itself: it is shown with its true address, and warned about when it says another', async () => {
  await inWindow(withHtml(hostile), async (page) => {
    await openFirst(page)
    const before = page.url()
    const link = page.frameLocator('iframe').getByRole('link', { name: 'www.bank.example' })
    for (const follow of [() => link.click(), () => link.click({ button: 'middle' }), () => link.press('Enter')]) {
      await follow()
      if (await page.getByRole('dialog').count() === 0) continue
      await page.getByText('the message shows www.bank.example, but the link goes to evil.example').waitFor()
      await page.getByRole('button', { name: 'Do not open' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(page.url()).toBe(before)
    expect(page.frames().map((frame) => frame.url()).filter((url) => url.includes('evil'))).toEqual([])
  })
})

const mailboxOf = (count: number): World => {
  const world = officeWorld()
  return { ...world, messages: Array.from({ length: count }, (_, index) => ({ ...world.messages[0]!, id: index + 1, subject: `Message ${String(index + 1)}`, seen: true })) }
}

test('a mailbox of 100,000 messages shows its end at once and keeps only what is in view in the page', async () => {
  await inWindow(mailboxOf(100_000), async (page) => {
    await page.getByRole('listbox').focus()
    await page.keyboard.press('End')
    await page.getByText('Message 100000', { exact: true }).first().waitFor()
    expect(await page.getByRole('option').count()).toBeLessThan(60)
    const chosen = page.getByRole('option', { selected: true })
    expect(await chosen.getAttribute('aria-posinset')).toBe('100000')
    expect(await chosen.getAttribute('aria-setsize')).toBe('100000')
  })
})

test('a range is all that looks chosen, also what the window does not hold', async () => {
  await inWindow(mailboxOf(3000), async (page, { world }) => {
    await page.getByRole('listbox').focus()
    await page.keyboard.press('End')
    await page.getByText('Message 3000', { exact: true }).first().waitFor()
    await page.keyboard.press('Shift+Home')
    await page.getByRole('heading', { name: '3,000 messages chosen' }).waitFor()
    await page.getByRole('button', { name: 'Flag for follow-up' }).click()
    await expect.poll(() => world.messages.filter(({ flagged }) => flagged).length).toBe(3000)
  })
})

test('mail is found, read, answered and deleted with the keyboard alone', async () => {
  const office = officeWorld()
  const accounts = office.accounts.map((each) => (each.account.id === 'support' ? { ...each, account: { ...each.account, delivery: { ...each.account.delivery, leaveCopy: false } } } : each))
  await inWindow({ ...office, accounts, jobs: [] }, async (page, caller) => {
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('offerte')
    await page.getByRole('status').filter({ hasText: '32 found' }).waitFor()
    await page.getByRole('listbox').focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    await page.getByRole('article').getByRole('heading', { name: 'Offerte dakgoten Kerkstraat 12' }).waitFor()
    await page.keyboard.press('Control+r')
    await page.getByRole('dialog', { name: 'Reply' }).waitFor()
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type('Akkoord.')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(caller.world.outbox[0]?.subject).toBe('Re: Offerte dakgoten Kerkstraat 12')
    expect(caller.world.outbox[0]?.text).toMatch(/^Akkoord\.\n\nOn /)

    // The server has its copy: deleted at once, and told how to take it back.
    const before = caller.world.messages.length
    await page.getByRole('listbox').focus()
    await page.keyboard.press('Insert')
    await page.getByRole('option', { selected: true }).getByRole('img', { name: 'Flagged for follow-up' }).waitFor()
    await page.keyboard.press('Delete')
    await page.getByRole('status').filter({ hasText: '31 found' }).waitFor()
    expect(caller.world.messages.length).toBe(before - 1)
    expect(await page.getByRole('listbox').evaluate((list) => list === document.activeElement)).toBe(true)
    expect(await page.getByRole('option', { selected: true }).getAttribute('aria-posinset')).toBe('4')
    await page.keyboard.press('Control+z')
    await page.getByText('The message is back.').first().waitFor()

    // What would be gone for good is asked for: Support leaves no copy on its server.
    await page.getByRole('tree').getByRole('treeitem', { name: 'All inboxes' }).focus()
    for (const key of ['s', 's', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('status').filter({ hasText: 'Inbox, Support: 16 found' }).waitFor()
    await page.getByRole('listbox').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Delete')
    await page.getByText('this may be the only one').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => caller.world.messages.length).toBe(before - 2)
  })
})

test('a half-written mail survives Escape until its writer says otherwise', async () => {
  await inWindow(officeWorld(), async (page) => {
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('Control+n')
    const subject = page.getByRole('textbox', { name: 'Subject' })
    await subject.fill('Half a thought')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep writing' }).click()
    expect(await subject.inputValue()).toBe('Half a thought')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Discard' }).click()
    await subject.waitFor({ state: 'detached' })
  })
})
