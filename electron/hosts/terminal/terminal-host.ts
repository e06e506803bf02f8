/** The command line as a host: no window, no tray, nothing that goes on by itself. A browser is opened where there is one to be seen. */
import type { Host } from '../host.ts'
import { openOutside } from '../open-outside.ts'

type Environment = Readonly<Record<string, string | undefined>>

export function terminalHost(locale: string, environment: Environment = {}): Host {
  return {
    name: 'terminal',
    capabilities: { tray: false, startWithSystem: false, notifications: false, openFolder: false, nativeMenu: false },
    locale,
    openLink: (url) => (hasBrowser(environment) ? openOutside(url) : Promise.reject(new Error('there is no display to show a page on'))),
    openFolder: () => Promise.reject(new Error('the command line opens nothing')),
    showWindow: () => undefined,
    notify: () => undefined,
    badge: () => undefined,
    startWithSystem: () => undefined,
    onMachine: () => () => undefined,
  }
}

/** Somebody at a terminal of another machine (ssh) would not see a page that opens on this one. */
export function hasBrowser(environment: Environment, platform = process.platform): boolean {
  const isHere = (environment['SSH_CONNECTION'] ?? '') === ''
  if (platform === 'darwin' || platform === 'win32') return isHere
  return isHere && ((environment['DISPLAY'] ?? '') !== '' || (environment['WAYLAND_DISPLAY'] ?? '') !== '')
}
