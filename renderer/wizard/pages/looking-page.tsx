/** While settings are looked up: every source with its answer (B1), and a way out. */
import { Button, makeStyles, mergeClasses, ProgressBar, Spinner, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, CircleRegular, ErrorCircleRegular, SubtractCircleRegular } from '@fluentui/react-icons'
import { assertNever } from '../../../shared/failures/failure.ts'
import type { SourceAnswer } from '../../../shared/model/findings.ts'
import type { Job } from '../../../shared/model/job.ts'
import { useFormat, useText } from '../../text/use-text.tsx'
import { PageFrame, usePageStyles } from '../page-frame.tsx'
import type { WizardAction, WizardState } from '../wizard-state.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, maxWidth: '640px' },
  source: {
    display: 'grid', gridTemplateColumns: '24px 1fr auto', columnGap: tokens.spacingHorizontalM, alignItems: 'center', padding: `${tokens.spacingVerticalMNudge} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  icon: { fontSize: '20px', lineHeight: 1, display: 'flex', color: tokens.colorNeutralForeground3 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  state: { color: tokens.colorNeutralForeground2 },
})

export function LookingPage(props: { readonly state: WizardState; readonly job: Job | null; readonly act: (action: WizardAction) => void }) {
  const { looking } = useText().wizard
  const format = useFormat()
  const styles = useStyles()
  const page = usePageStyles()
  const { state, job, act } = props
  const sources = job?.detail.kind === 'look-up' ? job.detail.findings.sources : []
  return (
    <PageFrame title={looking.title} body={looking.body(state.form.user.address)}>
      <ProgressBar aria-label={looking.title} {...(job?.progress.total ? { value: job.progress.done, max: job.progress.total } : {})} />
      <ul className={styles.list} aria-live="polite">
        {sources.map(({ source, state: answer, milliseconds }) => (
          <li key={source} className={styles.source}>
            <SourceIcon state={answer} />
            <Text>{looking.sources[source]}</Text>
            <Text size={200} className={styles.state}>
              {looking.states[answer]}
              {milliseconds !== null && ` (${format.duration(milliseconds)})`}
            </Text>
          </li>
        ))}
      </ul>
      <div className={page.row}>
        <Button onClick={() => act({ do: 'go-by-hand' })}>{looking.byHand}</Button>
      </div>
    </PageFrame>
  )
}

function SourceIcon({ state }: { readonly state: SourceAnswer['state'] }) {
  const styles = useStyles()
  switch (state) {
    case 'found':
      return <span className={mergeClasses(styles.icon, styles.good)}><CheckmarkCircleFilled aria-hidden /></span>
    case 'running':
      return <Spinner size="extra-tiny" aria-hidden />
    case 'failed':
      return <span className={styles.icon}><ErrorCircleRegular aria-hidden /></span>
    case 'nothing':
    case 'switched-off':
      return <span className={styles.icon}><SubtractCircleRegular aria-hidden /></span>
    case 'waiting':
      return <span className={styles.icon}><CircleRegular aria-hidden /></span>
    default:
      return assertNever(state)
  }
}
