/** The command line's own process: `mailroom …`. Everything it does is in `run-terminal.ts`. */
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { runProcess } from './run-process.ts'

quietSqliteWarning()
process.exitCode = await runProcess(process.argv.slice(2))
