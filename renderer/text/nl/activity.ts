/** What is said in the activity screen, in Dutch. */
import type { activity as english } from '../en/activity.ts'

export const activity: typeof english = {
}
