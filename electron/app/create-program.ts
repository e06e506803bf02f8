/** The program around its parts: what the contract's `app.…` asks of the host it runs in. */
import { mkdir } from 'node:fs/promises'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { Host } from '../hosts/host.ts'
import type { Program } from '../ipc/parts.ts'
import type { Notices } from './notices.ts'

export function createProgram({ host, version, root, notices }: { readonly host: Host; readonly version: string; readonly root: string; readonly notices: Notices }): Program {
  return {
    info: () => ({
      version,
      host: host.name,
      capabilities: host.capabilities,
      locale: host.locale,
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      dataFolder: root,
      notices: notices.list(),
    }),
    openLink: (url) => hostDoes(() => host.openLink(url)),
    async openDataFolder() {
      if (!host.capabilities.openFolder) return failed('host.not-possible')
      return hostDoes(async () => {
        await mkdir(root, { recursive: true })
        await host.openFolder(root)
      })
    },
    showWindow() {
      if (host.name === 'terminal') return failed('host.not-possible', { detail: 'mailroom' })
      host.showWindow()
      return done(undefined)
    },
    dismissNotice: (id) => notices.dismiss(id),
    startWithSystem: (on, minimised) => host.startWithSystem(on, minimised),
  }
}

/** A host rejects where the system has no program for it. */
async function hostDoes(work: () => Promise<void>): Promise<Outcome<void>> {
  try {
    return done(await work())
  } catch {
    return failed('host.not-possible')
  }
}
