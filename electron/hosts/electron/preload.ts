/**
 * The page's side of the wire in Electron: `window.mailroom`, and nothing else of Electron. Bundled as CommonJS, because a
 * sandboxed preload cannot be an ES module. Texts that arrive before somebody listens wait.
 */
import { contextBridge, ipcRenderer } from 'electron'
import type { Wire } from '../../../shared/contract/caller.ts'
import { channel } from './channel.ts'

const waiting: string[] = []
const listeners: ((text: string) => void)[] = []

ipcRenderer.on(channel, (_event, text: unknown) => {
  if (typeof text !== 'string') return
  if (listeners.length === 0) waiting.push(text)
  for (const listener of listeners) listener(text)
})

const wire: Wire = {
  send: (text) => ipcRenderer.send(channel, String(text)),
  onMessage: (listener) => {
    listeners.push(listener)
    for (const text of waiting.splice(0)) listener(text)
  },
}
contextBridge.exposeInMainWorld('mailroom', wire)
