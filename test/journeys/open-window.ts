/**
 * Mailroom's window for a journey: the real Chromium host in this process, headless, and Playwright looking into the very
 * window it opened. Only tests open a debugging port.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { runChromium, type ChromiumRun } from '../../electron/hosts/chromium/run-chromium.ts'

export interface OpenWindow {
  readonly page: Page
  readonly root: string
  /** Closes the window, as a person would, and waits until the program has put everything away. */
  close(): Promise<void>
}

export interface WindowChoice {
  /** A data folder to go on with; a fresh one otherwise. */
  readonly root?: string
  readonly width?: number
  readonly height?: number
}

/** `npm test` has built it. */
const renderer = join(import.meta.dirname, '..', '..', 'dist', 'renderer')

export async function openWindow({ root, width = 1280, height = 800 }: WindowChoice = {}): Promise<OpenWindow> {
  const folder = root ?? (await mkdtemp(join(tmpdir(), 'mailroom-journey-')))
  const run = await runChromium({ root: folder, version: 'test', renderer, width, height, extraFlags: ['--headless=new', '--remote-debugging-port=0', '--hide-scrollbars'] })
  if (!run.ok) throw new Error(JSON.stringify(run.failure))
  if (run.value === 'shown-elsewhere') throw new Error('another Mailroom owns the data folder of this journey')
  const driver = await lookInto(join(folder, 'browser'))
  const page = driver.contexts()[0]?.pages()[0]
  if (page === undefined) throw new Error('the window shows no page')
  await page.setViewportSize({ width, height })
  page.setDefaultTimeout(20_000)
  return { page, root: folder, close: () => closeWindow(run.value as ChromiumRun, driver) }
}

async function closeWindow(run: ChromiumRun, driver: Browser): Promise<void> {
  await run.stop()
  await driver.close()
}

async function lookInto(profile: string): Promise<Browser> {
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
  return chromium.connectOverCDP(`http://127.0.0.1:${port}`)
}

export function removeFolder(root: string): Promise<void> {
  return rm(root, { recursive: true, force: true })
}
