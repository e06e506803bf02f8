/** Starts Mailroom with its window in an installed Chromium. Options: `--data DIR`. */
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { defaultDataFolder } from '../../app/default-data-folder.ts'
import { explain } from '../../../shared/failures/catalogue.ts'
import { runChromium } from './run-chromium.ts'
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { version } from '../version.ts'

quietSqliteWarning()
const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: true })
const run = await runChromium({
  root: values.data ?? defaultDataFolder(),
  version,
  renderer: fileURLToPath(new URL('../renderer', import.meta.url)),
})
if (!run.ok) {
  const { title, cause, remedy } = explain(run.failure, Intl.DateTimeFormat().resolvedOptions().locale.startsWith('nl') ? 'nl' : 'en')
  process.stderr.write(`${title}\n${cause}\n${remedy}\n`)
  process.exitCode = 69
} else if (run.value !== 'shown-elsewhere') {
  const { stop, ended } = run.value
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop())
  await ended
}
