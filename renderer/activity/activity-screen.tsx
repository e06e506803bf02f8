/** What Mailroom is doing and did: running work with progress and a way to stop it, ended work with figures and failures. */
import { Button, Dropdown, makeStyles, Option, Spinner, Subtitle2, Switch, tokens } from '@fluentui/react-components'
import { FilterDismissRegular, HistoryRegular } from '@fluentui/react-icons'
import { useEffect, useMemo, useState } from 'react'
import { isOver, type DayOfAccount, type Job } from '../../shared/model/job.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller, useEvent } from '../bridge/use-caller.tsx'
import { FilterPicker } from '../list/filter-picker.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ScreenFrame } from '../ui/screen-frame.tsx'
import { AccountRuns } from './account-runs.tsx'
import { EndedJob, RunningJob } from './job-item.tsx'
import { filterJobs, groupJobs, type JobFilter, type KindFilter, noFilter } from './job-list.ts'
import { MailChart } from './mail-chart.tsx'
import { useJobs } from './use-jobs.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '1100px' },
  filters: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  kind: { minWidth: '130px', width: '190px' },
  heading: { margin: 0 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  more: { alignSelf: 'center' },
})

const kinds: readonly KindFilter[] = ['all', 'fetch-mail', 'send-mail', 'check-account', 'look-up', 'sign-in', 'batch', 'index', 'doctor']
const shownAtOnce = 60
const chartDays = 14
const noHistory: readonly DayOfAccount[] = []

export function ActivityScreen() {
  const { activity, ui } = useText()
  const format = useFormat()
  const caller = useCaller()
  const styles = useStyles()
  const [filter, setFilter] = useState<JobFilter>(noFilter)
  const { jobs, paces, failure, refresh } = useJobs(filter.quiet)
  const overviews = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed'] })
  const history = useAnswer('jobs.history', { days: chartDays })
  const [refused, setRefused] = useState<Failure | null>(null)
  useEvent('job.changed', (job) => {
    if (!isOver(job.state)) return
    overviews.refresh()
    history.refresh()
  })
  const [shown, setShown] = useState(shownAtOnce)
  const now = useMinute()
  const accounts = useMemo(() => (overviews.value?.accounts ?? []).map(({ account }) => account), [overviews.value])
  const nameOf = (id: string | null) => (id === null ? activity.newAccount : (accounts.find((account) => account.id === id)?.name ?? activity.removedAccount))
  const { running, over } = useMemo(() => groupJobs(filterJobs(jobs ?? [], filter)), [jobs, filter])
  const others = running.filter(({ kind, accountId }) => kind !== 'fetch-mail' || !accounts.some(({ id }) => id === accountId))
  const receive = (accountIds: readonly string[] | null) =>
    void caller.call('mail.fetch', { accountIds: accountIds === null ? null : [...accountIds] }).then((outcome) => setRefused(outcome.ok ? null : outcome.failure))
  const stop = (open: readonly Job[]) => open.forEach(({ id }) => void caller.call('jobs.cancel', { id }))
  const change = (part: Partial<JobFilter>) => {
    setFilter({ ...filter, ...part })
    setShown(shownAtOnce)
  }

  return (
    <ScreenFrame title={activity.title} subtitle={activity.subtitle}>
      <div className={styles.page}>
        {failure !== null && <FailureBar failure={failure} actions={<Button onClick={refresh}>{ui.tryAgain}</Button>} />}
        {refused !== null && <FailureBar failure={refused} onDismiss={() => setRefused(null)} />}
        {overviews.value !== null && <AccountRuns overviews={overviews.value.accounts} jobs={jobs ?? []} paces={paces} history={history.value?.days ?? noHistory} now={now} onReceive={receive} onStop={stop} />}
        {jobs === null && failure === null && <Spinner label={ui.loading} />}
        {jobs !== null && jobs.length === 0 && <EmptyState icon={<HistoryRegular />} title={activity.empty.title} body={activity.empty.body} />}
        {jobs !== null && jobs.length > 0 && (
          <>
            <MailChart history={history.value?.days ?? noHistory} now={now} />
            <div className={styles.filters}>
              <Dropdown
                className={styles.kind}
                aria-label={activity.kind}
                value={activity.kinds[filter.kind]}
                selectedOptions={[filter.kind]}
                onOptionSelect={(_, data) => change({ kind: kinds.find((kind) => kind === data.optionValue) ?? 'all' })}
              >
                {kinds.map((kind) => <Option key={kind} value={kind}>{activity.kinds[kind]}</Option>)}
              </Dropdown>
              <FilterPicker label={activity.account} all={activity.allAccounts} choices={accounts} chosen={filter.accountId} onChoose={(accountId) => change({ accountId })} />
              <Switch label={activity.onlyTrouble} checked={filter.onlyFailed} onChange={(_, data) => change({ onlyFailed: data.checked })} />
              <Switch label={activity.quiet} checked={filter.quiet} onChange={(_, data) => change({ quiet: data.checked })} />
            </div>
            {others.length > 0 && (
              <section className={styles.section} aria-label={activity.running}>
                <Subtitle2 as="h2" className={styles.heading}>{activity.running}</Subtitle2>
                <ul className={styles.list}>
                  {others.map((job) => <RunningJob key={job.id} job={job} account={nameOf(job.accountId)} paces={paces} onCancel={() => stop([job])} />)}
                </ul>
              </section>
            )}
            {over.length > 0 && (
              <section className={styles.section} aria-label={activity.over}>
                <Subtitle2 as="h2" className={styles.heading}>{activity.over}</Subtitle2>
                <ul className={styles.list}>
                  {over.slice(0, shown).map((job) => <EndedJob key={job.id} job={job} account={nameOf(job.accountId)} now={now} />)}
                </ul>
                {over.length > shown && <Button className={styles.more} appearance="subtle" onClick={() => setShown(shown + shownAtOnce)}>{activity.more(format.number(over.length - shown))}</Button>}
              </section>
            )}
            {running.length + over.length === 0 && (
              <EmptyState icon={<FilterDismissRegular />} title={activity.emptyFilter.title} body={activity.emptyFilter.body} action={<Button onClick={() => change(noFilter)}>{activity.emptyFilter.all}</Button>} />
            )}
          </>
        )}
      </div>
    </ScreenFrame>
  )
}

/** The time, once a minute: for the day the chart ends on. */
function useMinute(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
