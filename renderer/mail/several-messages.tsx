/** What can be done with several messages at once. */
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DeleteRegular, FlagOffRegular, FlagRegular, LockClosedRegular, LockOpenRegular, MailMultipleRegular, MailReadRegular, MailUnreadRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { MessageRow } from '../../shared/model/message.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import type { Mark } from './use-message-actions.ts'

const useStyles = makeStyles({ actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: tokens.spacingHorizontalS } })

export function SeveralMessages(props: {
  readonly rows: readonly MessageRow[]
  readonly onMark: (change: Mark) => void
  readonly onDelete: () => void
  /** The menu of folders they can be moved to. */
  readonly move: ReactNode
}) {
  const { mail } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { rows, onMark, onDelete } = props
  const anyUnread = rows.some(({ seen }) => !seen)
  const anyPlain = rows.some(({ flagged }) => !flagged)
  const anyOpen = rows.some((row) => !row.private)
  return (
    <EmptyState
      icon={<MailMultipleRegular />}
      title={mail.several(format.number(rows.length))}
      body={mail.severalBody}
      action={
        <div className={styles.actions}>
          <Button icon={anyUnread ? <MailReadRegular /> : <MailUnreadRegular />} onClick={() => onMark({ seen: anyUnread })}>{anyUnread ? mail.markRead : mail.markUnread}</Button>
          <Button icon={anyPlain ? <FlagRegular /> : <FlagOffRegular />} onClick={() => onMark({ flagged: anyPlain })}>{anyPlain ? mail.flag : mail.unflag}</Button>
          <Button icon={anyOpen ? <LockClosedRegular /> : <LockOpenRegular />} onClick={() => onMark({ private: anyOpen })}>{anyOpen ? mail.markPrivate : mail.markNotPrivate}</Button>
          <Button icon={<DeleteRegular />} onClick={onDelete}>{mail.delete}</Button>
          {props.move}
        </div>
      }
    />
  )
}
