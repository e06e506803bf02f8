/** What every command works with: the contract of whoever owns the data folder, words in the user's language, and the output. */
import type { Ahead } from '../../app/ahead.ts'
import type { Caller } from '../../../shared/contract/caller.ts'
import { exitCodes, exitCodeOf } from './exit-codes.ts'
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import { terminalWords, type TerminalWords } from '../../../shared/words/terminal.ts'
import { createFormat, type Format } from './format.ts'
import type { Io } from './io.ts'
import { languageOf } from './language.ts'
import { createOutput, type Output } from './output.ts'
import { tellFailure } from './tell-failure.ts'
import { terminalHost } from './terminal-host.ts'

export interface Session {
  readonly caller: Caller
  readonly io: Io
  readonly output: Output
  readonly words: TerminalWords
  readonly language: Language
  readonly format: Format
  readonly dataFolder: string
  /** Aborted by Ctrl+C. */
  readonly interrupted: AbortSignal
}

export interface GlobalOptions {
  readonly data: string
  readonly json: boolean
  readonly version: string
  readonly ahead?: Ahead
}

/** What a command comes to: the exit code, or the failure that stands for it. */
export type Command = (session: Session) => Promise<Outcome<number>>

export const ok = done<number>(exitCodes.ok)


export async function withSession(io: Io, options: GlobalOptions, command: Command): Promise<number> {
  let language = languageOf(io.locale)
  const output = createOutput(io, options.json, () => language)
  const { openApp } = await import('../../app/open-app.ts')
  const opened = await openApp({ root: options.data, version: options.version, background: false, host: terminalHost(io.locale, io.environment), ...(options.ahead !== undefined && { ahead: options.ahead }) })
  if (!opened.ok) {
    output.failure(opened.failure)
    return exitCodeOf(opened.failure.code)
  }
  const { caller, app, close } = opened.value
  const interrupt = new AbortController()
  const stopListening = io.onInterrupt(() => interrupt.abort())
  try {
    const preferences = await caller.call('preferences.get', {})
    if (preferences.ok && preferences.value.language !== null) language = preferences.value.language
    const words = terminalWords[language]
    if (app === null) output.note(words.handedOver)
    else await tellNotices(caller, output)
    const format = createFormat(io.locale)
    const outcome = await command({ caller, io, output, words, language, format, dataFolder: options.data, interrupted: interrupt.signal })
    if (interrupt.signal.aborted) return exitCodes.interrupted
    if (outcome.ok) return outcome.value
    await tellFailure(caller, output, language, outcome.failure)
    return exitCodeOf(outcome.failure.code)
  } finally {
    stopListening()
    await (interrupt.signal.aborted && app !== null ? app.stop() : close())
  }
}

/** Such as a settings file that was set aside. */
async function tellNotices(caller: Caller, output: Output): Promise<void> {
  const info = await caller.call('app.info', {})
  if (info.ok) for (const { failure } of info.value.notices) output.failure(failure)
}
