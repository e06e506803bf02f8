/**
 * Fluent's dialog, after which the focus is where it was before. Fluent sees to that only for a dialog opened by its own
 * trigger; ours are opened by state, and without this the focus would fall back to the top of the page.
 */
import { Dialog, type DialogProps } from '@fluentui/react-components'
import { useLayoutEffect } from 'react'

export function ModalDialog(props: DialogProps) {
  const open = props.open === true
  useLayoutEffect(() => {
    if (!open) return
    const before = whereToReturn(document.activeElement)
    return () => void requestAnimationFrame(() => isLost(document.activeElement) && before?.focus())
  }, [open])
  return <Dialog {...props} />
}

/** Nowhere, or still in the dialog, which fades away. Elsewhere, whoever closed the dialog knew a better place. */
const isLost = (focus: Element | null) => focus === null || focus === document.body || focus.closest('[role="dialog"], [role="alertdialog"]') !== null

/** A menu is gone by then; the button that opened it is not. */
function whereToReturn(element: Element | null): HTMLElement | null {
  const opener = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  const place = opener === null || opener === undefined ? element : document.getElementById(opener)
  return place instanceof HTMLElement ? place : null
}
