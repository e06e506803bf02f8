/**
 * Lets Node keep what it compiled of this program for the next start, which then takes a third less processor time (measured:
 * docs/decisions/bundling.md). Kept where each system has a user's caches, never in a folder that others may write to: what lies
 * there is run. It can be deleted at any time, and where it cannot be written everything works without it.
 */
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

export function keepCompiled(version: string, environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): void {
  enableCompileCache(join(cacheFolder(environment, platform), `compiled-${version}`))
}

function cacheFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Mailroom')
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Mailroom', 'Cache')
  // XDG base directories: a relative path there is to be ignored.
  const cache = environment['XDG_CACHE_HOME']
  return join(cache !== undefined && cache.startsWith('/') ? cache : join(home, '.cache'), 'mailroom')
}
