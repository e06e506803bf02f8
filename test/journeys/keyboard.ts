/** Whoever has a keyboard only: what has the focus, whether that can be seen, and getting somewhere with Tab alone. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What a screen reader would say of the element in focus, or "" when nothing has it. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return ''
    const textOf = (ids: string | null) => (ids ?? '').split(' ').flatMap((id) => document.getElementById(id)?.textContent ?? []).join(' ')
    const { labels } = element as HTMLInputElement
    const named = element.getAttribute('aria-label') ?? (element.hasAttribute('aria-labelledby') ? textOf(element.getAttribute('aria-labelledby')) : null)
    return (named ?? (labels !== undefined && labels !== null && labels.length > 0 ? [...labels].map((label) => label.textContent).join(' ') : element.textContent) ?? '').replaceAll('*', '').trim()
  })
}

/** A heading takes the focus only to be read out; everything that can be operated must show that it has it. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return 'nothing has the focus'
    if (/^H\d$/.test(element.tagName)) return 'visible'
    const box = element.getBoundingClientRect()
    const drawn = (candidate: Element) => [undefined, '::before', '::after'].some((pseudo) => {
      const { outlineStyle, outlineWidth, boxShadow, content } = getComputedStyle(candidate, pseudo)
      return (outlineStyle !== 'none' && outlineWidth !== '0px' && (pseudo === undefined || content !== 'none')) || (pseudo === undefined && boxShadow !== 'none')
    })
    // Fluent draws an input's focus as a line on the frame around it, and a radio's or check box's on its indicator's frame.
    const around = [element, element.parentElement, element.parentElement?.parentElement].filter((candidate) => candidate !== null && candidate !== undefined)
    const lined = around.some((candidate) => {
      const { borderBottomColor, transform, borderBottomStyle } = getComputedStyle(candidate, '::after')
      return borderBottomStyle !== 'none' && borderBottomColor !== 'rgba(0, 0, 0, 0)' && !transform.startsWith('matrix(0')
    })
    if (!around.some(drawn) && !lined) return `no sign of focus on ${element.outerHTML.slice(0, 200)}`
    const inView = (box.width === 0 || box.right > 0) && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth
    return inView ? 'visible' : `out of view: ${element.outerHTML.slice(0, 200)}`
  })
  expect(seen).toBe('visible')
}

/** Presses Tab until the element with this name has the focus; each stop on the way must be visible. Answers with the stops. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<readonly string[]> {
  const stops: string[] = []
  while (stops.length < 60) {
    await page.keyboard.press(key)
    await expectVisibleFocus(page)
    const stop = await focusedName(page)
    stops.push(stop)
    if (typeof name === 'string' ? stop === name || stop.startsWith(`${name}`) : name.test(stop)) return stops
  }
  throw new Error(`${key} never comes to ${String(name)}: ${stops.join(' | ')}`)
}

/** Types over what is there, as a person does after tabbing into a field. */
export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}
