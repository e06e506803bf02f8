/** The steps of a check, side by side of the two servers, each with its state, its time and the server's words. */
import { makeStyles, mergeClasses, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, CircleRegular, ErrorCircleFilled, SubtractCircleRegular } from '@fluentui/react-icons'
import { assertNever } from '../../shared/failures/failure.ts'
import type { CheckSide, CheckStep } from '../../shared/model/job.ts'
import { useFormat, useText } from '../text/use-text.tsx'

const useStyles = makeStyles({
  sides: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))', gap: tokens.spacingHorizontalL },
  side: {
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`, borderRadius: tokens.borderRadiusLarge, minWidth: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground1,
  },
  title: { margin: `0 0 ${tokens.spacingVerticalS}` },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalSNudge },
  step: { display: 'grid', gridTemplateColumns: '20px 1fr auto', columnGap: tokens.spacingHorizontalS, alignItems: 'start' },
  icon: { fontSize: '20px', lineHeight: 1, display: 'flex' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  faint: { color: tokens.colorNeutralForeground3 },
  words: { gridColumnStart: 2, gridColumnEnd: 4, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  time: { color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums', fontSize: tokens.fontSizeBase200, lineHeight: '20px' },
})

const sides: readonly CheckSide[] = ['incoming', 'outgoing', 'test-message']

/** `level` is that of its headings, so that a page's outline has no gap. */
export function StepList({ steps, level = 'h2' }: { readonly steps: readonly CheckStep[]; readonly level?: 'h2' | 'h3' }) {
  const { ui } = useText()
  const styles = useStyles()
  return (
    <div className={styles.sides}>
      {sides
        .map((side) => ({ side, own: steps.filter((step) => step.side === side) }))
        .filter(({ own }) => own.length > 0)
        .map(({ side, own }) => (
          <section key={side} className={styles.side}>
            <Subtitle2 as={level} block className={styles.title}>
              {ui.steps[side]}
            </Subtitle2>
            <ol className={styles.list}>
              {own.map((step) => (
                <StepLine key={step.step} step={step} />
              ))}
            </ol>
          </section>
        ))}
    </div>
  )
}

function StepLine({ step }: { readonly step: CheckStep }) {
  const { ui, mail } = useText()
  const format = useFormat()
  const styles = useStyles()
  const faint = step.state === 'waiting' || step.state === 'skipped'
  return (
    <li className={styles.step}>
      <StepIcon state={step.state} />
      <Text className={mergeClasses(faint && styles.faint)} weight={step.state === 'failed' ? 'semibold' : 'regular'}>
        {ui.steps[step.step]}
      </Text>
      <span className={styles.time}>{step.milliseconds === null ? (faint ? ui.steps[step.state] : '') : format.duration(step.milliseconds)}</span>
      {step.words !== null && <span className={styles.words}>{step.step === 'mailbox' && /^\d+$/.test(step.words) ? mail.count(format.number(Number(step.words))) : step.words}</span>}
    </li>
  )
}

function StepIcon({ state }: { readonly state: CheckStep['state'] }) {
  const { ui } = useText()
  const styles = useStyles()
  const label = ui.steps[state]
  switch (state) {
    case 'done':
      return <span className={mergeClasses(styles.icon, styles.good)}><CheckmarkCircleFilled aria-label={label} /></span>
    case 'failed':
      return <span className={mergeClasses(styles.icon, styles.bad)}><ErrorCircleFilled aria-label={label} /></span>
    case 'running':
      return <Spinner size="extra-tiny" aria-label={label} />
    case 'skipped':
      return <span className={mergeClasses(styles.icon, styles.faint)}><SubtractCircleRegular aria-hidden /></span>
    case 'waiting':
      return <span className={mergeClasses(styles.icon, styles.faint)}><CircleRegular aria-hidden /></span>
    default:
      return assertNever(state)
  }
}
