/**
 * Mailroom in Electron, the product people install: one instance, a window, a tray, a menu, and the same program behind
 * them as on every other host.
 *
 * Closing the window leaves the program in the tray, where it goes on fetching and sending; without a tray it ends.
 */
import { app as electron, dialog, Menu, net, Notification, powerMonitor, session, shell, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { Host } from '../host.ts'
import type { App } from '../../app/app.ts'
import type { openApp } from '../../app/open-app.ts'
import type { Failure } from '../../../shared/failures/failure.ts'
import type { EventData } from '../../../shared/contract/events.ts'
import { languages, type Language } from '../../../shared/model/preferences.ts'
import { notificationWords } from '../../../shared/words/notifications.ts'
import { setAutostart } from '../window/autostart.ts'
import { openAsOwner } from '../window/open-as-owner.ts'
import { loadRendererFiles } from '../window/renderer-files.ts'
import { thisMachine, watchMachine } from '../window/watch-machine.ts'
import { announceScheme, servePage } from './app-protocol.ts'
import { openMainWindow } from './main-window.ts'
import { buildMenuBar, buildTray, type MenuCommands } from './menu.ts'

export interface ElectronOptions {
  readonly root: string
  readonly version: string
  /** Folder of the built renderer. */
  readonly renderer: string
  readonly preload: string
  readonly icon: string
  readonly minimised: boolean
  readonly openApp: typeof openApp
}

/**
 * What Electron wants before it is ready, all of it at once: call it while the entry module is evaluated. False = another
 * instance has this data folder and was told to show its window; this one is ending.
 */
export function prepareElectron(root: string): boolean {
  electron.enableSandbox()
  announceScheme()
  electron.setPath('userData', join(root, 'browser'))
  // Windows shows notifications only of a program it knows by the name the installer gave its shortcut (electron-builder's appId).
  if (process.platform === 'win32') electron.setAppUserModelId('app.mailroom.Mailroom')
  if (electron.requestSingleInstanceLock()) return true
  electron.quit()
  return false
}

/**
 * Resolves when the program is up, or was refused; the failure is then for the person to read. Never awaited by the entry
 * module: Electron gets ready only when that has been evaluated.
 */
export async function runElectron(options: ElectronOptions): Promise<Failure | null> {
  let window: BrowserWindow | null = null
  const show = () => {
    if (window === null) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  electron.on('second-instance', show)
  await electron.whenReady()

  const opened = await openAsOwner(options.openApp, { root: options.root, version: options.version, background: true, host: electronHost(show) })
  if (!opened.ok) return opened.failure
  const app = opened.value
  if (app === 'shown-elsewhere') {
    electron.quit()
    return null
  }

  const files = await loadRendererFiles(options.renderer)
  servePage(session.defaultSession, files)
  const connections = new Set<(text: string) => void>()
  const connect = (send: (text: string) => void) => {
    connections.add(send)
    const connection = app.connect(send)
    return {
      receive: (text: string) => connection.receive(text),
      close: () => {
        connections.delete(send)
        connection.close()
      },
    }
  }
  const gaveUp = () => void languageOf(app).then((language) => {
    const { windowFails, windowFailsHow } = notificationWords[language]
    dialog.showErrorBox(windowFails, windowFailsHow)
  })
  window = openMainWindow({ preload: options.preload, icon: options.icon, session: session.defaultSession, show: !options.minimised, connect, gaveUp })

  const commands = commandsOf(app, { show, tell: (place) => tellPlace(connections, place), dataFolder: options.root })
  const tray = await dress(app, commands, options.icon)
  keepInTray(window, () => tray.present)
  endInOrder(app)
  return null
}

function tellPlace(connections: ReadonlySet<(text: string) => void>, place: EventData<'app.goTo'>['place']): void {
  for (const send of connections) send(JSON.stringify({ event: 'app.goTo', data: { place } }))
}

function commandsOf(app: App, parts: { show(): void; tell(place: EventData<'app.goTo'>['place']): void; dataFolder: string }): MenuCommands {
  return {
    show: parts.show,
    goTo(place) {
      parts.show()
      parts.tell(place)
    },
    sendReceiveAll() {
      void app.caller.call('outbox.run', { accountIds: null })
      void app.caller.call('mail.fetch', { accountIds: null })
    },
    openDataFolder: () => void shell.openPath(parts.dataFolder),
    quit: () => electron.quit(),
  }
}

/** Menu and tray in the user's language, again whenever that changes. */
async function dress(app: App, commands: MenuCommands, icon: string): Promise<{ readonly present: boolean }> {
  let tray: ReturnType<typeof buildTray> = null
  const apply = async () => {
    const language = await languageOf(app)
    Menu.setApplicationMenu(buildMenuBar(language, commands))
    tray?.destroy()
    tray = buildTray(icon, language, commands)
  }
  await apply()
  app.caller.on('preferences.changed', () => void apply())
  return {
    get present() {
      return tray !== null
    },
  }
}

async function languageOf(app: App): Promise<Language> {
  const preferences = await app.caller.call('preferences.get', {})
  const chosen = preferences.ok ? preferences.value.language : null
  return chosen ?? languages.find((language) => electron.getLocale().startsWith(language)) ?? 'en'
}

function keepInTray(window: BrowserWindow, trayPresent: () => boolean): void {
  let quitting = false
  electron.on('before-quit', () => {
    quitting = true
  })
  window.on('close', (event) => {
    if (quitting || !trayPresent()) return
    event.preventDefault()
    window.hide()
  })
  electron.on('window-all-closed', () => electron.quit())
  electron.on('activate', () => window.show())
}

/** Quitting waits until everything is put away, once. */
function endInOrder(app: App): void {
  let stopped = false
  electron.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    void app.stop().finally(() => {
      stopped = true
      electron.quit()
    })
  })
}

function electronHost(show: () => void): Host {
  const shown = new Set<Notification>()
  return {
    name: 'electron',
    capabilities: { tray: true, startWithSystem: true, notifications: Notification.isSupported(), openFolder: true, nativeMenu: true },
    locale: electron.getLocale(),
    openLink: (url) => shell.openExternal(url),
    async openFolder(path) {
      const problem = await shell.openPath(path)
      if (problem !== '') throw new Error(problem)
    },
    showWindow: show,
    notify(title, body) {
      const notification = new Notification({ title, body })
      // Nobody else holds it: once collected, a click on it would do nothing.
      shown.add(notification)
      notification.on('close', () => shown.delete(notification))
      notification.on('click', show)
      notification.show()
    },
    badge: (count) => void electron.setBadgeCount(count),
    startWithSystem(on, minimised) {
      // Electron does nothing here on Linux.
      if (process.platform === 'linux') {
        void setAutostart(on, [process.env['APPIMAGE'] ?? process.execPath, ...(minimised ? ['--minimised'] : [])])
        return
      }
      electron.setLoginItemSettings({ openAtLogin: on, args: minimised ? ['--minimised'] : [] })
    },
    onMachine(listener) {
      const watch = watchMachine(listener, { ...thisMachine, online: () => net.isOnline() })
      const resumed = () => watch.resumed()
      powerMonitor.on('resume', resumed)
      return () => {
        powerMonitor.off('resume', resumed)
        watch.stop()
      }
    },
  }
}
