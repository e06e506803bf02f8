/** What is said about a problem of a mail being written: the words every form uses, and a few of its own. */
import { fieldProblemWords } from '../../shared/failures/field-problems.ts'
import { useLanguage, useText } from '../text/use-text.tsx'
import type { ComposeProblem } from './compose-state.ts'

export function useProblemWords(): (problem: ComposeProblem) => string {
  const { outbox } = useText()
  const language = useLanguage()
  const own = outbox.compose.problems
  return (problem) => {
    switch (problem) {
      case 'time-missing':
      case 'time-past':
      case 'file-running':
      case 'file-failed':
        return own[problem]
      default:
        return fieldProblemWords(problem, language)
    }
  }
}
