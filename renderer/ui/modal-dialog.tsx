/**
 * Fluent's dialog, after which the focus is where it was before. Fluent sees to that only for a dialog opened by its own
 * trigger; ours are opened by state, and without this the focus would fall back to the top of the page.
 */
import { Dialog, type DialogProps } from '@fluentui/react-components'
import { useInsertionEffect, useLayoutEffect, useRef } from 'react'

export function ModalDialog(props: DialogProps) {
  const open = props.open === true
  const before = useRef<HTMLElement | null>(null)
  // Before the dialog's own first field takes the focus, which it does ahead of any layout effect.
  useInsertionEffect(() => {
    if (open) before.current = whereToReturn(document.activeElement)
  }, [open])
  useLayoutEffect(() => {
    if (!open) return
    const back = before.current
    return () => void requestAnimationFrame(() => isLost(document.activeElement, back) && back?.focus())
  }, [open])
  return <Dialog {...props} />
}

const dialogs = '[role="dialog"], [role="alertdialog"]'

/** Nowhere, or still in the dialog, which fades away. Elsewhere, also in the dialog below this one, whoever closed it knew a better place. */
function isLost(focus: Element | null, back: HTMLElement | null): boolean {
  if (focus === null || focus === document.body) return true
  const dialog = focus.closest(dialogs)
  return dialog !== null && !dialog.contains(back)
}

/** A menu is gone by then; the button that opened it is not. */
function whereToReturn(element: Element | null): HTMLElement | null {
  const opener = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  const place = opener === null || opener === undefined ? element : document.getElementById(opener)
  return place instanceof HTMLElement ? place : null
}
