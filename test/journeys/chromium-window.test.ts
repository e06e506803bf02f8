/** The Chromium host's window on its own, in a real Chromium, with a page of the test's. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { browserFlags } from '../../electron/hosts/chromium/browser-flags.ts'
import { openChromiumWindow, type ChromiumWindow } from '../../electron/hosts/chromium/chromium-window.ts'
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts'
import { loadRendererFiles } from '../../electron/hosts/window/renderer-files.ts'

const page = `<!doctype html><title>Test</title><meta property="csp-nonce" nonce="__CSP_NONCE__"><body>
<script nonce="__CSP_NONCE__">mailroom.onMessage((text) => { document.body.dataset.last = text }); mailroom.send('loaded')</script></body>`

interface Load {
  readonly received: string[]
  readonly send: (text: string) => void
  closed: boolean
}

let folder: string
let window: ChromiumWindow
let driver: Browser
let view: Page
const loads: Load[] = []

/** Resolves once the page has said `text`. */
function heard(text: string): Promise<Load> {
  return vi.waitFor(() => loads.find(({ received }) => received.includes(text)) ?? Promise.reject(new Error(`not said: ${text}`)), { timeout: 20_000 })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom-window-'))
  await writeFile(join(folder, 'index.html'), page)
  const profile = join(folder, 'profile')
  const opened = await openChromiumWindow({
    browser: (await findBrowser())!,
    flags: [...browserFlags({ root: process.getuid?.() === 0, width: 900, height: 640 }), '--headless=new', '--remote-debugging-port=0'],
    profile,
    files: await loadRendererFiles(folder),
    connect(send) {
      const load: Load = { received: [], send, closed: false }
      loads.push(load)
      return { receive: (text) => void load.received.push(text), close: () => { load.closed = true } }
    },
  })
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  window = opened.value
  await heard('loaded')
  // Only this test opens a port; it is how Playwright looks into the very window the host opened.
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
  driver = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  view = driver.contexts()[0]!.pages()[0]!
})
afterAll(async () => {
  await window?.close()
  await driver?.close()
  await rm(folder, { recursive: true, force: true })
})

test('texts go both ways, whatever they hold', async () => {
  const awkward = 'quotes " \' ` ${x} </script> \\ \u2028 \u0000 é 漢 👩‍👩‍👧'
  await view.evaluate((text) => (globalThis as never as { mailroom: { send(text: string): void } }).mailroom.send(text), awkward)
  const load = await heard(awkward)
  load.send(awkward)
  await expect.poll(() => view.evaluate(() => document.body.dataset['last'])).toBe(awkward)
})

test('the raw binding is not left on the page, and the wire cannot be replaced', async () => {
  expect(await view.evaluate(() => [typeof Reflect.get(globalThis, 'mailroomSend'), Object.isFrozen(Reflect.get(globalThis, 'mailroom')), Reflect.set(globalThis, 'mailroom', 1)])).toEqual(['undefined', true, false])
})

test('a frame has no wire', async () => {
  const types = await view.evaluate(async () => {
    const frame = document.createElement('iframe')
    frame.srcdoc = '<p>text of a message'
    document.body.append(frame)
    await new Promise((resolve) => frame.addEventListener('load', resolve))
    const inside = frame.contentWindow as never as Record<string, unknown>
    const seen = [typeof inside['mailroom'], typeof inside['mailroomSend']]
    frame.remove()
    return seen
  })
  expect(types).toEqual(['undefined', 'undefined'])
})

test('the window goes nowhere else, and opens no second one', async () => {
  await view.evaluate(() => { location.href = 'https://foreign.example/' })
  await view.evaluate(() => { globalThis.open('https://foreign.example/') })
  await view.evaluate(() => Reflect.get(globalThis, 'mailroom').send('still here'))
  const load = await heard('still here')
  expect(load.closed).toBe(false)
  expect(view.url()).toBe('https://mailroom.invalid/')
  await expect.poll(() => driver.contexts().flatMap((context) => context.pages()).length).toBe(1)
})

test('nothing but the own origin can be asked, and inline script without the nonce does not run', async () => {
  const outcome = await view.evaluate(async () => {
    const fetched = await fetch('https://foreign.example/').then(() => 'answered', () => 'refused')
    const script = document.createElement('script')
    script.textContent = 'document.body.dataset.injected = "yes"'
    document.body.append(script)
    return [fetched, document.body.dataset['injected'] ?? 'no']
  })
  expect(outcome).toEqual(['refused', 'no'])
})

test('a reload gets a connection of its own and drops the old one', async () => {
  const before = loads.length
  await view.reload()
  await expect.poll(() => loads.length).toBe(before + 1)
  await expect.poll(() => loads.at(-1)!.received).toEqual(['loaded'])
  expect(loads[before - 1]!.closed).toBe(true)
})

test('without the test its browser listens on no TCP or UDP port', async () => {
  const other = await openChromiumWindow({
    browser: (await findBrowser())!,
    flags: [...browserFlags({ root: process.getuid?.() === 0, width: 900, height: 640 }), '--headless=new'],
    profile: join(folder, 'second'),
    files: await loadRendererFiles(folder),
    connect: () => ({ receive: () => undefined, close: () => undefined }),
  })
  if (!other.ok) throw new Error(JSON.stringify(other.failure))
  const own = execFileSync('pgrep', ['-f', join(folder, 'second')], { encoding: 'utf8' }).trim().split('\n')
  const sockets = execFileSync('ss', ['-Htulpn'], { encoding: 'utf8' }).split('\n').filter((line) => own.some((pid) => line.includes(`pid=${pid},`)))
  expect(own.length).toBeGreaterThan(1)
  expect(sockets).toEqual([])
  await other.value.close()
  await other.value.closed
})
