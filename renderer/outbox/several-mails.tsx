/** Several mails are chosen: what can be done with them, and with how many of them. */
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { LockClosedRegular, LockOpenRegular, SendRegular } from '@fluentui/react-icons'
import type { OutgoingRow } from '../../shared/model/outgoing-mail.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { actionIcons } from './action-icons.tsx'
import type { BulkAction, bulkPlan } from './mail-actions.ts'

const useStyles = makeStyles({ actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: tokens.spacingHorizontalS } })

export function SeveralMails({ mails, plan, onAction, onPrivate }: { readonly mails: readonly OutgoingRow[]; readonly plan: ReturnType<typeof bulkPlan<OutgoingRow>>; readonly onAction: (action: BulkAction) => void; readonly onPrivate: () => void }) {
  const { outbox, sending, mail: mailText } = useText()
  const format = useFormat()
  const styles = useStyles()
  const makesPrivate = mails.some((mail) => !mail.private)
  return (
    <EmptyState
      icon={<SendRegular />}
      title={outbox.several(format.number(mails.length))}
      body={sending.bulk.body}
      action={
        <div className={styles.actions}>
          {plan.map(({ action, fits }) => (
            <Button key={action} icon={actionIcons[action]} title={outbox.hints[action]} onClick={() => onAction(action)}>{sending.bulk.button(outbox.actions[action], format.number(fits.length))}</Button>
          ))}
          <Button icon={makesPrivate ? <LockClosedRegular /> : <LockOpenRegular />} title={mailText.privateHint} onClick={onPrivate}>{makesPrivate ? mailText.markPrivate : mailText.markNotPrivate}</Button>
        </div>
      }
    />
  )
}
