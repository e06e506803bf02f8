/**
 * Holds scenes to axe-core: small and light, then large and dark, and some of them in Dutch; and none may log an error. The
 * scenes are those of `npm run screenshots`.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Look, openLook, type Scene, violationsOf } from './open-look.ts'

export function checkScenes(scenes: Readonly<Record<string, Scene>>, inDutch: readonly string[]): void {
  let look: Look
  beforeAll(async () => { look = await openLook(join(import.meta.dirname, '..', '..', 'dist', 'renderer')) })
  afterAll(() => look?.close())

  it.each(Object.entries(scenes))('%s can be used by everybody', async (_, scene) => {
    await look.visit(scene, 'en', async ({ page, errors, dress, resize }) => {
      const smallAndLight = await violationsOf(page)
      await dress('dark')
      await resize(1280, 800)
      expect({ smallAndLight, largeAndDark: await violationsOf(page), errors }).toEqual({ smallAndLight: [], largeAndDark: [], errors: [] })
    })
  })

  // Its words are longer: what overflows or is cut off shows there first.
  it.each(inDutch)('%s can be used by everybody in Dutch', async (name) => {
    const scene = scenes[name]
    if (scene === undefined) throw new Error(`no scene ${name}`)
    await look.visit(scene, 'nl', async ({ page, errors }) => {
      expect(await page.locator('html').getAttribute('lang')).toBe('nl')
      expect({ violations: await violationsOf(page), errors }).toEqual({ violations: [], errors: [] })
    })
  })

  it('a breach is found by these tests', async () => {
    const [scene] = Object.values(scenes)
    if (scene === undefined) throw new Error('no scene')
    await look.visit(scene, 'en', async ({ page }) => {
      await page.evaluate(() => {
        const button = document.createElement('button')
        document.querySelector('main')?.append(button)
      })
      expect(await violationsOf(page)).toEqual([expect.stringContaining('button-name')])
    })
  })
}
