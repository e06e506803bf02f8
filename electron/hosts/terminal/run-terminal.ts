/**
 * One command line, from its words to its exit code (sysexits.h, see `exit-codes.ts`). A mistake in the program is shown as
 * one and ends with 70; whatever the command did before stays done.
 *
 * What is imported here is all that `--version` and `--help` cost: nothing that brings the schemas along.
 */
import { resolve } from 'node:path'
import { CommanderError } from 'commander'
import { commandLineWords } from '../../../shared/words/command-line.ts'
import { actionWords } from '../../../shared/words/terminal-actions.ts'
import { terminalWords } from '../../../shared/words/terminal.ts'
import { defaultDataFolder } from '../../app/default-data-folder.ts'
import { exitCodes } from './exit-codes.ts'
import type { Io } from './io.ts'
import { keepSchemasPlain } from './plain-schemas.ts'
import { declareProgram } from './program.ts'
import { languageOf } from './language.ts'
import { commandMeant, wrongUsage } from './wrong-usage.ts'

export async function runTerminal(words: readonly string[], io: Io, version: string): Promise<number> {
  const language = languageOf(io.locale)
  let code: number = exitCodes.ok
  const program = declareProgram({
    words: terminalWords[language],
    frame: commandLineWords[language],
    actions: actionWords[language],
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
    // Without any command the help was shown.
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const { createOutput, tellUsage } = await import('./output.ts')
    const json = words.includes('--json')
    if (error instanceof CommanderError) {
      tellUsage(io, json, language, wrongUsage(error, commandLineWords[language]), commandMeant(program, words))
      return exitCodes.usage
    }
    createOutput(io, json, () => language).failure({ code: 'program.error', evidence: {} })
    if (io.environment['MAILROOM_DEBUG'] !== undefined) io.errors.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return exitCodes.software
  }
}
