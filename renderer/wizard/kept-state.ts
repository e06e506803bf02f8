/** The wizard's state as text, to leave and resume it (A2). Passwords are not in it; what does not parse is as if never kept. */
import { z } from 'zod'
import { accountIdSchema } from '../../shared/model/account.ts'
import { findingsSchema } from '../../shared/model/findings.ts'
import { accountFormSchema } from './account-form.ts'
import { type WizardState, wizardSteps } from './wizard-state.ts'

const keptSchema = z.object({
  version: z.literal(1),
  step: z.enum(wizardSteps),
  accountId: accountIdSchema.nullable(),
  form: accountFormSchema,
  automatic: z.boolean(),
  findings: findingsSchema.nullable(),
  chosen: z.object({ incoming: z.number().nullable(), outgoing: z.number().nullable() }),
  byHand: z.boolean(),
})
export type KeptWizard = z.infer<typeof keptSchema>

export function keptText(state: WizardState): string {
  const { step, accountId, form, automatic, findings, chosen, byHand } = state
  return JSON.stringify({ version: 1, step, accountId, form, automatic, findings, chosen, byHand } satisfies KeptWizard)
}

export function keptWizard(text: string | null): KeptWizard | null {
  if (text === null) return null
  try {
    return keptSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
