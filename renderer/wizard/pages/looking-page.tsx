/** While settings are looked up: every source with its answer (B1), and a way out. */
import { Button, ProgressBar } from '@fluentui/react-components'
import type { Job } from '../../../shared/model/job.ts'
import { useText } from '../../text/use-text.tsx'
import { PageFrame, usePageStyles } from '../page-frame.tsx'
import { SourceList } from '../source-list.tsx'
import type { WizardAction, WizardState } from '../wizard-state.ts'

export function LookingPage(props: { readonly state: WizardState; readonly job: Job | null; readonly act: (action: WizardAction) => void }) {
  const { looking } = useText().wizard
  const page = usePageStyles()
  const { state, job, act } = props
  const sources = job?.detail.kind === 'look-up' ? job.detail.findings.sources : []
  return (
    <PageFrame title={looking.title} body={looking.body(state.form.user.address)}>
      <ProgressBar aria-label={looking.title} {...(job?.progress.total ? { value: job.progress.done, max: job.progress.total } : {})} />
      <SourceList sources={sources} live />
      <div className={page.row}>
        <Button onClick={() => act({ do: 'go-by-hand' })}>{looking.byHand}</Button>
      </div>
    </PageFrame>
  )
}
