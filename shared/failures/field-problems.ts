/** What is said beside a field whose value cannot be used. */
import type { FieldProblem, FieldProblemCode } from '../model/field-problem.ts'
import type { Language } from '../model/preferences.ts'
import { failureLanguages } from './catalogue.ts'

export function fieldProblemWords(problem: FieldProblemCode, language: Language): string {
  return failureLanguages[language].fieldProblems[problem]
}

/** The same with what the field may be, as people write it in a file. */
export function fieldProblemSentence({ problem, choices, least, most, kind }: FieldProblem, language: Language): string {
  const { fieldProblems, allowed } = failureLanguages[language]
  const added = [
    ...(problem === 'not-a-choice' && choices !== undefined ? [allowed.choices(choices.join(', '))] : []),
    ...(problem === 'number-range' && least !== undefined ? [allowed.least(least)] : []),
    ...((problem === 'number-range' || problem === 'too-long') && most !== undefined ? [allowed.most(most)] : []),
    ...(problem === 'not-confirmed' ? [allowed.confirm] : []),
    ...(problem === 'wrong-type' && kind !== undefined ? [allowed.kinds[kind]] : []),
  ]
  return [fieldProblems[problem], ...added].join(' ')
}
