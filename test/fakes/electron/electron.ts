/**
 * A stand-in for the `electron` module, for machines without its binary: it keeps what the host tells it and lets a test
 * play the user, the page and the system. Each part is checked against Electron's own types, so a call the real one does not
 * have is a type error. Not shown by it: that Electron enforces sandbox, scheme and permissions.
 */
import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'

type Listener = (...args: never[]) => void

/** What a test looks at. One per test: `resetElectron()`. */
export interface ElectronRecord {
  readonly calls: string[]
  singleInstance: boolean
  trayFails: boolean
  readonly windows: BrowserWindow[]
  readonly trays: Tray[]
  readonly notifications: { readonly title: string; readonly body: string }[]
  menu: Menu | null
  schemes: readonly Electron.CustomScheme[]
}

export const record: ElectronRecord = {
  calls: [], singleInstance: true, trayFails: false, windows: [], trays: [], notifications: [], menu: null, schemes: [],
}

export function resetElectron(): void {
  Object.assign(record, { calls: [], singleInstance: true, trayFails: false, windows: [], trays: [], notifications: [], menu: null, schemes: [] })
  app.quitting = false
  for (const emitter of [app, ipcMain, powerMonitor]) emitter.removeAllListeners()
  session.defaultSession = new Session()
}

type AppPart = Pick<Electron.App, 'enableSandbox' | 'setPath' | 'requestSingleInstanceLock' | 'whenReady' | 'getLocale' | 'setBadgeCount' | 'setAppUserModelId' | 'setLoginItemSettings' | 'quit' | 'exit' | 'isPackaged'>

class App extends EventEmitter implements AppPart {
  loginItem: Electron.Settings | null = null
  readonly isPackaged = false
  badge = 0
  quitting = false
  enableSandbox(): void { record.calls.push('enableSandbox') }
  setPath(name: string, path: string): void { record.calls.push(`setPath ${name} ${path}`) }
  requestSingleInstanceLock(): boolean { return record.singleInstance }
  async whenReady(): Promise<void> { record.calls.push('whenReady') }
  getLocale(): string { return 'nl-NL' }
  setAppUserModelId(id: string): void { record.calls.push(`setAppUserModelId ${id}`) }
  setBadgeCount(count?: number): boolean { this.badge = count ?? 0; return true }
  setLoginItemSettings(settings: Electron.Settings): void { this.loginItem = settings }
  exit(code?: number): void { record.calls.push(`exit ${code ?? 0}`) }
  /** As the real one: before-quit, then every window is asked to close, then will-quit, which may be put off. */
  quit(): void {
    record.calls.push('quit')
    this.quitting = true
    this.emit('before-quit', preventable())
    for (const window of record.windows) if (!window.isDestroyed()) window.close()
    const leaving = preventable()
    this.emit('will-quit', leaving)
    if (!leaving.defaultPrevented) record.calls.push('gone')
  }
}

export function preventable<T extends object>(more: T = {} as T): T & { readonly defaultPrevented: boolean; preventDefault(): void } {
  let prevented = false
  return Object.assign(Object.defineProperty({ preventDefault() { prevented = true } }, 'defaultPrevented', { get: () => prevented }), more) as T & {
    readonly defaultPrevented: boolean
    preventDefault(): void
  }
}

export interface Frame { url: string }

export class WebContents extends EventEmitter {
  readonly sent: { readonly channel: string; readonly text: string }[] = []
  readonly mainFrame: Frame = { url: 'app://mailroom/' }
  openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null = null
  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void { this.openHandler = handler }
  send(channel: string, text: string): void { this.sent.push({ channel, text }) }
}

type WindowPart = Pick<Electron.BrowserWindow, 'show' | 'hide' | 'focus' | 'restore' | 'isMinimized' | 'isDestroyed' | 'loadURL' | 'reload' | 'close'>

export class BrowserWindow extends EventEmitter implements WindowPart {
  readonly webContents = new WebContents()
  readonly options: Electron.BrowserWindowConstructorOptions
  visible = false
  minimised = false
  destroyed = false
  loaded: string[] = []
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.options = options
    record.windows.push(this)
  }
  show(): void { this.visible = true }
  hide(): void { this.visible = false }
  focus(): void { record.calls.push('focus') }
  restore(): void { this.minimised = false }
  isMinimized(): boolean { return this.minimised }
  isDestroyed(): boolean { return this.destroyed }
  async loadURL(url: string): Promise<void> { this.loaded.push(url) }
  reload(): void { record.calls.push('reload') }
  close(): void {
    const closing = preventable()
    this.emit('close', closing)
    if (closing.defaultPrevented) return
    this.destroyed = true
    this.emit('closed')
    if (!app.quitting) app.emit('window-all-closed') // while quitting, the real one does not
  }
}

export class Session {
  requestHandler: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null
  checkHandler: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null
  deviceHandler: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null
  beforeRequest: ((details: Electron.OnBeforeRequestListenerDetails, answer: (response: Electron.CallbackResponse) => void) => void) | null = null
  handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
  readonly protocol = { handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => void this.handlers.set(scheme, handler) }
  readonly webRequest = { onBeforeRequest: (listener: NonNullable<Session['beforeRequest']>) => { this.beforeRequest = listener } }
  setPermissionRequestHandler(handler: Session['requestHandler']): void { this.requestHandler = handler }
  setPermissionCheckHandler(handler: Session['checkHandler']): void { this.checkHandler = handler }
  setDevicePermissionHandler(handler: Session['deviceHandler']): void { this.deviceHandler = handler }
}

export class Menu {
  readonly template: readonly Electron.MenuItemConstructorOptions[]
  constructor(template: readonly Electron.MenuItemConstructorOptions[]) { this.template = template }
  static buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Menu { return new Menu(template) }
  static setApplicationMenu(menu: Menu | null): void { record.menu = menu }
}

export class Tray extends EventEmitter {
  menu: Menu | null = null
  destroyed = false
  readonly icon: string
  constructor(icon: string) {
    super()
    if (record.trayFails) throw new Error('no tray')
    this.icon = icon
    record.trays.push(this)
  }
  setToolTip(_text: string): void {}
  setContextMenu(menu: Menu): void { this.menu = menu }
  destroy(): void { this.destroyed = true }
}

export class Notification extends EventEmitter {
  readonly options: { readonly title: string; readonly body: string }
  constructor(options: { readonly title: string; readonly body: string }) { super(); this.options = options }
  static isSupported(): boolean { return true }
  show(): void { record.notifications.push(this.options) }
}

export const app = new App()
export const ipcMain = new EventEmitter()
export const powerMonitor = new EventEmitter()
export const net = { online: true, isOnline: () => net.online }
export const session: { defaultSession: Session } = { defaultSession: new Session() }
export const protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged'> = {
  registerSchemesAsPrivileged(schemes) { record.schemes = schemes; record.calls.push('registerSchemes') },
}
export const shell: Pick<Electron.Shell, 'openExternal' | 'openPath'> = {
  async openExternal(url) { record.calls.push(`openExternal ${url}`) },
  async openPath(path) { record.calls.push(`openPath ${path}`); return '' },
}
export const dialog: Pick<Electron.Dialog, 'showErrorBox'> = {
  showErrorBox(title, content) { record.calls.push(`errorBox ${title}: ${content}`) },
}

/** The preload's half. */
export const exposed = new Map<string, unknown>()
export const contextBridge: Pick<Electron.ContextBridge, 'exposeInMainWorld'> = {
  exposeInMainWorld(key, api) { exposed.set(key, api) },
}
export const ipcRenderer = Object.assign(new EventEmitter(), {
  sent: [] as { readonly channel: string; readonly text: unknown }[],
  send(channel: string, text: unknown): void { this.sent.push({ channel, text }) },
})
export type { Listener }
