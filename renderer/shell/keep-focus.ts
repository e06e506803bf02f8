/**
 * Keeps the focus where somebody was working. A button that goes with what it did (a file that is taken off a mail, an error that
 * is cleared) takes the focus along to nowhere: the dialog it was in hears no Escape and no Ctrl+Enter any more, and a screen reader
 * begins again at the top. The nearest part of the window that has a name and is still there gets the focus instead; not the next
 * button, or a key held a moment too long would press that as well.
 */
const dialogs = '[role="dialog"], [role="alertdialog"]'
const parts = `${dialogs}, [role="form"], form, main, [aria-label], [aria-labelledby]`

export function keepFocus(page: Document): () => void {
  /** What had the focus last, and all it stood in, from the inside out. */
  let path: readonly Element[] = []

  const remember = ({ target }: FocusEvent) => {
    path = target instanceof Element ? withAncestors(target) : []
  }
  const isGone = () => path[0] !== undefined && (!path[0].isConnected || path[0].matches(':disabled'))
  const mend = () => {
    if (!isGone() || page.activeElement !== page.body) return
    const place = path.slice(1).find((element) => element.matches(parts) && isSeen(element)) ?? page.querySelector('main')
    if (!(place instanceof HTMLElement)) return
    if (!place.hasAttribute('tabindex')) {
      place.tabIndex = -1
      place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
    }
    place.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(() => {
    if (!isGone()) return
    // In a dialog that stays open at once: Fluent is about to put a lost focus where it was before the dialog, behind it.
    if (path.some((element) => element.isConnected && element.matches(dialogs))) mend()
    // Else whoever closes a dialog or a menu knows a better place, and goes there in the next frame.
    requestAnimationFrame(() => requestAnimationFrame(mend))
  })

  page.addEventListener('focusin', remember)
  observer.observe(page.body, { subtree: true, childList: true, attributeFilter: ['disabled'] })
  return () => {
    page.removeEventListener('focusin', remember)
    observer.disconnect()
  }
}

function withAncestors(element: Element): readonly Element[] {
  const path: Element[] = []
  for (let each: Element | null = element; each !== null; each = each.parentElement) path.push(each)
  return path
}

const isSeen = (element: Element) => element.isConnected && element.checkVisibility({ visibilityProperty: true }) && element.closest('[aria-hidden="true"]') === null
