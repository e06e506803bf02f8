/** Starts Mailroom with its window in an installed Chromium. Options: `--data DIR`. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { defaultDataFolder } from '../../app/default-data-folder.ts'
import { explain } from '../../../shared/failures/catalogue.ts'
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { version } from '../version.ts'
import { runChromium } from './run-chromium.ts'

quietSqliteWarning()
process.exitCode = await main()

/** Answers with an exit status of sysexits.h. */
async function main(): Promise<number> {
  const root = dataFolderAsked()
  if (root === null) return 64
  const run = await runChromium({ root, version, renderer: fileURLToPath(new URL('../renderer', import.meta.url)) })
  if (!run.ok) {
    const { title, cause, remedy } = explain(run.failure, Intl.DateTimeFormat().resolvedOptions().locale.startsWith('nl') ? 'nl' : 'en')
    process.stderr.write(`${title}\n${cause}\n${remedy}\n`)
    return 69
  }
  if (run.value === 'shown-elsewhere') return 0
  const { stop, ended } = run.value
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop())
  await ended
  return 0
}

/** null = the command line is wrong, and that was said. */
function dataFolderAsked(): string | null {
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' } } })
    return values.data === undefined ? defaultDataFolder() : resolve(values.data)
  } catch (error) {
    process.stderr.write(`mailroom: ${error instanceof Error ? error.message : String(error)}\n`)
    return null
  }
}
