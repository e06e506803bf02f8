/** What can be done with several messages at once. */
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DeleteRegular, LockClosedRegular, LockOpenRegular, MailMultipleRegular, MailReadRegular, MailUnreadRegular } from '@fluentui/react-icons'
import type { MessageRow } from '../../shared/model/message.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

const useStyles = makeStyles({ actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: tokens.spacingHorizontalS } })

export function SeveralMessages(props: {
  readonly rows: readonly MessageRow[]
  readonly onMark: (change: { readonly seen: boolean } | { readonly private: boolean }) => void
  readonly onDelete: () => void
}) {
  const { mail } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { rows, onMark, onDelete } = props
  const anyUnread = rows.some(({ seen }) => !seen)
  const anyOpen = rows.some((row) => !row.private)
  return (
    <EmptyState
      icon={<MailMultipleRegular />}
      title={mail.several(format.number(rows.length))}
      body={mail.severalBody}
      action={
        <div className={styles.actions}>
          <Button icon={anyUnread ? <MailReadRegular /> : <MailUnreadRegular />} onClick={() => onMark({ seen: anyUnread })}>{anyUnread ? mail.markRead : mail.markUnread}</Button>
          <Button icon={anyOpen ? <LockClosedRegular /> : <LockOpenRegular />} onClick={() => onMark({ private: anyOpen })}>{anyOpen ? mail.markPrivate : mail.markNotPrivate}</Button>
          <Button icon={<DeleteRegular />} onClick={onDelete}>{mail.delete}</Button>
        </div>
      }
    />
  )
}
