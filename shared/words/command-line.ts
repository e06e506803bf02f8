/** The command line's frame in every language: headings of its help, and what is said about words it does not understand. */
import type { Language } from '../model/preferences.ts'

const usageProblems = ['unknown-command', 'unknown-option', 'missing-argument', 'missing-value', 'missing-option', 'conflict', 'too-many', 'not-a-choice', 'not-valid', 'other'] as const
export type UsageProblem = (typeof usageProblems)[number]

export interface CommandLineWords {
  readonly headings: Readonly<Record<'Usage:' | 'Arguments:' | 'Options:' | 'Commands:', string>>
  readonly helpCommand: string
  choices(all: string): string
  preset(value: string): string
  readonly exitCodes: string
  readonly title: string
  /** `named`: what of the command line it is about, in the order it is said; `instead`: what was probably meant, or what there is. */
  readonly problems: Readonly<Record<UsageProblem, (named: readonly string[], instead: string) => string>>
  seeHelp(command: string): string
}

const first = (named: readonly string[]) => named[0] ?? ''

export const commandLineWords: Readonly<Record<Language, CommandLineWords>> = {
  en: {
    headings: { 'Usage:': 'Usage:', 'Arguments:': 'Arguments:', 'Options:': 'Options:', 'Commands:': 'Commands:' },
    helpCommand: 'show help for a command',
    choices: (all) => `one of: ${all}`,
    preset: (value) => `otherwise: ${value}`,
    exitCodes: [
      'Exit status (sysexits.h): 0 done · 64 the command line is wrong · 65 what was given is wrong · 66 a file cannot be read ·',
      '69 a server cannot be reached or refuses · 70 a mistake in Mailroom · 74 the disk · 75 try again later · 77 the sign-in is',
      'refused · 78 something is not set up · 130 stopped with Ctrl+C',
    ].join('\n'),
    title: 'The command line is not understood',
    problems: {
      'unknown-command': (named, instead) => `There is no command “${first(named)}”.${instead === '' ? '' : ` Did you mean “${instead}”?`}`,
      'unknown-option': (named, instead) => `There is no option “${first(named)}” here.${instead === '' ? '' : ` Did you mean “${instead}”?`}`,
      'missing-argument': (named) => `<${first(named)}> is missing.`,
      'missing-value': (named) => `Something must follow “${first(named)}”.`,
      'missing-option': (named) => `“${first(named)}” must be given.`,
      conflict: (named) => `“${first(named)}” and “${named[1] ?? ''}” cannot be given together.`,
      'too-many': () => 'There are more words than this command takes. A name with spaces needs quotes around it.',
      'not-a-choice': (named, instead) => `“${named[1] ?? ''}” is not possible for “${first(named)}”. Possible are: ${instead}.`,
      'not-valid': (named) => `“${named[1] ?? ''}” is not possible for “${first(named)}”: it takes a whole number from 1.`,
      other: (named) => first(named),
    },
    seeHelp: (command) => `“${command} --help” says what is possible.`,
  },
  nl: {
    headings: { 'Usage:': 'Gebruik:', 'Arguments:': 'Wat erachter staat:', 'Options:': 'Opties:', 'Commands:': 'Opdrachten:' },
    helpCommand: 'hulp bij een opdracht tonen',
    choices: (all) => `een van: ${all}`,
    preset: (value) => `anders: ${value}`,
    exitCodes: [
      'Eindstatus (sysexits.h): 0 gedaan · 64 de opdrachtregel klopt niet · 65 wat is opgegeven klopt niet · 66 een bestand is niet',
      'te lezen · 69 een server is niet bereikbaar of weigert · 70 een fout in Mailroom · 74 de schijf · 75 later opnieuw proberen ·',
      '77 de aanmelding is geweigerd · 78 er is iets niet ingesteld · 130 gestopt met Ctrl+C',
    ].join('\n'),
    title: 'De opdrachtregel is niet te begrijpen',
    problems: {
      'unknown-command': (named, instead) => `Er is geen opdracht “${first(named)}”.${instead === '' ? '' : ` Bedoelt u “${instead}”?`}`,
      'unknown-option': (named, instead) => `Er is hier geen optie “${first(named)}”.${instead === '' ? '' : ` Bedoelt u “${instead}”?`}`,
      'missing-argument': (named) => `<${first(named)}> ontbreekt.`,
      'missing-value': (named) => `Achter “${first(named)}” moet iets staan.`,
      'missing-option': (named) => `“${first(named)}” moet worden opgegeven.`,
      conflict: (named) => `“${first(named)}” en “${named[1] ?? ''}” gaan niet samen.`,
      'too-many': () => 'Er staan meer woorden dan deze opdracht aanneemt. Om een naam met spaties horen aanhalingstekens.',
      'not-a-choice': (named, instead) => `“${named[1] ?? ''}” kan niet bij “${first(named)}”. Mogelijk zijn: ${instead}.`,
      'not-valid': (named) => `“${named[1] ?? ''}” kan niet bij “${first(named)}”: daar hoort een heel getal vanaf 1.`,
      other: (named) => first(named),
    },
    seeHelp: (command) => `“${command} --help” zegt wat mogelijk is.`,
  },
}
