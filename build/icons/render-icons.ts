/** Draws the PNGs of every size from mailroom.svg, with an installed Chromium. Run by hand after the drawing changed: `node build/icons/render-icons.ts`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const here = import.meta.dirname
const drawing = readFileSync(join(here, 'mailroom.svg'), 'utf8')

const browser = await chromium.launch({ executablePath: process.env['MAILROOM_BROWSER'] ?? '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`)
  await page.screenshot({ path: join(here, `${size}.png`), omitBackground: true })
  await page.close()
}
await browser.close()
