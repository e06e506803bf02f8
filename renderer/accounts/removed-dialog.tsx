/** The ledger of an account's server: which copies went because Mailroom asked for it, when, why, all confirmed by the server (C2). */
import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Account } from '../../shared/model/account.ts'
import type { RemovedCopy } from '../../shared/model/removal.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { CopiesDialog, CopiesTable, CopyRow } from './copies-dialog.tsx'

const useStyles = makeStyles({
  foot: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
})

const atFirst = 100
const atMost = 500
const dayInMilliseconds = 24 * 60 * 60 * 1000

export function RemovedDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const { accounts: { removed: words }, ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const [limit, setLimit] = useState(atFirst)
  const answer = useAnswer('mail.removals', { accountId: account.id, limit }, { refreshOn: ['mail.changed'], keepPrevious: true })
  const { removals = [], total = 0 } = answer.value ?? {}

  return (
    <CopiesDialog asks={false} title={words.title(account.name)} onClose={onClose} actions={<Button appearance="primary" onClick={onClose}>{words.close}</Button>}>
      {answer.failure !== null && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
      {answer.state === 'loading' && <Spinner label={ui.loading} />}
      {answer.state === 'ready' && total === 0 && <EmptyState icon={<CheckmarkCircleRegular />} title={words.empty} body={words.emptyBody} />}
      {total > 0 && (
        <>
          <Text>{words.explain}</Text>
          <CopiesTable label={words.list} columns={words.columns}>
            {removals.map((copy, index) => <Row key={index} copy={copy} />)}
          </CopiesTable>
          <div className={styles.foot}>
            <Text role="status" weight="semibold">{removals.length < total ? words.last(format.number(removals.length), format.number(total)) : words.all(total, format.number(total))}</Text>
            {removals.length < total && limit < atMost && <Button size="small" onClick={() => setLimit(atMost)}>{words.more}</Button>}
          </div>
        </>
      )}
    </CopiesDialog>
  )
}

function Row({ copy: { from, subject, storedAt, removedAt, deletedHere } }: { readonly copy: RemovedCopy }) {
  const { removed: words } = useText().accounts
  const format = useFormat()
  const days = Math.floor((Date.parse(removedAt) - Date.parse(storedAt)) / dayInMilliseconds)
  const why = deletedHere ? words.deletedHere : days < 1 ? words.atOnce : words.afterDays(days, format.number(days))
  return <CopyRow from={from} subject={subject} why={why} when={format.day(removedAt)} whenExactly={format.fullDate(removedAt)} />
}
