/** Asks before messages are deleted, and says for each account what becomes of the copy on its server. */
import { tokens } from '@fluentui/react-components'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import { assertNever } from '../../shared/failures/failure.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { serverCopyAfterDelete } from './server-copies.ts'

export function DeleteDialog(props: { readonly count: number; readonly accounts: readonly AccountOverview[]; readonly onClose: (confirmed: boolean) => void }) {
  const { mail } = useText()
  const format = useFormat()
  const { count, accounts, onClose } = props

  const sentence = ({ account: { name, delivery }, unconfirmedRemovals }: AccountOverview) => {
    const copy = serverCopyAfterDelete(delivery, unconfirmedRemovals !== null)
    switch (copy.is) {
      case 'kept':
        return mail.remove.serverKeeps(name)
      case 'waits':
        return mail.remove.serverWaits(name)
      case 'removed':
        return mail.remove.serverRemoves(name)
      case 'kept-for-days':
        return mail.remove.serverDays(name, format.number(copy.days))
      case 'gone':
        return mail.remove.serverGone(name)
      default:
        return assertNever(copy)
    }
  }

  return (
    <ConfirmDialog open={count > 0} title={mail.remove.title(count)} confirm={mail.remove.confirm} dangerous onClose={onClose}>
      <div style={{ display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS }}>
        <span>{count === 1 ? mail.remove.here : mail.remove.hereSeveral}</span>
        {accounts.map((overview) => (
          <span key={overview.account.id}>{sentence(overview)}</span>
        ))}
      </div>
    </ConfirmDialog>
  )
}
