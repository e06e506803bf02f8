/**
 * The shape of a language's words for failures: one folder per language, in it one file per topic, each a record over all
 * codes of its topic, so that a code without words is a type error in both languages. Words are functions of the evidence, so that a sentence never has a hole where a name is missing.
 */
import type { FieldProblem, FieldProblemCode } from '../model/field-problem.ts'
import type { Evidence, FailureCode } from './failure.ts'

export interface FailureWords {
  /** What failed, as a heading; no full stop. */
  readonly title: string
  /** Why, as far as it is known, with the server's own words where there are any. */
  readonly cause: string
  /** What to do next. */
  readonly remedy: string
}

/** The words for all codes that begin with one of these: what a topic's file holds, in each language the same. */
export type WordsAbout<Topic extends string> = Readonly<Record<Extract<FailureCode, `${Topic}.${string}`>, (about: Evidence) => FailureWords>>

export interface FailureLanguage {
  readonly failures: WordsAbout<string>
  readonly fieldProblems: Readonly<Record<FieldProblemCode, string>>
  /** What a field of a file may be. */
  readonly allowed: {
    choices(all: string): string
    least(bound: number): string
    most(bound: number): string
    readonly confirm: string
    readonly kinds: Readonly<Record<NonNullable<FieldProblem['kind']>, string>>
  }
  /** Introduces what the server itself answered. */
  serverSaid(words: string): string
}

/** `host, port 993`, or whatever of it is known. */
export function placeOf({ host, port }: Evidence, portWord: string, unknown: string): string {
  if (host === undefined) return unknown
  return port === undefined ? host : `${host} (${portWord} ${port})`
}

export function named(before: string, name: string | undefined, otherwise: string): string {
  return name === undefined || name === '' ? otherwise : `${before}“${name}”`
}
