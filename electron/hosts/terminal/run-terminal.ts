/**
 * One command line, from its words to its exit code (sysexits.h, see `exit-codes.ts`). A mistake in the program is shown as
 * one and ends with 70; whatever the command did before stays done.
 *
 * What is imported here is all that `--version` and `--help` cost: nothing that brings the schemas along.
 */
import { resolve } from 'node:path'
import { CommanderError } from 'commander'
import { terminalWords } from '../../../shared/words/terminal.ts'
import { defaultDataFolder } from '../../app/default-data-folder.ts'
import { exitCodes } from './exit-codes.ts'
import type { Io } from './io.ts'
import { keepSchemasPlain } from './plain-schemas.ts'
import { declareProgram } from './program.ts'
import { languageOf } from './language.ts'

export async function runTerminal(words: readonly string[], io: Io, version: string): Promise<number> {
  const language = languageOf(io.locale)
  let code: number = exitCodes.ok
  const program = declareProgram({
    words: terminalWords[language],
    version,
    async run({ data, json }, load, fetches) {
      const ahead = fetches === undefined ? {} : { ahead: (await import('../../app/ahead.ts')).startAhead(fetches) }
      keepSchemasPlain()
      const [{ withSession }, command] = await Promise.all([import('./session.ts'), load()])
      code = await withSession(io, { data: folderOf(data), json: json === true, version, ...ahead }, command)
    },
    async runDemo({ data, json }) {
      const { runDemo } = await import('./commands/demo.ts')
      code = await runDemo(io, { data: data === undefined ? null : resolve(data), json: json === true, version })
    },
    write: (text) => void io.output.write(text),
    writeError: (text) => void io.errors.write(text),
  })
  const folderOf = (data: string | undefined) => (data === undefined ? defaultDataFolder(io.environment) : resolve(data))
  try {
    await program.parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const { explain } = await import('../../../shared/failures/catalogue.ts')
    const { title, cause, remedy } = explain({ code: 'program.error', evidence: {} }, language)
    io.errors.write(`${[title, cause, remedy].join('\n')}\n`)
    if (io.environment['MAILROOM_DEBUG'] !== undefined) io.errors.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return exitCodes.software
  }
}
