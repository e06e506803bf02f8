/** A command line that cannot be understood, in the user's language: what is wrong with it, and which help says what is possible. */
import type { Command as Declared, CommanderError, Help, Option } from 'commander'
import type { CommandLineWords, UsageProblem } from '../../../shared/words/command-line.ts'

const problemOf: Readonly<Record<string, UsageProblem>> = {
  'commander.unknownCommand': 'unknown-command',
  'commander.unknownOption': 'unknown-option',
  'commander.missingArgument': 'missing-argument',
  'commander.optionMissingArgument': 'missing-value',
  'commander.missingMandatoryOptionValue': 'missing-option',
  'commander.conflictingOption': 'conflict',
  'commander.excessArguments': 'too-many',
  'commander.invalidArgument': 'not-valid',
}

/**
 * Commander tells the kind of mistake by a code; the words it is about stand in its English sentence, in quotes. Its other codes are those of
 * this program's own sentences.
 */
export function wrongUsage({ code, message }: CommanderError, words: CommandLineWords): string {
  const [said = '', meant = ''] = message.replace(/^error: /, '').split('\n')
  const kind = problemOf[code] ?? 'other'
  if (kind === 'other') return words.problems.other([said], '')
  const quoted = [...said.matchAll(/'([^']*)'/g)].map(([, word]) => word ?? '')
  const allowed = /Allowed choices are (.*)\.$/.exec(said)?.[1]
  // “argument 'x' is invalid for argument 'id'” names the value first, “option '--limit' argument 'x'” last.
  const named = said.startsWith('command-argument') ? quoted.toReversed() : quoted
  if (kind === 'not-valid' && allowed !== undefined) return words.problems['not-a-choice'](named, allowed)
  if (kind === 'not-valid' && named[1] === '') return words.problems['missing-value'](named, '')
  return words.problems[kind](named, /Did you mean (?:one of )?(.*)\?/.exec(meant)?.[1] ?? '')
}

/** Which of the program's commands the words are about: `mailroom accounts add`. */
export function commandMeant(program: Declared, words: readonly string[]): string {
  let meant = program
  const names = [program.name()]
  for (const [at, word] of words.entries()) {
    if (word.startsWith('-') || words[at - 1] === '--data') continue
    const next = meant.commands.find((command) => command.name() === word)
    if (next === undefined) break
    meant = next
    names.push(word)
  }
  return names.join(' ')
}

/** Commander's help with its own few words in the user's language, and without defaults that are nothing. */
export function helpInWords({ headings, choices, preset }: CommandLineWords): Partial<Help> {
  const told = (description: string, all: readonly string[] | undefined, value: unknown) => {
    const shown = (typeof value === 'string' && value !== '') || typeof value === 'number' ? [preset(String(value))] : []
    const extra = [...(all === undefined ? [] : [choices(all.join(', '))]), ...shown]
    return extra.length === 0 ? description : `${description} (${extra.join('; ')})`.trim()
  }
  return {
    styleTitle: (title) => (title in headings ? headings[title as keyof typeof headings] : title),
    optionDescription: ({ description, argChoices, defaultValue }: Option) => told(description, argChoices, defaultValue),
    argumentDescription: ({ description, argChoices, defaultValue }) => told(description, argChoices, defaultValue),
  }
}
