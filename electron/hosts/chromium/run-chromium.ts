/**
 * Mailroom in an installed Chromium: the product's main process in plain Node, its window in a browser in app mode.
 * A second start on the same data folder shows the first one's window and ends.
 */
import { join } from 'node:path'
import type { Host } from '../host.ts'
import type { App } from '../../app/app.ts'
import { openApp } from '../../app/open-app.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { done, failed } from '../../../shared/failures/failure.ts'
import { setAutostart } from '../window/autostart.ts'
import { openAsOwner } from '../window/open-as-owner.ts'
import { loadRendererFiles } from '../window/renderer-files.ts'
import { watchMachine } from '../window/watch-machine.ts'
import { browserFlags } from './browser-flags.ts'
import { openChromiumWindow, type ChromiumWindow } from './chromium-window.ts'
import { findBrowser } from './find-browser.ts'
import { openOutside } from '../open-outside.ts'

export interface ChromiumOptions {
  readonly root: string
  readonly version: string
  /** Folder of the built renderer. */
  readonly renderer: string
  /** Added to the browser's command line: a test may want it headless. */
  readonly extraFlags?: readonly string[]
  readonly width?: number
  readonly height?: number
}

export interface ChromiumRun {
  /** Resolves when the window was closed and everything is put away. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** `shown-elsewhere` = the window of a Mailroom that owns this data folder was shown instead. */
export async function runChromium(options: ChromiumOptions): Promise<Outcome<ChromiumRun | 'shown-elsewhere'>> {
  const browser = await findBrowser()
  if (browser === null) return failed('host.not-possible', { name: 'Chromium, Chrome, Edge' })
  const files = await loadRendererFiles(options.renderer)

  let window: ChromiumWindow | null = null
  const opened = await openAsOwner(openApp, { root: options.root, version: options.version, background: true, host: chromiumHost(() => window) })
  if (!opened.ok) return opened
  const app = opened.value
  if (app === 'shown-elsewhere') return done(app)

  const shown = await openChromiumWindow({
    browser,
    flags: [
      ...browserFlags({ root: process.getuid?.() === 0, width: options.width ?? 1280, height: options.height ?? 800 }),
      ...(options.extraFlags ?? []),
    ],
    profile: join(options.root, 'browser'),
    files,
    connect: (send) => app.connect(send),
  })
  if (!shown.ok) {
    await app.stop()
    return shown
  }
  window = shown.value
  return done(runOf(app, shown.value))
}

function runOf(app: App, window: ChromiumWindow): ChromiumRun {
  const ended = window.closed.then(() => app.stop())
  return {
    ended,
    async stop() {
      await window.close()
      await ended
    },
  }
}

function chromiumHost(window: () => ChromiumWindow | null): Host {
  return {
    name: 'chromium',
    capabilities: { tray: false, startWithSystem: process.platform === 'linux', notifications: true, openFolder: true, nativeMenu: false },
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    openLink: (url) => openOutside(url),
    openFolder: (path) => openOutside(path),
    showWindow: () => {
      void window()?.show().catch(() => undefined)
    },
    notify: (title, body) => {
      void window()?.notify(title, body).catch(() => undefined)
    },
    badge: () => undefined,
    startWithSystem(on) {
      if (process.platform === 'linux') void setAutostart(on, [process.execPath, ...process.argv.slice(1)])
    },
    onMachine: (listener) => watchMachine(listener).stop,
  }
}
