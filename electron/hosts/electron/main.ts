/**
 * Starts Mailroom in Electron: its window, or, when a command is given, that command without one.
 * The window's options: `--data DIR`, `--minimised`.
 */
import { app, dialog } from 'electron'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { asksForCommand } from '../terminal/command-names.ts'
import { version } from '../version.ts'

quietSqliteWarning()
const words = process.argv.slice(app.isPackaged ? 1 : 2)
if (asksForCommand(words)) await runCommand()
else await showWindow()

async function runCommand(): Promise<void> {
  const { runProcess } = await import('../terminal/run-process.ts')
  app.exit(await runProcess(words))
}

async function showWindow(): Promise<void> {
  const [{ runElectron }, { openApp }, { defaultDataFolder }, { default: ElectronStore }] = await Promise.all([
    import('./run-electron.ts'),
    import('../../app/open-app.ts'),
    import('../../app/default-data-folder.ts'),
    import('electron-store'),
  ])
  const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  // Chromium's own switches come along in argv and are not ours to judge.
  const { values } = parseArgs({ args: words, options: { data: { type: 'string' }, minimised: { type: 'boolean' } }, strict: false })
  const refused = await runElectron({
    root: typeof values.data === 'string' ? resolve(values.data) : defaultDataFolder(),
    version,
    renderer: beside('../renderer'),
    preload: beside('preload.cjs'),
    icon: beside('../icons/256.png'),
    minimised: values.minimised === true,
    openApp: (options) => openApp({ ...options, settingsStore: ElectronStore }),
  })
  if (refused === null) return
  const { explain } = await import('../../../shared/failures/catalogue.ts')
  const { title, cause, remedy } = explain(refused, app.getLocale().startsWith('nl') ? 'nl' : 'en')
  dialog.showErrorBox(title, `${cause}\n\n${remedy}`)
  app.exit(69)
}
