/**
 * Which rows of a long list are in view, and where they stand. All rows have one height, so this is arithmetic: it costs the
 * same for ten rows and for a million, and nothing is done while the same rows are in view.
 *
 * Browsers end a page's height at some ten millions of pixels. A list that would be higher is drawn less high, and one pixel of
 * its scroll bar is then more than one pixel of rows.
 */
import { type RefObject, useEffectEvent, useLayoutEffect, useState } from 'react'

/** Chromium's end is 33,554,428, Firefox's 17,895,697. */
const highest = 16_000_000
/** Rows above and below those in view that are drawn too, so that a quick turn of the wheel finds them there. */
const spare = 6

export interface InView {
  /** The rows at least partly in view, both inclusive. */
  readonly first: number
  readonly last: number
  /** With the spare ones. */
  readonly drawnFirst: number
  readonly drawnLast: number
  /** What is added to a row's own place, pixels. */
  readonly offset: number
}

export interface RowsView {
  readonly inView: InView
  /** Of all rows together, pixels. */
  readonly height: number
  /** Scrolls no further than it must. */
  scrollTo(index: number): void
  /** By so many rows, up or down, before anything is painted. */
  moveBy(rows: number): void
  toTop(): void
}

export function useRowsInView(element: RefObject<HTMLElement | null>, total: number, rowHeight: number): RowsView {
  const [inView, setInView] = useState<InView>({ first: 0, last: 0, drawnFirst: 0, drawnLast: 0, offset: 0 })
  const full = total * rowHeight
  const height = Math.min(full, highest)

  const look = () => {
    if (element.current === null) return
    const next = viewOf(element.current.scrollTop, element.current.clientHeight, total, rowHeight)
    setInView((before) => (next.first === before.first && next.last === before.last && next.drawnLast === before.drawnLast && next.offset === before.offset ? before : next))
  }
  const looked = useEffectEvent(look)
  useLayoutEffect(() => {
    const list = element.current
    if (list === null) return
    const listen = () => looked()
    list.addEventListener('scroll', listen, { passive: true })
    const observer = new ResizeObserver(listen)
    observer.observe(list)
    return () => {
      list.removeEventListener('scroll', listen)
      observer.disconnect()
    }
  }, [element])
  useLayoutEffect(() => looked(), [total, rowHeight])

  const go = (list: HTMLElement, top: number) => {
    list.scrollTop = Math.round(top / stretch(list.clientHeight, total, rowHeight))
    look()
  }
  return {
    inView,
    height,
    scrollTo(index) {
      const list = element.current
      if (list === null) return
      const top = list.scrollTop * stretch(list.clientHeight, total, rowHeight)
      if (index * rowHeight < top) go(list, index * rowHeight)
      else if ((index + 1) * rowHeight > top + list.clientHeight) go(list, (index + 1) * rowHeight - list.clientHeight)
    },
    moveBy(rows) {
      const list = element.current
      if (list !== null) go(list, list.scrollTop * stretch(list.clientHeight, total, rowHeight) + rows * rowHeight)
    },
    toTop() {
      if (element.current !== null) go(element.current, 0)
    },
  }
}

/** Pixels of rows to a pixel of the scroll bar. */
function stretch(clientHeight: number, total: number, rowHeight: number): number {
  const full = total * rowHeight
  return full <= highest ? 1 : (full - clientHeight) / (highest - clientHeight)
}

export function viewOf(scrollTop: number, clientHeight: number, total: number, rowHeight: number): InView {
  const top = scrollTop * stretch(clientHeight, total, rowHeight)
  const within = (index: number) => Math.max(0, Math.min(total - 1, index))
  const first = within(Math.floor(top / rowHeight))
  const last = within(Math.ceil((top + clientHeight) / rowHeight) - 1)
  return { first, last, drawnFirst: within(first - spare), drawnLast: within(last + spare), offset: scrollTop - top }
}
