/** The command line's own process: `mailroom …`. Everything it does is in `run-terminal.ts`, imported when Node knows where compiled code is kept. */
import { keepCompiled } from '../keep-compiled.ts'
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { version } from '../version.ts'

quietSqliteWarning()
keepCompiled(version)
// The C library asks a name server that is silent twice for 5 seconds each (resolv.conf(5)), and a process cannot end before that is over.
process.env['RES_OPTIONS'] ??= 'timeout:2 attempts:2'
const { runProcess } = await import('./run-process.ts')
const status = await runProcess(process.argv.slice(2))
// All is put away by now, and Node takes several times as long to end when it is left to find that out. What was written goes first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(status)))
