/** One command line in this very process, with its own standard input, output and signals. */
import { version } from '../version.ts'
import type { Io } from './io.ts'
import { localeOf } from './language.ts'
import { runTerminal } from './run-terminal.ts'

/** Resolves with the exit status. */
export async function runProcess(words: readonly string[]): Promise<number> {
  // A reader that went away (`mailroom … | head`) is no reason to stop in the middle of the work.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
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
  const status = await runTerminal(words, io, version)
  // Whatever a command asked standard input for has been read; a terminal would keep the process waiting for more.
  process.stdin.destroy()
  return status
}
