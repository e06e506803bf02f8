/** The command line's own process: `mailroom …`. Everything it does is in `run-terminal.ts`. */
import { quietSqliteWarning } from '../quiet-sqlite-warning.ts'
import { version } from '../version.ts'
import type { Io } from './io.ts'
import { localeOf } from './language.ts'
import { runTerminal } from './run-terminal.ts'

// A reader that went away (`mailroom … | head`) is no reason to stop in the middle of the work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

quietSqliteWarning()

const io: Io = {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  environment: process.env,
  locale: localeOf(process.env),
  onInterrupt(listener) {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    for (const signal of signals) process.on(signal, listener)
    return () => {
      for (const signal of signals) process.off(signal, listener)
    }
  },
}

process.exitCode = await runTerminal(process.argv.slice(2), io, version)
// Whatever a command asked standard input for has been read; a terminal would keep the process waiting for more.
process.stdin.destroy()
