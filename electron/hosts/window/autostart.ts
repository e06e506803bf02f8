/**
 * "Start with the system" on Linux desktops: an entry in the user's autostart folder (freedesktop.org Desktop Application
 * Autostart Specification 0.5). Other systems have their own way, which Electron knows.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

const fileName = 'mailroom.desktop'

function autostartFolder(environment: NodeJS.ProcessEnv): string {
  const configured = environment['XDG_CONFIG_HOME']
  return join(configured === undefined || configured === '' ? join(homedir(), '.config') : configured, 'autostart')
}

/** Quoted as the Desktop Entry Specification's Exec key wants it; a percent sign would be a field code. */
function quoted(argument: string): string {
  return `"${argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`
}

/** `command` is the program and its arguments. Switching off what is not on is no error. */
export async function setAutostart(on: boolean, command: readonly string[], environment = process.env): Promise<void> {
  const folder = autostartFolder(environment)
  if (!on) {
    await rm(join(folder, fileName), { force: true })
    return
  }
  await mkdir(folder, { recursive: true })
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Mailroom', `Exec=${command.map(quoted).join(' ')}`, 'Terminal=false', 'X-GNOME-Autostart-enabled=true']
  await writeFile(join(folder, fileName), `${lines.join('\n')}\n`)
}
