/** How smoothly a page is drawn while something goes on in it: the time between its frames, as its own scripts are told them. */
import type { Page } from 'playwright-core'
import { rounded } from '../statistics.ts'

export interface Frames {
  readonly frames: number
  /** Milliseconds from one frame to the next. */
  readonly median: number
  readonly ninetyNinth: number
  readonly longest: number
  /** Of all frames, those that came in time for 60 in a second. */
  readonly inTimePercent: number
  /** Of all frames, those in which a row was still empty. */
  readonly waitingPercent: number
}

/** A frame is in time when it comes within a sixtieth of a second, and one millisecond of the clock's own inexactness. */
const inTime = 1000 / 60 + 1

export async function watchFrames(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const watched = { times: [] as number[], waiting: 0, over: false }
    Object.assign(globalThis, { watched })
    const tick = (time: number) => {
      watched.times.push(time)
      if (document.querySelector('[role="option"][aria-label]') !== null) watched.waiting += 1
      if (!watched.over) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  await work()
  const { times, waiting } = await page.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: { times: number[]; waiting: number; over: boolean } }
    watched.over = true
    return watched
  })
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time))
  const sorted = gaps.toSorted((a, b) => a - b)
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return {
    frames: gaps.length,
    median: at(0.5),
    ninetyNinth: at(0.99),
    longest: at(1),
    inTimePercent: rounded((100 * gaps.filter((gap) => gap <= inTime).length) / gaps.length),
    waitingPercent: rounded((100 * waiting) / times.length),
  }
}
