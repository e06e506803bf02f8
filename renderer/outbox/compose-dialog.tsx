/** Stands in until the dialog is written. */
import type { AccountId } from '../../shared/model/account.ts'
import type { MessageView } from '../../shared/model/message.ts'

export function ComposeDialog(_: { readonly open: boolean; readonly onClose: () => void; readonly accountId?: AccountId; readonly replyTo?: MessageView }) {
  return null
}
