/**
 * Mailroom's window for a journey: the real Chromium host in this process, headless, and Playwright looking into the very
 * window it opened. Only tests open a debugging port.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { runChromium, type ChromiumRun } from '../../electron/hosts/chromium/run-chromium.ts'
import type { Params } from '../../shared/contract/methods.ts'

export interface OpenWindow {
  readonly page: Page
  readonly root: string
  /** What the page logged as errors, and what it threw. */
  readonly errors: readonly string[]
  /** Closes the window, as a person would, and waits until the program has put everything away. */
  close(): Promise<void>
}

export interface WindowChoice {
  /** A data folder to go on with; a fresh one otherwise. */
  readonly root?: string
  readonly width?: number
  readonly height?: number
  readonly language?: 'en' | 'nl'
  readonly theme?: 'light' | 'dark'
  /** Another page than the built renderer. */
  readonly renderer?: string
}

/** `npm test` has built it. */
const builtRenderer = join(import.meta.dirname, '..', '..', 'dist', 'renderer')

/** What makes the host's browser one that a test can look into; nothing fades while it looks. */
export const lookableFlags = ['--headless=new', '--remote-debugging-port=0', '--hide-scrollbars', '--force-prefers-reduced-motion'] as const

export async function openWindow({ root, width = 1280, height = 800, language = 'en', theme = 'light', renderer = builtRenderer }: WindowChoice = {}): Promise<OpenWindow> {
  const folder = root ?? (await mkdtemp(join(tmpdir(), 'mailroom-journey-')))
  const run = await runChromium({ root: folder, version: 'test', renderer, width, height, extraFlags: lookableFlags })
  if (!run.ok) throw new Error(JSON.stringify(run.failure))
  if (run.value === 'shown-elsewhere') throw new Error('another Mailroom owns the data folder of this journey')
  const { driver, page } = await lookInto(folder)
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  await page.setViewportSize({ width, height })
  if (renderer === builtRenderer) await speak(page, { language, theme })
  return { page, root: folder, errors, close: () => closeWindow(run.value as ChromiumRun, driver) }
}

/** The page that the browser of a Mailroom on this data folder shows; it was started with `lookableFlags`. */
export async function lookInto(root: string): Promise<{ readonly driver: Browser; readonly page: Page }> {
  const [port] = (await readFile(join(root, 'browser', 'DevToolsActivePort'), 'utf8')).split('\n')
  const driver = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const page = driver.contexts()[0]?.pages()[0]
  if (page === undefined) throw new Error('the window shows no page')
  page.setDefaultTimeout(20_000)
  return { driver, page }
}

/** Whatever the machine's language and colours are: a journey reads English unless it says otherwise. */
export async function speak(page: Page, change: Params<'preferences.change'>['change']): Promise<void> {
  await page.getByRole('main').waitFor()
  await page.evaluate((params) => {
    const { mailroom } = globalThis as unknown as { mailroom: { send(text: string): void } }
    // Its answer finds nobody waiting: the page counts its own calls from one.
    mailroom.send(JSON.stringify({ id: 1_000_000, method: 'preferences.change', params }))
  }, { change })
  const colours = change.theme === undefined ? '' : `[style*="color-scheme: ${change.theme === 'dark' ? 'dark' : 'light'}"]`
  await page.locator(`html[lang="${change.language ?? 'en'}"]${colours}`).waitFor({ state: 'attached' })
}

async function closeWindow(run: ChromiumRun, driver: Browser): Promise<void> {
  await run.stop()
  await driver.close()
}

export function removeFolder(root: string): Promise<void> {
  return rm(root, { recursive: true, force: true })
}
