/**
 * The window: sandboxed, isolated, without Node, and going nowhere but to our own page. A call is taken only from the main
 * frame of that page; every load of the page gets a `Connection` of its own.
 */
import { BrowserWindow, ipcMain, type IpcMainEvent, type Session } from 'electron'
import type { Connection } from '../../app/app.ts'
import { isOurPage, pageOrigin } from './app-protocol.ts'
import { channel } from './channel.ts'

/** Copying text is the one permission the page has; everything else a page could ask for is refused. */
const allowedPermission = 'clipboard-sanitized-write'
/** So many deaths within so many milliseconds: loading the page again would go on without end. */
const deaths = { most: 3, within: 60_000 }

export interface WindowParts {
  readonly preload: string
  readonly icon: string
  readonly session: Session
  readonly show: boolean
  connect(send: (text: string) => void): Connection
  /** The page died at every load and is not loaded again. */
  gaveUp(): void
}

export function openMainWindow(parts: WindowParts): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 520,
    show: false,
    title: 'Mailroom',
    icon: parts.icon,
    webPreferences: {
      preload: parts.preload,
      session: parts.session,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      // Elsewhere than on macOS Chromium fetches its dictionaries from its maker's host, past the session's own rules (E6).
      spellcheck: process.platform === 'darwin',
    },
  })
  refuseToLeave(window)
  refusePermissions(parts.session)
  connectPage(window, parts)
  if (parts.show) window.once('ready-to-show', () => window.show())
  void window.loadURL(`${pageOrigin}/`)
  return window
}

function refuseToLeave(window: BrowserWindow): void {
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  const stay = (details: { readonly url: string; preventDefault(): void }) => {
    if (!isOurPage(details.url) && details.url !== 'about:srcdoc') details.preventDefault()
  }
  webContents.on('will-navigate', stay)
  webContents.on('will-frame-navigate', stay)
  webContents.on('will-redirect', stay)
  webContents.on('will-attach-webview', (event) => event.preventDefault())
}

function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === allowedPermission))
  session.setPermissionCheckHandler((_contents, permission) => permission === allowedPermission)
  session.setDevicePermissionHandler(() => false)
}

function connectPage(window: BrowserWindow, { connect, gaveUp }: Pick<WindowParts, 'connect' | 'gaveUp'>): void {
  const { webContents } = window
  let connection: Connection | null = null
  const drop = () => {
    connection?.close()
    connection = null
  }
  const receive = (event: IpcMainEvent, text: unknown) => {
    const frame = event.senderFrame
    if (event.sender !== webContents || frame === null || frame !== webContents.mainFrame || !isOurPage(frame.url)) return
    if (typeof text !== 'string') return
    connection ??= connect((answer) => {
      if (!window.isDestroyed()) webContents.send(channel, answer)
    })
    connection.receive(text)
  }
  ipcMain.on(channel, receive)
  webContents.on('did-navigate', drop)
  let died: readonly number[] = []
  webContents.on('render-process-gone', () => {
    drop()
    const now = performance.now()
    died = [...died.filter((at) => now - at < deaths.within), now]
    if (died.length < deaths.most) window.reload()
    else gaveUp()
  })
  window.once('closed', () => {
    ipcMain.off(channel, receive)
    drop()
  })
}
