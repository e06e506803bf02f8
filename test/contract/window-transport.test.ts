/**
 * The contract over the wires of the two window hosts: Chromium's real one, called from the page through `window.mailroom`, and
 * Electron's preload and main process, joined by the stand-in of Electron.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { vi } from 'vitest'
import { openApp } from '../../electron/app/open-app.ts'
import { createRemoteCaller } from '../../electron/ipc/remote-caller.ts'
import type { Wire } from '../../shared/contract/caller.ts'
import { ipcMain, ipcRenderer, exposed, record, resetElectron } from '../fakes/electron/electron.ts'
import { openWindow } from '../journeys/open-window.ts'
import { type Connected, contractSuite } from './contract-suite.ts'

vi.mock('electron', () => import('../fakes/electron/electron.ts'))
const { runElectron } = await import('../../electron/hosts/electron/run-electron.ts')

/** A page with nothing on it, so that nobody but the test calls. */
async function emptyPage(root: string): Promise<string> {
  const folder = join(root, 'page')
  await mkdir(folder)
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Nothing</title><meta property="csp-nonce" nonce="__CSP_NONCE__">')
  return folder
}

async function pageWire(page: Page): Promise<Wire> {
  let listener: (text: string) => void = () => undefined
  await page.exposeFunction('heard', (text: string) => listener(text))
  await page.evaluate(() => {
    const { mailroom, heard } = globalThis as unknown as { mailroom: Wire; heard(text: string): void }
    mailroom.onMessage((text) => heard(text))
  })
  return {
    send: (text) => void page.evaluate((message) => (globalThis as unknown as { mailroom: Wire }).mailroom.send(message), text),
    onMessage: (added) => { listener = added },
  }
}

contractSuite('the wire of the Chromium host', async (): Promise<Connected> => {
  const root = await mkdtemp(join(tmpdir(), 'mailroom-contract-chromium-'))
  const window = await openWindow({ root, renderer: await emptyPage(root) })
  return {
    caller: createRemoteCaller(await pageWire(window.page)),
    async close() {
      await window.close()
      await rm(root, { recursive: true, force: true })
    },
  }
})

contractSuite('the wire of the Electron host', async (): Promise<Connected> => {
  resetElectron()
  const root = await mkdtemp(join(tmpdir(), 'mailroom-contract-electron-'))
  const opened: (() => Promise<void>)[] = []
  await runElectron({
    root, version: '0', renderer: await emptyPage(root), preload: '/preload.cjs', icon: '/icon.png', minimised: true,
    async openApp(options) {
      const app = await openApp({ ...options, background: false })
      if (app.ok) opened.push(() => app.value.close())
      return app
    },
  })
  const { webContents } = record.windows[0]!
  // What the two real processes do: a text that one side sends arrives at the other.
  ipcRenderer.send = (channel: string, text: unknown) => void ipcMain.emit(channel, { sender: webContents, senderFrame: webContents.mainFrame }, text)
  webContents.send = (channel: string, text: string) => void ipcRenderer.emit(channel, {}, text)
  await import('../../electron/hosts/electron/preload.ts')
  return {
    caller: createRemoteCaller(exposed.get('mailroom') as Wire),
    async close() {
      for (const close of opened) await close()
      await rm(root, { recursive: true, force: true })
    },
  }
})
