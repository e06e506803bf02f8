/** One command line in this very process, with its own standard input, output and signals. */
import { isatty } from 'node:tty'
import { version } from '../version.ts'
import type { Input, Io } from './io.ts'
import { exitCodeOf } from './exit-codes.ts'
import { languageOf, localeOf } from './language.ts'
import { runTerminal } from './run-terminal.ts'

/** Resolves with the exit status. */
export async function runProcess(words: readonly string[]): Promise<number> {
  // A reader that went away (`mailroom … | head`) is no reason to stop in the middle of the work. Nor is a full disk behind `>`, but then
  // the answer is not whole, and that is said at the end.
  const unwritten: NodeJS.ErrnoException[] = []
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') unwritten.push(error)
    })
  }
  const input = standardInput()
  const io: Io = {
    input,
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
  input.close()
  const [error] = unwritten
  return error === undefined ? status : await tellUnwritten(io, words, error)
}

/** Exit 74, whatever became of the work: who reads the output must not take part of it for all. */
async function tellUnwritten(io: Io, words: readonly string[], error: NodeJS.ErrnoException): Promise<number> {
  const { createOutput } = await import('./output.ts')
  const language = languageOf(io.locale)
  createOutput(io, words.includes('--json'), () => language).failure({ code: 'output.unwritten', evidence: { detail: error.code ?? '' } })
  return exitCodeOf('output.unwritten')
}

/** Opened only for a command that reads it: that costs as much as some commands do. */
function standardInput(): Input & { close(): void } {
  let opened: typeof process.stdin | null = null
  const stream = () => (opened ??= process.stdin)
  return {
    isTTY: isatty(0),
    setRawMode: (on) => stream().setRawMode?.(on),
    [Symbol.asyncIterator]: () => stream()[Symbol.asyncIterator](),
    // Whatever a command asked it for has been read; a terminal would keep the process waiting for more.
    close: () => void opened?.destroy(),
  }
}
