/** Light or dark, as the user chose, and as the system is when the user left it to the system. */
import { useSyncExternalStore } from 'react'
import type { Preferences } from '../../shared/model/preferences.ts'

const query = '(prefers-color-scheme: dark)'

function subscribe(onChange: () => void): () => void {
  const media = window.matchMedia(query)
  media.addEventListener('change', onChange)
  return () => media.removeEventListener('change', onChange)
}

export function useColorScheme(chosen: Preferences['theme']): 'light' | 'dark' {
  const system = useSyncExternalStore(subscribe, () => (window.matchMedia(query).matches ? 'dark' : 'light'))
  return chosen === 'system' ? system : chosen
}
