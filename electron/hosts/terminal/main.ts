/** The command line's own process: `mailroom …`. Everything it does is in `run-terminal.ts`, imported when Node knows where compiled code is kept. */
import { keepCompiled } from '../keep-compiled.ts'
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { version } from '../version.ts'

quietSqliteWarning()
keepCompiled(version)
const { runProcess } = await import('./run-process.ts')
process.exitCode = await runProcess(process.argv.slice(2))
