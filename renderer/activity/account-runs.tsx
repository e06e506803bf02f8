/** Receiving, one row per account: what it is doing, how the last run went, when the next one comes, and its mail of two weeks. */
import { Button, Card, makeStyles, mergeClasses, ProgressBar, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular, DismissRegular } from '@fluentui/react-icons'
import { useId } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import { explain } from '../../shared/failures/catalogue.ts'
import { isOver, type DayOfAccount, type Job } from '../../shared/model/job.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { runningFigures } from './job-words.ts'
import { mailByDay } from './mail-by-day.ts'
import { paceOf, type Paces } from './run-pace.ts'

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalS, padding: tokens.spacingHorizontalL, flexShrink: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { margin: 0, flexGrow: 1 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'grid', gridTemplateColumns: 'minmax(110px, 1fr) minmax(0, 2.2fr) 92px 104px', columnGap: tokens.spacingHorizontalL, alignItems: 'center',
    minHeight: '48px', padding: `${tokens.spacingVerticalXS} 0`, borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  who: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  state: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground3 },
  figures: { fontVariantNumeric: 'tabular-nums' },
  spark: { display: 'block', width: '92px', height: '28px', forcedColorAdjust: 'none' },
  bar: { fill: tokens.colorBrandBackground },
  none: { fill: tokens.colorNeutralStroke2 },
  button: { justifySelf: 'end' },
})

const daysShown = 14

interface Shown {
  readonly jobs: readonly Job[]
  readonly paces: Paces
  readonly history: readonly DayOfAccount[]
  readonly now: Date
  readonly onReceive: (accountIds: readonly string[] | null) => void
  readonly onStop: (jobs: readonly Job[]) => void
}

export function AccountRuns({ overviews, ...shown }: Shown & { readonly overviews: readonly AccountOverview[] }) {
  const { activity } = useText()
  const styles = useStyles()
  const receiving = overviews.filter(({ account }) => account.incoming !== null)
  const busy = shown.jobs.filter((job) => job.kind === 'fetch-mail' && !isOver(job.state))
  if (receiving.length === 0) return null
  return (
    <Card className={styles.card} appearance="outline" role="region" aria-label={activity.receiving.title}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>{activity.receiving.title}</Subtitle2>
        {busy.length > 0 && <Button appearance="subtle" icon={<DismissRegular />} onClick={() => shown.onStop(busy)}>{activity.receiving.stopAll}</Button>}
        <Button appearance="primary" icon={<ArrowSyncRegular />} onClick={() => shown.onReceive(null)}>{activity.receiving.all}</Button>
      </div>
      <ul className={styles.list}>
        {receiving.map((overview) => <AccountRun key={overview.account.id} overview={overview} {...shown} />)}
      </ul>
    </Card>
  )
}

function AccountRun({ overview, jobs, paces, history, now, onReceive, onStop }: Shown & { readonly overview: AccountOverview }) {
  const { activity } = useText()
  const format = useFormat()
  const styles = useStyles()
  const label = useId()
  const { account } = overview
  const open = jobs.filter((job) => job.kind === 'fetch-mail' && job.accountId === account.id && !isOver(job.state))
  const running = open.find(({ state }) => state === 'running') ?? open[0]
  const counts = mailByDay(history, now, daysShown, account.id).map(({ fetched }) => fetched)
  const sum = counts.reduce((total, count) => total + count, 0)
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <Text id={label} weight="semibold" truncate wrap={false}>{account.name}</Text>
        <Text size={200} className={styles.quiet} truncate wrap={false} title={account.user.address}>{account.user.address}</Text>
      </span>
      {running === undefined ? <Resting overview={overview} now={now} /> : <Busy job={running} follows={open.length > 1} labelledBy={label} paces={paces} />}
      <Spark counts={counts} label={activity.receiving.spark(format.number(sum), format.number(daysShown))} />
      {running === undefined
        ? <Button className={styles.button} size="small" icon={<ArrowSyncRegular />} aria-label={activity.receiving.oneLabel(account.name)} onClick={() => onReceive([account.id])}>{activity.receiving.one}</Button>
        : <Button className={styles.button} size="small" icon={<DismissRegular />} aria-label={activity.cancel(activity.jobTitle['fetch-mail'](account.name))} onClick={() => onStop(open)}>{activity.receiving.stop}</Button>}
    </li>
  )
}

function Busy({ job, follows, labelledBy, paces }: { readonly job: Job; readonly follows: boolean; readonly labelledBy: string; readonly paces: Paces }) {
  const { activity, ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { done, total } = job.progress
  const known = job.state === 'running' && total !== null && total > 0
  const figures = runningFigures(job, paceOf(paces, job), activity, ui, format)
  return (
    <span className={styles.state}>
      <ProgressBar aria-labelledby={labelledBy} thickness="large" {...(known ? { value: done, max: total } : {})} />
      <Text size={200} className={mergeClasses(styles.quiet, styles.figures)}>{[...figures, ...(follows ? [activity.receiving.follows] : [])].join(' · ')}</Text>
    </span>
  )
}

function Resting({ overview: { lastFetch, nextFetchAt, paused }, now }: { readonly overview: AccountOverview; readonly now: Date }) {
  const { activity } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const { receiving } = activity
  const problem = paused ?? lastFetch?.failure ?? null
  const next = paused !== null ? receiving.paused : nextFetchAt === null ? receiving.onRequest : receiving.next(format.shortTime(nextFetchAt, now))
  return (
    <span className={styles.state}>
      {problem === null
        ? <Text size={200}>{lastFetch === null ? receiving.never : receiving.last(format.relative(lastFetch.at, now))}</Text>
        : <Text size={200} className={styles.failed} weight="semibold">{explain(problem, language).title}</Text>}
      <Text size={200} className={styles.quiet}>{[...(problem === null || lastFetch === null ? [] : [receiving.last(format.relative(lastFetch.at, now))]), next].join(' · ')}</Text>
    </span>
  )
}

/** One bar a day; the tallest fills the height, so that each account's own rhythm is seen. */
function Spark({ counts, label }: { readonly counts: readonly number[]; readonly label: string }) {
  const styles = useStyles()
  const most = Math.max(1, ...counts)
  const step = 100 / counts.length
  return (
    <svg className={styles.spark} viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      {counts.map((count, index) => {
        const height = count === 0 ? 1.5 : Math.max(3, (count / most) * 30)
        return <rect key={index} className={count === 0 ? styles.none : styles.bar} x={index * step} y={30 - height} width={step * 0.72} height={height} />
      })}
    </svg>
  )
}
