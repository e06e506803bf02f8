/**
 * The preview of what leaves an account's server: who, what, why and when (PRODUCT C2). Agreeing is to the option as it was
 * shown here; when it has changed since, it must be looked at again.
 */
import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Result } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import type { Account } from '../../shared/model/account.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import type { DueRemoval } from '../../shared/model/removal.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { CopiesDialog, CopiesTable, CopyRow } from './copies-dialog.tsx'
import { removalSentence } from './removal-sentence.ts'

const useStyles = makeStyles({
  why: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export function RemovalsDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const { accounts: { removals: words }, ui } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const [failure, setFailure] = useState<Failure | null>(null)
  const answer = useAnswer('mail.previewRemovals', { accountId: account.id }, { refreshOn: ['mail.changed', 'accounts.changed'] })
  const problem = answer.failure ?? failure

  const agree = async (delivery: Account['delivery']) => {
    const agreed = await caller.call('mail.confirmRemovals', { accountId: account.id, delivery })
    if (!agreed.ok) return setFailure(agreed.failure)
    say(words.agreed(account.name))
    onClose()
  }
  const takeBack = async (id: MessageKey) => {
    const outcome = await caller.call('mail.undoDelete', { ids: [id] })
    if (!outcome.ok) return setFailure(outcome.failure)
    const { undone, again } = outcome.value
    say(undone.length === 0 ? words.tooLate : again.length === 0 ? words.back : words.takenBack)
  }
  return (
    <CopiesDialog
      asks
      title={words.title(account.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.notNow}</Button>
          <Button appearance="primary" disabled={answer.value === null} onClick={() => answer.value !== null && void agree(answer.value.delivery)}>{words.agree}</Button>
        </>
      }
    >
      {problem !== null && <FailureBar failure={problem} />}
      {answer.state === 'loading' && <Spinner label={ui.loading} />}
      {answer.value !== null && <Preview preview={answer.value} onTakeBack={(id) => void takeBack(id)} />}
    </CopiesDialog>
  )
}

function Preview({ preview, onTakeBack }: { readonly preview: Result<'mail.previewRemovals'>; readonly onTakeBack: (id: MessageKey) => void }) {
  const { removals: words } = useText().accounts
  const format = useFormat()
  const styles = useStyles()
  const { delivery, due, total, rows } = preview
  return (
    <>
      <Text>{removalSentence(delivery, words.rule, format)} {words.alsoNew}</Text>
      <Text weight="semibold">{words.counts(format.number(due), format.number(total - due))}</Text>
      {rows.length > 0 && (
        <CopiesTable label={words.list} columns={words.columns}>
          {rows.map((row, index) => <Row key={row.id ?? `row-${String(index)}`} row={row} days={format.number(delivery.removeAfterDays ?? 0)} onTakeBack={onTakeBack} />)}
        </CopiesTable>
      )}
      {rows.length < total && <Text className={styles.quiet}>{words.more(format.number(total - rows.length))}</Text>}
    </>
  )
}

function Row(props: { readonly row: DueRemoval; readonly days: string; readonly onTakeBack: (id: MessageKey) => void }) {
  const { row: { id, from, subject, reason, dueAt }, days, onTakeBack } = props
  const { removals: words } = useText().accounts
  const format = useFormat()
  const styles = useStyles()
  return (
    <CopyRow
      from={from}
      subject={subject}
      why={
        <div className={styles.why}>
          {words.reasons[reason](days)}
          {reason === 'deleted-here' && id !== null && (
            <Button size="small" aria-label={words.takeBackOf(subject)} onClick={() => onTakeBack(id)}>{words.takeBack}</Button>
          )}
        </div>
      }
      when={dueAt === null ? words.nextFetch : words.from(format.day(dueAt))}
    />
  )
}
