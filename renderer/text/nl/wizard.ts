/** What is said in the wizard, in Dutch. */
import type { wizard as english } from '../en/wizard.ts'

export const wizard: typeof english = {
}
