/**
 * Keys that work anywhere on a screen. Not while something lies over it (a dialog, an open list), and letters not while
 * somebody types. A listener answers true when the key was its own.
 */
import { useEffect, useEffectEvent } from 'react'

export interface ScreenKey {
  readonly key: string
  readonly ctrl: boolean
  readonly typing: boolean
}

export function useScreenKeys(onKey: (key: ScreenKey) => boolean): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const ctrl = event.ctrlKey || event.metaKey
    // The Chromium host takes Ctrl+N and its like from the browser by preventing their default: nobody here has used them by that.
    if ((event.defaultPrevented && !ctrl) || event.altKey || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return
    const { target } = event
    const typing = target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
    if (onKey({ key: event.key, ctrl, typing })) event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
