/**
 * What the command line writes. Standard output: words for a person or, with `--json`, one document or one line per event.
 * Standard error: failures and progress. A reader that went away (EPIPE) ends the writing, never the work.
 */
import { explain } from '../../../shared/failures/catalogue.ts'
import type { Failure } from '../../../shared/failures/failure.ts'
import { fieldProblemSentence } from '../../../shared/failures/field-problems.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import { certificateLines } from '../../../shared/words/certificate.ts'
import { commandLineWords } from '../../../shared/words/command-line.ts'
import { printable } from './format.ts'
import type { Io } from './io.ts'

export interface Output {
  readonly json: boolean
  /** A line for a person; nothing with `--json`. */
  line(text: string): void
  /** The one document of a command with `--json`; nothing otherwise. */
  document(value: unknown): void
  /** One event of long work with `--json`; nothing otherwise. */
  event(name: string, data: unknown): void
  /** A file's bytes. */
  bytes(piece: Uint8Array): void
  /** Replaces the line of progress, where a person is watching; elsewhere not even its words are made. */
  progress(text: () => string): void
  note(text: string): void
  failure(failure: Failure): void
  /** What the person asked for does not go together; exit code 64. */
  usage(sentence: string): void
}

/** A command line that is wrong, in the shape of a failure; `command`: whose help says what is possible. */
export function tellUsage({ errors }: Pick<Io, 'errors'>, json: boolean, language: Language, sentence: string, command: string | null): void {
  const words = commandLineWords[language]
  const remedy = command === null ? '' : words.seeHelp(command)
  const failure = { code: 'usage', title: words.title, cause: sentence, remedy, fields: [], evidence: {} }
  errors.write(`${json ? JSON.stringify({ failure }) : [sentence, remedy].filter((line) => line !== '').map(printable).join('\n')}\n`)
}

export function createOutput(io: Pick<Io, 'output' | 'errors'>, json: boolean, language: () => Language): Output {
  let progressShown = false
  const endProgress = () => {
    if (progressShown) io.errors.write('\r\u001b[K')
    progressShown = false
  }
  const out = (text: string) => {
    endProgress()
    io.output.write(`${text}\n`)
  }
  const problem = (text: string) => {
    endProgress()
    io.errors.write(`${text}\n`)
  }

  return {
    json,
    line: (text) => {
      if (!json) out(printable(text))
    },
    document: (value) => {
      if (json) out(JSON.stringify(value, null, 2))
    },
    event: (event, data) => {
      if (json) out(JSON.stringify({ event, data }))
    },
    bytes: (piece) => {
      endProgress()
      io.output.write(piece)
    },
    progress(text) {
      if (json || io.errors.isTTY !== true) return
      io.errors.write(`\r${printable(text()).slice(0, (io.errors.columns ?? 80) - 1)}\u001b[K`)
      progressShown = true
    },
    note: (text) => {
      if (!json) problem(printable(text))
    },
    usage(sentence) {
      endProgress()
      tellUsage(io, json, language(), sentence, null)
    },
    failure(failure) {
      const { title, cause, remedy } = explain(failure, language())
      const fields = (failure.evidence.fields ?? []).map((problem) => ({ ...problem, words: fieldProblemSentence(problem, language()) }))
      if (json) problem(JSON.stringify({ failure: { code: failure.code, title, cause, remedy, fields, evidence: failure.evidence } }))
      else problem([title, cause, ...certificateLines(failure, language()).map((line) => `  ${line}`), ...fields.map(({ path, words }) => `  ${path === '' ? '' : `${path}: `}${words}`), remedy].map(printable).join('\n'))
    },
  }
}
