/** The language of the command line where nobody has chosen one: the system's, if there are words for it. */
import type { Language } from '../../../shared/model/preferences.ts'
import { terminalWords } from '../../../shared/words/terminal.ts'

const languages = Object.keys(terminalWords) as readonly Language[]

export function languageOf(locale: string): Language {
  return languages.find((language) => locale.toLowerCase().startsWith(language)) ?? 'en'
}

/**
 * The locale of a process, from what POSIX asks in this order (LC_ALL, LC_MESSAGES, LANG), as BCP 47. Node's own reading
 * follows LC_ALL and LANG as well, but says `en-US` for `C` and where nothing is set.
 */
export function localeOf(environment: NodeJS.ProcessEnv): string {
  const set = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find((value) => value !== undefined && value !== '')
  const tag = (set ?? '').split(/[.@]/, 1)[0]?.replaceAll('_', '-') ?? ''
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? navigator.language
  } catch {
    // The system's. A format that is made to tell it costs 20 ms.
    return navigator.language
  }
}
