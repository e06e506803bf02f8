/**
 * One browser that shows the built window over a fake Mailroom, one scene at a time. All share one page, which is loaded anew
 * for each, and a browser that keeps what it has compiled. Nothing fades from one colour into another: with the reduced motion that is
 * asked for it takes no time, but a change of theme began a transition of every element, which took longer than the rest of it.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium, type Page } from 'playwright-core'
import type { Preferences } from '../../shared/model/preferences.ts'
import { createFakeCaller, type FakeCaller } from '../fakes/caller/fake-caller.ts'
import { serveWire } from '../fakes/caller/serve-wire.ts'
import { fakeNow, type World } from '../fakes/caller/world.ts'
import { serveRenderer } from './serve-renderer.ts'

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

/** One scene, open: colours and size can be changed while it is looked at, as a person may. */
export interface Visit {
  readonly page: Page
  /** What the page logged as errors, and what it threw. */
  readonly errors: readonly string[]
  dress(theme: LookOptions['theme']): Promise<void>
  resize(width: number, height: number): Promise<void>
}

export interface Look {
  at(scene: Scene, options: LookOptions): Promise<Looked>
  /** Goes to the scene, light and in 900×640, lets nothing there go on by itself, and shows it to `look`. */
  visit(scene: Scene, language: 'en' | 'nl', look: (visit: Visit) => Promise<void>): Promise<void>
  close(): Promise<void>
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--proxy-server=127.0.0.1:1']

export async function openLook(builtRenderer: string): Promise<Look> {
  const renderer = await serveRenderer(builtRenderer)
  // With a profile, which is thrown away in the end: a window that leaves no traces compiles everything anew, too.
  const browser = await chromium.launchPersistentContext('', { executablePath: '/usr/bin/chromium', args: flags, reducedMotion: 'reduce' })
  const page = await browser.newPage()
  page.setDefaultTimeout(60_000)
  let visits = 0
  /** What the window of the scene that is looked at says to its host; what an earlier one may still say is heard by nobody. */
  let receive = (_text: string): void => {}
  let errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  await page.exposeBinding('mailroomSend', (_, visit: string, text: string) => visit === `?${String(visits)}` && receive(text))
  // The window's clock begins where the scenes do: "14:26" and "22 Nov" are not the same width.
  await page.addInitScript((start) => {
    const behind = Date.now() - start
    const { now } = Date
    globalThis.Date = new Proxy(Date, { construct: (real, given: []) => (given.length === 0 ? new real(now() - behind) : new real(...given)), get: (real, name) => (name === 'now' ? () => now() - behind : Reflect.get(real, name)) })
  }, Date.parse(fakeNow))
  await page.addInitScript(() => {
    const unfading = new CSSStyleSheet()
    unfading.replaceSync('*, ::before, ::after { transition: none !important }')
    document.adoptedStyleSheets = [unfading]
    const send = (window as unknown as { mailroomSend(visit: string, text: string): void }).mailroomSend
    Object.defineProperty(window, 'mailroom', {
      value: {
        send: (text: string) => send(location.search, text),
        onMessage: (listener: (text: string) => void) => addEventListener('fake-wire', (event) => listener((event as CustomEvent<string>).detail)),
      },
    })
  })

  /** Goes to the scene; then nothing there goes on by itself. */
  const open = async (scene: Scene, { theme, language, width, height }: Pick<LookOptions, 'theme' | 'language' | 'width' | 'height'>) => {
    const visit = (visits += 1)
    const seen: string[] = (errors = [])
    const world = scene.world()
    world.preferences = { ...world.preferences, theme: theme === 'contrast' ? 'system' : theme, language }
    let held = false
    const caller = createFakeCaller(world, (milliseconds, then) => void setTimeout(() => !held && then(), milliseconds))
    const say = (text: string) => visit === visits && void page.evaluate((message) => dispatchEvent(new CustomEvent('fake-wire', { detail: message })), text).catch(() => {})
    receive = serveWire(caller, say)
    const go = async () => {
      try {
        await page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light', forcedColors: theme === 'contrast' ? 'active' : 'none' })
        await page.setViewportSize({ width, height })
        await page.mouse.move(0, 0)
        await page.goto(`${renderer.origin}/?${String(visit)}`)
        await page.getByRole('main').waitFor()
        await scene.go?.(page, caller)
      } finally {
        held = true
      }
      await settled(page)
    }
    return { errors: seen, caller, go }
  }

  return {
    async close() {
      await browser.close()
      renderer.stop()
    },
    async at(scene, { file, axe, ...options }) {
      const { errors, go } = await open(scene, options)
      try {
        await go()
        if (file !== null) await page.screenshot({ path: file })
        return { errors, violations: axe ? await violationsOf(page) : [] }
      } catch (error) {
        if (file !== null) await page.screenshot({ path: file })
        return { errors: [...errors, String(error)], violations: [] }
      }
    },
    async visit(scene, language, look) {
      const { errors, caller, go } = await open(scene, { theme: 'light', language, width: 900, height: 640 })
      await go()
      await look({
        page,
        errors,
        async dress(theme) {
          await page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light', forcedColors: theme === 'contrast' ? 'active' : 'none' })
          await caller.call('preferences.change', { change: { theme: theme === 'contrast' ? 'system' : theme } })
          await page.locator(`html[style*="color-scheme: ${theme === 'dark' ? 'dark' : 'light'}"]`).waitFor({ state: 'attached' })
          await settled(page)
        },
        async resize(width, height) {
          await page.setViewportSize({ width, height })
          await settled(page)
        },
      })
    },
  }
}

/** The screen that was asked for is there, its fonts are, and nothing moves any more but what moves for ever. */
async function settled(page: Page): Promise<void> {
  await page.getByText(/^(One moment|Een ogenblik)$/).waitFor({ state: 'hidden' })
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await document.fonts.ready
    for (let still = 0; still < 3; still++) {
      await frame()
      const ending = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity && animation.playState === 'running')
      if (ending.length > 0) still = 0
      await Promise.allSettled(ending.map((animation) => animation.finished))
    }
  })
}

/**
 * Fluent's focus sentinels are left out: empty, hidden elements that pass the focus on, which axe takes for hidden controls.
 * `page.evaluate` is not subject to the page's policy, so axe can be put in although scripts are locked down.
 */
export async function violationsOf(page: Page): Promise<string[]> {
  await settled(page)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(axeFile, 'utf8'))
  return page.evaluate(async () => {
    const axe = (window as unknown as { axe: { configure(spec: object): void; run(context: object, options: object): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }> } }).axe
    // A tooltip belongs to what it describes, wherever in the page it is drawn: like a dialog it needs no landmark around it.
    axe.configure({ checks: [{ id: 'region', options: { regionMatcher: 'dialog, [role=dialog], [role=alertdialog], [role=tooltip], svg' } }] })
    const { violations } = await axe.run({ exclude: [['[data-tabster-dummy]']] }, { iframes: false, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${(failureSummary ?? '').replaceAll('\n', ' ')})`))
  })
}
