/**
 * What a person reads about a failure: what failed, why, and what to do next, for every code in every language. The only
 * place where codes become words, together with `field-problems.ts`.
 */
import type { Language } from '../model/preferences.ts'
import type { Failure } from './failure.ts'
import type { FailureLanguage, FailureWords } from './failure-words.ts'
import { wordsEn } from './en/all.ts'
import { wordsNl } from './nl/all.ts'

/** A third language is one more folder and one more line here. */
export const failureLanguages: Readonly<Record<Language, FailureLanguage>> = { en: wordsEn, nl: wordsNl }

/** `cause` ends with the server's own words where the evidence has any: nobody needs to add them. */
export function explain(failure: Failure, language: Language): FailureWords {
  const { failures, serverSaid } = failureLanguages[language]
  const words = failures[failure.code](failure.evidence)
  const said = failure.evidence.serverWords
  return said === undefined || said === '' ? words : { ...words, cause: `${words.cause} ${serverSaid(said)}` }
}
