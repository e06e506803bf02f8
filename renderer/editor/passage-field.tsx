/** Words for under a mail: a signature, a footer. Plain until somebody formats them; then they are kept as text and as HTML. */
import { fieldProblemWords } from '../../shared/failures/field-problems.ts'
import type { FieldProblemCode } from '../../shared/model/field-problem.ts'
import type { Passage } from '../../shared/model/levels.ts'
import { useLanguage } from '../text/use-text.tsx'
import { WordsField } from './words-field.tsx'

export function PassageField(props: {
  readonly label: string
  readonly hint?: string
  readonly value: Passage
  readonly onChange: (value: Passage) => void
  readonly problems?: { readonly text: FieldProblemCode | null; readonly html: FieldProblemCode | null }
}) {
  const language = useLanguage()
  const { label, hint, value, onChange, problems } = props
  const problem = problems?.text ?? problems?.html ?? null
  return (
    <WordsField
      label={label}
      hint={hint}
      rows={3}
      value={{ text: value.text, html: value.html === '' ? null : value.html }}
      onChange={({ text, html }) => onChange({ text, html: html ?? '' })}
      problem={problem === null ? null : fieldProblemWords(problem, language)}
    />
  )
}
