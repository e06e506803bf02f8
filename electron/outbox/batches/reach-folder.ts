/** Whether a watched folder can be worked in now: it may be on a drive that comes and goes. */
import { access, constants, stat } from 'node:fs/promises'
import type { FolderReach } from '../../../shared/model/watched-folder.ts'

/** Milliseconds. A network drive whose server is gone keeps whoever asks waiting for minutes. */
const patience = 2000

export async function reachFolder(path: string): Promise<FolderReach> {
  const late = Promise.withResolvers<FolderReach>()
  const timer = setTimeout(() => late.resolve('gone'), patience)
  const found = await Promise.race([look(path), late.promise])
  clearTimeout(timer)
  return found
}

async function look(path: string): Promise<FolderReach> {
  const isFolder = await stat(path).then((facts) => facts.isDirectory(), (error: NodeJS.ErrnoException) => (error.code === 'EACCES' || error.code === 'EPERM' ? null : false))
  if (isFolder === false) return 'gone'
  if (isFolder === null) return 'no-permission'
  return access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(() => 'ok' as const, () => 'no-permission' as const)
}
