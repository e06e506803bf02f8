/** Starts Mailroom in Electron. Options: `--data DIR`, `--minimised`. */
import { app, dialog } from 'electron'
import ElectronStore from 'electron-store'
import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultDataFolder } from '../../app/default-data-folder.ts'
import { openApp } from '../../app/open-app.ts'
import { explain } from '../../../shared/failures/catalogue.ts'
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { version } from '../version.ts'
import { runElectron } from './run-electron.ts'

quietSqliteWarning()
const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))
// Chromium's own switches come along in argv and are not ours to judge.
const { values } = parseArgs({ options: { data: { type: 'string' }, minimised: { type: 'boolean' } }, strict: false })

const refused = await runElectron({
  root: typeof values.data === 'string' ? resolve(values.data) : defaultDataFolder(),
  version,
  renderer: beside('../renderer'),
  preload: beside('preload.cjs'),
  icon: beside('../icons/256.png'),
  minimised: values.minimised === true,
  openApp: (options) => openApp({ ...options, settingsStore: ElectronStore }),
})
if (refused !== null) {
  const { title, cause, remedy } = explain(refused, app.getLocale().startsWith('nl') ? 'nl' : 'en')
  dialog.showErrorBox(title, `${cause}\n\n${remedy}`)
  app.exit(69)
}
