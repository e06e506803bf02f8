/**
 * `npm run screenshots`: every screen, wizard page, dialog and failure as a picture, for people to look at: light and dark,
 * 900×640 and 1280×800, English and Dutch. `SCENES=wizard-found,mail npm run screenshots` takes these only. The same scenes
 * are checked by accessibility.test.ts.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Look, openLook } from './open-look.ts'
import { scenes } from './scenes.ts'

const dist = join(import.meta.dirname, '..', '..', 'dist')
const folder = join(dist, 'screenshots')
const asked = process.env['SCENES']?.split(',')
const names = Object.keys(scenes).filter((name) => asked?.includes(name) ?? true)

let look: Look
beforeAll(async () => {
  if (asked === undefined) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  look = await openLook(join(dist, 'renderer'))
})
afterAll(() => look?.close())

it.each(names.flatMap((name) => (['en', 'nl'] as const).map((language) => [name, language] as const)))('%s, %s', async (name, language) => {
  await look.visit(scenes[name]!, language, async ({ page, errors, dress, resize }) => {
    const picture = async (what: string) => page.screenshot({ path: join(folder, `${name}-${what}-${language}.png`) })
    await picture('900x640-light')
    await dress('dark')
    await picture('900x640-dark')
    await resize(1280, 800)
    await picture('1280x800-dark')
    await dress('light')
    await picture('1280x800-light')
    expect(errors).toEqual([])
  })
})
