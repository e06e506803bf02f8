/** What is said in the settings screen, in Dutch. */
import type { settings as english } from '../en/settings.ts'

export const settings: typeof english = {
}
