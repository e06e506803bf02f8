/**
 * Where Mailroom keeps everything when nobody says otherwise: the folder each system has for a program's own data.
 * `MAILROOM_DATA` names another one; `--data` outranks both.
 */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const wanted = environment['MAILROOM_DATA']
  if (wanted !== undefined && wanted !== '') return resolve(wanted)
  const home = homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Mailroom')
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Mailroom')
  // XDG base directories: a relative path there is to be ignored.
  const data = environment['XDG_DATA_HOME']
  return join(data !== undefined && data.startsWith('/') ? data : join(home, '.local', 'share'), 'mailroom')
}
