/** The batch that is shown, as a whole: how much of it is sent, and pause, continue or cancel what is not. What will happen is said before. */
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { DismissCircleRegular, PauseRegular, PlayRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { type BatchMove, batchMoveSchema } from '../../shared/model/batch.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', flexShrink: 0, columnGap: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalS, margin: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground3 },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  lines: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
})

const icons: Readonly<Record<BatchMove, React.JSX.Element>> = { pause: <PauseRegular />, continue: <PlayRegular />, cancel: <DismissCircleRegular /> }

export function BatchBar({ batchId }: { readonly batchId: string }) {
  const { outbox, sending: { wholeBatch: words, bulk } } = useText()
  const format = useFormat()
  const styles = useStyles()
  const caller = useCaller()
  const { say } = useNavigation()
  const [asked, setAsked] = useState<BatchMove | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const seen = useAnswer('batches.standing', { id: batchId }, { refreshOn: ['outbox.changed'], keepPrevious: true }).value
  if (seen === null || seen.batch.id !== batchId) return null
  const { batch, standing } = seen
  const moves = batchMoveSchema.options.filter((move) => standing[move] > 0)
  const facts = ([['sent', standing.sent], ['waiting', standing.pause], ['held', standing.continue + standing.doubted], ['underWay', standing.underWay], ['needsPerson', standing.needsPerson]] as const)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => words.facts[what](format.number(count)))
  const answer = async (confirmed: boolean) => {
    const move = asked
    setAsked(null)
    if (!confirmed || move === null) return
    const moved = await caller.call('batches.move', { id: batchId, move })
    setFailure(moved.ok ? null : moved.failure)
    if (moved.ok) say(moved.value.changed === 0 ? outbox.nothingChanged : outbox.changed(moved.value.changed))
  }
  return (
    <section className={styles.bar} aria-label={words.label}>
      <div className={styles.words}>
        <Text weight="semibold" truncate wrap={false}>{batch.name}</Text>
        <Text size={200}>{facts.join(' · ')}</Text>
      </div>
      <div className={styles.actions}>
        {moves.map((move) => <Button key={move} size="small" icon={icons[move]} onClick={() => setAsked(move)}>{bulk.button(words.actions[move], format.number(standing[move]))}</Button>)}
      </div>
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      {asked !== null && (
        <ConfirmDialog open title={bulk.title(words.actions[asked], standing[asked])} confirm={words.actions[asked]} cancel={bulk.stop} dangerous={asked === 'cancel'} onClose={(confirmed) => void answer(confirmed)}>
          <div className={styles.lines}>
            <span>{words.what[asked]}</span>
            {asked !== 'continue' && standing.underWay > 0 && <span>{words.underWay(format.number(standing.underWay))}</span>}
            {asked === 'continue' && standing.doubted > 0 && <span>{words.doubted(format.number(standing.doubted))}</span>}
          </div>
        </ConfirmDialog>
      )}
    </section>
  )
}
