/**
 * How long the window takes to open from a built tree: from starting the program until its first page is painted whole, in a
 * real window. Prints each of five starts and their median; the very first is not counted: the browser makes its profile then.
 *
 *   npm run build && xvfb-run -a -s '-screen 0 1400x900x24' node test/bench/start-window.ts [picture.png]
 *
 * Needs a display. With a file name, the display is photographed once (ImageMagick's `import`). The browser gets a debugging
 * port, which only this bench opens, to be asked when it painted; asking begins after that and is not in the figure.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts'
import { lookInto } from '../journeys/open-window.ts'
import { median } from './statistics.ts'

const program = join(import.meta.dirname, '..', '..', 'dist', 'app', 'chromium.js')
if (!existsSync(program)) throw new Error('there is no built program: npm run build')
if (process.env['DISPLAY'] === undefined) throw new Error('there is no display: xvfb-run node test/bench/start-window.ts')
const picture = process.argv[2]
const root = mkdtempSync(join(tmpdir(), 'mailroom-bench-'))
const askedBrowser = join(root, 'browser.sh')
writeFileSync(askedBrowser, `#!/bin/sh\nexec "${await findBrowser()}" "$@" --remote-debugging-port=0\n`, { mode: 0o755 })

const times: number[] = []
for (let start = 0; start < 6; start++) {
  const port = join(root, 'browser', 'DevToolsActivePort')
  rmSync(port, { force: true })
  const began = Date.now()
  const child = spawn(process.execPath, [program, '--data', root], { env: { ...process.env, MAILROOM_BROWSER: askedBrowser }, stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = once(child, 'exit')
  const took = Math.round((await painted(port)) - began)
  console.log(`${took} ms${start === 0 ? ' (the very first, not counted)' : ''}`)
  if (start > 0) times.push(took)
  if (start === 5 && picture !== undefined) execFileSync('import', ['-window', 'root', picture])
  child.kill('SIGTERM')
  await ended
}
rmSync(root, { recursive: true, force: true })
console.log(`median of ${times.length}: ${median(times)} ms`)

/** When the page's largest piece was on the screen, in milliseconds since 1970. */
async function painted(port: string): Promise<number> {
  while (!existsSync(port)) await new Promise((resolve) => setTimeout(resolve, 20))
  const { driver, page } = await lookInto(root)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const at = await page.evaluate(() => new Promise<number>((resolve) => {
    new PerformanceObserver((list) => resolve(performance.timeOrigin + (list.getEntries().at(-1)?.startTime ?? Number.NaN))).observe({ type: 'largest-contentful-paint', buffered: true })
  }))
  await driver.close()
  return at
}
