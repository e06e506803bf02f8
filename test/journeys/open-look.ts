/** One browser that shows the built window over a fake Mailroom, one scene at a time, each in a fresh page. */
import { createRequire } from 'node:module'
import { chromium, type Page } from 'playwright-core'
import { loadRendererFiles } from '../../electron/hosts/window/renderer-files.ts'
import type { Preferences } from '../../shared/model/preferences.ts'
import { createFakeCaller, type FakeCaller } from '../fakes/caller/fake-caller.ts'
import { serveWire } from '../fakes/caller/serve-wire.ts'
import type { World } from '../fakes/caller/world.ts'

export interface Scene {
  world(): World
  /** Brings the page to where it is looked at. */
  go?(page: Page, caller: FakeCaller): Promise<void>
}

export interface Looked {
  readonly errors: readonly string[]
  readonly violations: readonly string[]
}

export interface LookOptions {
  /** `contrast` = the system's forced colours. */
  readonly theme: Preferences['theme'] | 'contrast'
  readonly language: 'en' | 'nl'
  readonly width: number
  readonly height: number
  readonly file: string | null
  readonly axe: boolean
}

export interface Look {
  at(scene: Scene, options: LookOptions): Promise<Looked>
  close(): Promise<void>
}

export const origin = 'https://mailroom.invalid'
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--proxy-server=127.0.0.1:1']

export async function openLook(builtRenderer: string): Promise<Look> {
  const files = await loadRendererFiles(builtRenderer)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })

  return {
    close: () => browser.close(),
    async at(scene, { theme, language, width, height, file, axe }) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme === 'dark' ? 'dark' : 'light', forcedColors: theme === 'contrast' ? 'active' : 'none', reducedMotion: 'reduce' })
      const page = await context.newPage()
      page.setDefaultTimeout(5000)
      const errors: string[] = []
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
      const world = scene.world()
      world.preferences = { ...world.preferences, theme: theme === 'contrast' ? 'system' : theme, language }
      const caller = createFakeCaller(world)
      const receive = serveWire(caller, (text) => void page.evaluate((message) => dispatchEvent(new CustomEvent('fake-wire', { detail: message })), text).catch(() => {}))
      await page.exposeBinding('mailroomSend', (_, text: string) => receive(text))
      await page.addInitScript(() => {
        const send = (window as unknown as { mailroomSend(text: string): void }).mailroomSend
        Object.defineProperty(window, 'mailroom', {
          value: { send, onMessage: (listener: (text: string) => void) => addEventListener('fake-wire', (event) => listener((event as CustomEvent<string>).detail)) },
        })
      })
      await page.route('**/*', async (route) => {
        const url = new URL(route.request().url())
        if (url.origin !== origin) return route.abort()
        const { status, headers, body } = files(url.pathname)
        return route.fulfill({ status, headers, body })
      })
      try {
        await page.goto(`${origin}/`)
        await page.getByRole('main').waitFor()
        await scene.go?.(page, caller)
        await page.getByText(/^(One moment|Een ogenblik)$/).waitFor({ state: 'hidden' })
        await page.waitForTimeout(350) // fonts and lazily loaded screens; pictures only, no test waits like this
        if (file !== null) await page.screenshot({ path: file })
        return { errors, violations: axe ? await violationsOf(page) : [] }
      } catch (error) {
        if (file !== null) await page.screenshot({ path: file })
        return { errors: [...errors, String(error)], violations: [] }
      } finally {
        await context.close()
      }
    },
  }
}

/**
 * Fluent's focus sentinels are left out: empty, hidden elements that pass the focus on, which axe takes for hidden controls.
 * `page.evaluate` is not subject to the page's policy, so axe can be put in although scripts are locked down.
 */
export async function violationsOf(page: Page): Promise<string[]> {
  const source = await import('node:fs/promises').then((fs) => fs.readFile(axeFile, 'utf8'))
  await page.evaluate(source)
  return page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run(context: object, options: object): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }> } }).axe
    const { violations } = await axe.run({ exclude: [['[data-tabster-dummy]']] }, { iframes: false })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${(failureSummary ?? '').replaceAll('\n', ' ')})`))
  })
}
