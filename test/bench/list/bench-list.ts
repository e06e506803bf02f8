/**
 * `npm run bench -- list`: how the list of a mailbox of 200,000 messages scrolls, in the built program with the real browser: by
 * the wheel, and by dragging the scroll bar's thumb from top to bottom. The first line is the same page doing nothing: what this
 * machine, with all else that runs on it, can show at best.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { findBrowser } from '../../../electron/hosts/chromium/find-browser.ts'
import { lookInto } from '../../journeys/open-window.ts'
import type { BenchOptions } from '../bench-options.ts'
import { fillMailbox } from './fill-mailbox.ts'
import { type Frames, watchFrames } from './watch-frames.ts'

export interface ListRow extends Frames {
  readonly bench: 'list'
  readonly messages: number
  readonly way: string
  /** Milliseconds from letting go until every row in view is there. */
  readonly settledAfter: number
  /** What the page's process computed meanwhile, of one processor: says more than frames where others compute, too. */
  readonly processorPercent: number
  readonly load: number
}

const program = join(import.meta.dirname, '..', '..', '..', 'dist', 'app', 'chromium.js')

export async function benchList({ quick, say, print }: BenchOptions): Promise<readonly ListRow[]> {
  const messages = quick ? 20_000 : 200_000
  const root = mkdtempSync(join(tmpdir(), 'mailroom-bench-'))
  process.once('exit', () => rmSync(root, { recursive: true, force: true }))
  say(`filling a mailbox of ${messages} messages`)
  fillMailbox(root, messages)
  const browser = join(root, 'browser.sh')
  writeFileSync(browser, `#!/bin/sh\nexec "${await findBrowser()}" "$@" --headless=new --remote-debugging-port=0\n`, { mode: 0o755 })
  const child = spawn(process.execPath, [program, '--data', root], { env: { ...process.env, MAILROOM_BROWSER: browser }, stdio: ['ignore', 'ignore', 'inherit'] })
  process.once('exit', () => child.kill())
  const ended = once(child, 'exit')
  const port = join(root, 'browser', 'DevToolsActivePort')
  while (!existsSync(port)) await pause(50)
  const { driver, page } = await lookInto(root)
  try {
    return await measure(driver, page, messages, say, print)
  } finally {
    await driver.close()
    child.kill('SIGTERM')
    await ended
  }
}

async function measure(driver: Browser, page: Page, messages: number, say: (text: string) => void, print: (text: string) => void): Promise<readonly ListRow[]> {
  await page.setViewportSize({ width: 1280, height: 800 })
  const list = page.getByRole('listbox')
  await page.getByRole('option').first().waitFor()
  await stopIndexing(page)
  const box = await list.boundingBox()
  if (box === null) throw new Error('the list is not in view')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const session = await page.context().newCDPSession(page)
  const browser = await driver.newBrowserCDPSession()
  const wheel = (distance: number, speed: number) => session.send('Input.synthesizeScrollGesture', { ...middle, yDistance: -distance, speed, gestureSourceType: 'mouse' })

  const ways: readonly (readonly [way: string, work: () => Promise<unknown>])[] = [
    ['nothing', () => pause(2000)],
    ['wheel, 2,000 pixels a second', () => wheel(8000, 2000)],
    ['wheel, 8,000 pixels a second', () => wheel(32_000, 8000)],
    ['thumb, top to bottom in 4 seconds', () => dragThumb(page, box, 4000)],
    ['key, Page Up held for 3 seconds', () => holdPageUp(page)],
  ]
  const rows: ListRow[] = []
  for (const [way, work] of ways) {
    say(way)
    await list.focus()
    const load = loadavg()[0] ?? 0
    const computed = await processorSeconds(browser)
    const began = performance.now()
    const frames = await watchFrames(page, async () => void (await work()))
    const processorPercent = Math.round((100_000 * ((await processorSeconds(browser)) - computed)) / (performance.now() - began))
    const before = performance.now()
    await page.waitForFunction(() => document.querySelector('[role="option"][aria-label]') === null)
    rows.push({ bench: 'list', messages, way, ...frames, settledAfter: Math.round(performance.now() - before), processorPercent, load })
  }
  print(tableOf(rows))
  return rows
}

/** So that what is measured is the list and not the search index, which would be long done. It does not begin again by itself. */
async function stopIndexing(page: Page): Promise<void> {
  await page.evaluate(async () => {
    interface Wire {
      send(text: string): void
      onMessage(listener: (text: string) => void): void
    }
    const { mailroom } = globalThis as unknown as { mailroom: Wire }
    const answers = new Map<number, (outcome: { readonly value: unknown }) => void>()
    mailroom.onMessage((text) => {
      const { id, outcome } = JSON.parse(text) as { readonly id?: number; readonly outcome?: { readonly value: unknown } }
      if (id !== undefined && outcome !== undefined) answers.get(id)?.(outcome)
    })
    // Far from the page's own numbers, which count from one.
    let id = 1_000_000
    const call = (method: string, params: object) => new Promise<{ readonly value: unknown }>((resolve) => {
      id += 1
      answers.set(id, resolve)
      mailroom.send(JSON.stringify({ id, method, params }))
    })
    const { jobs } = (await call('jobs.list', { limit: 20 })).value as { readonly jobs: readonly { readonly id: string; readonly kind: string }[] }
    for (const job of jobs) if (job.kind === 'index') await call('jobs.cancel', { id: job.id })
  })
}

/** Takes the scroll bar where it stands at the top, and moves it to the end at an even pace. */
async function dragThumb(page: Page, box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }, milliseconds: number): Promise<void> {
  await page.getByRole('listbox').evaluate((list) => void (list.scrollTop = 0))
  const x = box.x + box.width - 6
  // Between the arrows at its two ends.
  const [top, bottom] = [box.y + 22, box.y + box.height - 16]
  await page.mouse.move(x, top)
  await page.mouse.down()
  const steps = Math.round(milliseconds / 16)
  const began = performance.now()
  for (let step = 1; step <= steps; step += 1) {
    await page.mouse.move(x, top + ((bottom - top) * step) / steps)
    await pause(Math.max(0, began + step * 16 - performance.now()))
  }
  await page.mouse.up()
  const reached = await page.getByRole('listbox').evaluate((list) => list.scrollTop / (list.scrollHeight - list.clientHeight))
  if (reached < 0.9) throw new Error(`the thumb was not dragged: the list stands at ${Math.round(reached * 100)} %`)
}

async function holdPageUp(page: Page): Promise<void> {
  await page.keyboard.press('End')
  // As a keyboard repeats.
  for (const began = performance.now(); performance.now() - began < 3000; ) {
    await page.keyboard.down('PageUp')
    await pause(33)
  }
  await page.keyboard.up('PageUp')
}

/** Of all processes that show pages; there is one page. */
async function processorSeconds(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

function tableOf(rows: readonly ListRow[]): string {
  const lines = rows.map((row) => [
    row.way.padEnd(36), String(row.frames).padStart(7), `${row.median} ms`.padStart(10), `${row.ninetyNinth} ms`.padStart(10), `${row.longest} ms`.padStart(10),
    `${row.inTimePercent} %`.padStart(10), `${row.waitingPercent} %`.padStart(10), `${row.settledAfter} ms`.padStart(10), `${row.processorPercent} %`.padStart(10), row.load.toFixed(1).padStart(6),
  ].join(''))
  return [`A list of ${rows[0]?.messages ?? 0} messages`, `${''.padEnd(36)} frames    median       99 %   longest   in time  with gaps   settled processor  load`, ...lines, ''].join('\n')
}
