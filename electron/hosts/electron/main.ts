/**
 * Starts Mailroom in Electron: its window, or, when a command is given, that command without one.
 * The window's options: `--data DIR`, `--minimised`.
 */
import { app, dialog } from 'electron'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { defaultDataFolder } from '../../app/default-data-folder.ts'
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { asksForCommand } from '../terminal/command-names.ts'
import { version } from '../version.ts'
import { prepareElectron, runElectron } from './run-electron.ts'

quietSqliteWarning()
const words = process.argv.slice(app.isPackaged ? 1 : 2)
// Nothing here is awaited: Electron gets ready only when this module has been evaluated.
if (asksForCommand(words)) void runCommand()
else openWindow()

async function runCommand(): Promise<void> {
  const { runProcess } = await import('../terminal/run-process.ts')
  app.exit(await runProcess(words))
}

function openWindow(): void {
  // Chromium's own switches come along in argv and are not ours to judge.
  const { values } = parseArgs({ args: words, options: { data: { type: 'string' }, minimised: { type: 'boolean' } }, strict: false })
  const root = typeof values.data === 'string' ? resolve(values.data) : defaultDataFolder()
  if (prepareElectron(root)) void showWindow(root, values.minimised === true)
}

async function showWindow(root: string, minimised: boolean): Promise<void> {
  const [{ openApp }, { default: ElectronStore }] = await Promise.all([import('../../app/open-app.ts'), import('electron-store')])
  const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  const refused = await runElectron({
    root,
    version,
    minimised,
    renderer: beside('../renderer'),
    preload: beside('preload.cjs'),
    icon: beside('../icons/256.png'),
    openApp: (options) => openApp({ ...options, settingsStore: ElectronStore }),
  })
  if (refused === null) return
  const { explain } = await import('../../../shared/failures/catalogue.ts')
  const { title, cause, remedy } = explain(refused, app.getLocale().startsWith('nl') ? 'nl' : 'en')
  dialog.showErrorBox(title, `${cause}\n\n${remedy}`)
  app.exit(69)
}
