/** Mails wait because this data folder is a copy of another one: only a person knows whether it was moved. Asked before it is believed. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}` },
  body: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
})

export function CopiedFolderBar() {
  const { outbox, sending: { copied: words, bulk } } = useText()
  const format = useFormat()
  const styles = useStyles()
  const caller = useCaller()
  const { say } = useNavigation()
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const seen = useAnswer('outbox.copiedFolder', {}, { refreshOn: ['outbox.changed'], keepPrevious: true }).value?.copied ?? null
  if (seen === null) return null
  const mails = format.number(seen.mails)
  const place = [seen.path, seen.host === null ? null : `(${seen.host})`].filter((part) => part !== null).join(' ')
  const answer = async (confirmed: boolean) => {
    setAsking(false)
    if (!confirmed) return
    const moved = await caller.call('outbox.wasMoved', {})
    setFailure(moved.ok ? null : moved.failure)
    if (moved.ok) say(outbox.changed(moved.value.changed.length))
  }
  return (
    <section className={styles.root} aria-label={words.label}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody className={styles.body}>
          <MessageBarTitle>{words.title(mails)}</MessageBarTitle>
          {place === '' ? words.body : words.bodyFrom(place)} {words.choice}
        </MessageBarBody>
        <MessageBarActions><Button onClick={() => setAsking(true)}>{words.moved}</Button></MessageBarActions>
      </MessageBar>
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      {asking && <ConfirmDialog open title={words.askTitle} confirm={words.moved} cancel={bulk.stop} dangerous onClose={(confirmed) => void answer(confirmed)}>{words.askBody}</ConfirmDialog>}
    </section>
  )
}
