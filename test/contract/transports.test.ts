import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../electron/app/create-app.ts'
import { terminalHost } from '../../electron/hosts/terminal/terminal-host.ts'
import { createRemoteCaller } from '../../electron/ipc/remote-caller.ts'
import { connectToOwner } from '../../electron/ipc/socket-transport.ts'
import type { App } from '../../electron/app/app.ts'
import type { Caller } from '../../shared/contract/caller.ts'
import { type Connected, contractSuite } from './contract-suite.ts'
import { valueOf } from './examples.ts'

async function program(callerOf: (app: App, root: string) => Caller | Promise<Caller>): Promise<Connected> {
  const root = await mkdtemp(join(tmpdir(), 'mailroom-contract-'))
  const app = await valueOf(createApp({ root, host: terminalHost('en'), version: '0', background: false }))
  return {
    caller: await callerOf(app, root),
    async close() {
      await app.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

contractSuite('nothing: the terminal in the same process', () => program((app) => app.caller))

contractSuite('texts, as windows send them', () =>
  program((app) => {
    let deliver: (text: string) => void = () => undefined
    const connection = app.connect((text) => deliver(text))
    return createRemoteCaller({
      send: (text) => connection.receive(text),
      onMessage: (listener) => { deliver = listener },
    })
  }))

contractSuite('the data folder’s socket, as a second process does', () => program(async (_app, root) => valueOf(connectToOwner(root))))
