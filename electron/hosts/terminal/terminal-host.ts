/** The command line as a host: no window, no tray, nothing that goes on by itself. */
import type { Host } from '../host.ts'

export function terminalHost(locale: string): Host {
  return {
    name: 'terminal',
    capabilities: { tray: false, startWithSystem: false, notifications: false, openFolder: false, nativeMenu: false },
    locale,
    openLink: () => Promise.reject(new Error('the command line opens nothing')),
    openFolder: () => Promise.reject(new Error('the command line opens nothing')),
    showWindow: () => undefined,
    notify: () => undefined,
    badge: () => undefined,
    startWithSystem: () => undefined,
    onMachine: () => () => undefined,
  }
}
