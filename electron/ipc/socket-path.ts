/**
 * Where the process that owns a data folder listens for others of the same user: a socket in the folder itself or, where
 * that path is too long for the system, in a folder only this user can enter. On Windows a named pipe.
 */
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with the closing zero. */
const longestPath = 100

/** null = there is no place that only this user can enter. */
export function socketPathOf(root: string, environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string | null {
  const own = createHash('sha256').update(`${userInfo().username}\n${resolve(root)}`).digest('hex').slice(0, 24)
  if (platform === 'win32') return `\\\\.\\pipe\\mailroom-${own}`
  const inFolder = join(resolve(root), 'mailroom.sock')
  if (Buffer.byteLength(inFolder) <= longestPath) return inFolder
  const runtime = environment['XDG_RUNTIME_DIR']
  const parent = join(runtime === undefined || runtime === '' ? tmpdir() : runtime, `mailroom-${userInfo().uid}`)
  const path = join(parent, `${own}.sock`)
  return Buffer.byteLength(path) <= longestPath && isPrivateFolder(parent) ? path : null
}

/** In a folder that all may write to, somebody else could have made it first, to listen for our passwords. */
function isPrivateFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700, recursive: true })
    const facts = lstatSync(path)
    return facts.isDirectory() && facts.uid === userInfo().uid && (facts.mode & 0o077) === 0
  } catch {
    return false
  }
}
