/** What is said beside a field whose value cannot be used. */
import type { FieldProblemCode } from '../model/field-problem.ts'
import type { Language } from '../model/preferences.ts'
import { failureLanguages } from './catalogue.ts'

export function fieldProblemWords(problem: FieldProblemCode, language: Language): string {
  return failureLanguages[language].fieldProblems[problem]
}
