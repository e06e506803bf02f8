/** What each tab of "More settings" is given: one form for all of them. */
import type { FieldProblem } from '../../../shared/model/field-problem.ts'
import type { WizardAction, WizardState } from '../wizard-state.ts'

export interface TabProps {
  readonly state: WizardState
  readonly act: (action: WizardAction) => void
  readonly problems: readonly FieldProblem[]
}
