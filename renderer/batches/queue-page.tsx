/** All mails on their way into the outbox, and what came of it: all of them, or none. */
import { Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular } from '@fluentui/react-icons'
import { useFormat, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { PageFrame } from '../wizard/page-frame.tsx'
import { timeOf } from './batch-state.ts'
import type { Batch } from './use-batch.ts'

export function QueuePage({ batch, running }: { readonly batch: Batch; readonly running: boolean }) {
  const { batches: { queue: words } } = useText()
  const format = useFormat()
  const { state, job } = batch
  if (running) {
    return (
      <PageFrame title={words.title} body={words.cancelHint}>
        <ProgressLine label={words.working} done={job?.progress.done ?? 0} total={job?.progress.total ?? state.table?.rows ?? null} onCancel={batch.cancel} />
      </PageFrame>
    )
  }
  const later = timeOf(state.later)
  // Each end is a page of its own: its heading takes the focus, which was on the button that stops the work, and is read out.
  if (job?.state === 'done') {
    return (
      <PageFrame key="done" title={words.doneTitle(format.number(job.progress.done))} body={later === null ? words.doneBody : words.doneLater(format.fullDate(later))}>
        <CheckmarkCircleRegular aria-hidden fontSize={64} color={tokens.colorStatusSuccessForeground1} />
      </PageFrame>
    )
  }
  return (
    <PageFrame key="failed" title={words.failedTitle}>
      {job?.failure !== null && job?.failure !== undefined ? <FailureBar failure={job.failure} /> : <Text>{words.cancelHint}</Text>}
    </PageFrame>
  )
}
