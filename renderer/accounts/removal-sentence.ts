/** What an account's delivery option does to the copies on its server, in one plain sentence (PRODUCT C2). */
import type { Delivery } from '../../shared/model/account.ts'
import type { Formats } from '../text/format.ts'
import type { useText } from '../text/use-text.tsx'

export function removalSentence({ leaveCopy, removeAfterDays, removeWhenDeleted }: Delivery, words: ReturnType<typeof useText>['accounts']['removals']['rule'], format: Formats): string {
  if (!leaveCopy) return words.notLeft
  // Being typed.
  const days = removeAfterDays === null || Number.isNaN(removeAfterDays) ? null : format.number(removeAfterDays)
  if (days === null) return removeWhenDeleted ? words.whenDeleted : words.nothing
  return removeWhenDeleted ? words.either(days) : words.afterDays(days)
}
