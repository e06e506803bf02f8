/** What is said in the outbox screen, in Dutch. */
import type { outbox as english } from '../en/outbox.ts'

export const outbox: typeof english = {
}
