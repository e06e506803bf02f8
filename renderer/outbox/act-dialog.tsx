/** Says what is going to happen, and to how many mails, before it does. */
import { makeStyles, tokens } from '@fluentui/react-components'
import type { OutgoingRow } from '../../shared/model/outgoing-mail.ts'
import { useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { BulkAction } from './mail-actions.ts'

export interface Asked {
  readonly action: BulkAction
  readonly fits: readonly OutgoingRow[]
  /** Chosen too, but not in a state for it. */
  readonly left: number
}

const useStyles = makeStyles({ lines: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } })

export function ActDialog({ asked, onClose }: { readonly asked: Asked | null; readonly onClose: (confirmed: boolean) => void }) {
  const { outbox, sending } = useText()
  const styles = useStyles()
  if (asked === null) return null
  const { action, fits, left } = asked
  const title = action === 'cancel' ? outbox.cancelTitle(fits.length) : sending.bulk.title(outbox.actions[action], fits.length)
  return (
    <ConfirmDialog open title={title} confirm={outbox.actions[action]} cancel={action === 'cancel' ? outbox.keep : sending.bulk.stop} dangerous={action === 'cancel' || action === 'resend' || action === 'was-not-sent'} onClose={onClose}>
      <div className={styles.lines}>
        <span>{action === 'cancel' ? outbox.cancelBody : sending.bulk.what[action]}</span>
        {left > 0 && <span>{sending.bulk.left(left)}</span>}
      </div>
    </ConfirmDialog>
  )
}
