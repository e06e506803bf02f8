/** One job in the list: running ones with a bar and a way to stop them, ended ones with their figures; details on demand. */
import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import {
  ArrowDownloadRegular, CheckmarkCircleFilled, ChevronDownRegular, ChevronRightRegular, ClockRegular, DismissCircleRegular, DocumentMultipleRegular, DocumentSearchRegular, PersonKeyRegular, ErrorCircleFilled, SearchRegular, SendRegular, ShieldCheckmarkRegular, StethoscopeRegular, WarningFilled,
} from '@fluentui/react-icons'
import { type ReactElement, useId, useState } from 'react'
import { durationOf, isOver, type Job, type JobKind } from '../../shared/model/job.ts'
import { explain } from '../../shared/failures/catalogue.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { JobDetails } from './job-details.tsx'
import { troubleOf } from './job-list.ts'
import { jobFigures, jobTitle, runningFigures } from './job-words.ts'
import { paceOf, type Paces } from './run-pace.ts'

const useStyles = makeStyles({
  item: { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  running: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, marginBottom: tokens.spacingVerticalS },
  head: {
    display: 'grid', gridTemplateColumns: '20px 20px minmax(0, 1fr) auto', columnGap: tokens.spacingHorizontalM, alignItems: 'center', width: '100%', padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`, border: 'none',
    backgroundColor: 'transparent', color: tokens.colorNeutralForeground1, fontFamily: tokens.fontFamilyBase, fontSize: tokens.fontSizeBase300, textAlign: 'start', cursor: 'pointer', borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  icon: { fontSize: '20px', lineHeight: 1, display: 'flex', color: tokens.colorNeutralForeground2 },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  when: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end' },
  quiet: { color: tokens.colorNeutralForeground2 },
  done: { color: tokens.colorStatusSuccessForeground3 },
  failed: { color: tokens.colorStatusDangerForeground3 },
  doubtful: { color: tokens.colorStatusWarningForeground2 },
  details: { padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalL} 72px` },
})

const kindIcons: Readonly<Record<JobKind, ReactElement>> = {
  'fetch-mail': <ArrowDownloadRegular />,
  'send-mail': <SendRegular />,
  'check-account': <ShieldCheckmarkRegular />,
  'look-up': <SearchRegular />,
  index: <DocumentSearchRegular />,
  doctor: <StethoscopeRegular />,
  batch: <DocumentMultipleRegular />,
  'sign-in': <PersonKeyRegular />,
}

export function RunningJob({ job, account, paces, onCancel }: { readonly job: Job; readonly account: string; readonly paces: Paces; readonly onCancel: () => void }) {
  const { activity, ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { done, total } = job.progress
  const figures = runningFigures(job, paceOf(paces, job), activity, ui, format).join(' · ')
  return (
    <li className={styles.running}>
      <ProgressLine label={jobTitle(job, account, activity)} done={done} total={job.state === 'queued' ? null : total} figures={figures} onCancel={onCancel} />
    </li>
  )
}

export function EndedJob(props: { readonly job: Job; readonly account: string; readonly now: Date }) {
  const { activity } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const panel = useId()
  const { job, account, now } = props
  const duration = durationOf(job, now)
  const figures = [...(job.failure !== null && job.state === 'failed' ? [explain(job.failure, language).title] : []), ...jobFigures(job, activity, format), ...(duration === null ? [] : [activity.took(format.duration(duration))])]
  return (
    <li className={styles.item}>
      <button type="button" className={styles.head} aria-expanded={open} aria-controls={open ? panel : undefined} onClick={() => setOpen(!open)}>
        <span className={styles.icon} aria-hidden>{open ? <ChevronDownRegular /> : <ChevronRightRegular />}</span>
        <span className={styles.icon} aria-hidden>{kindIcons[job.kind]}</span>
        <span className={styles.words}>
          <span>{jobTitle(job, account, activity)}</span>
          <span>
            <JobState job={job} /> <Text size={200} className={styles.quiet}>{figures.join(' · ')}</Text>
          </span>
        </span>
        <span className={styles.when}>
          <Text size={200} className={styles.quiet}>{format.shortTime(job.endedAt ?? job.createdAt, now)}</Text>
          <Text size={200} className={styles.quiet}>{activity.causes[job.cause]}</Text>
        </span>
      </button>
      {open && <div id={panel} className={styles.details}><JobDetails job={job} now={now} /></div>}
    </li>
  )
}

function JobState({ job }: { readonly job: Job }) {
  const { activity } = useText()
  const styles = useStyles()
  const trouble = isOver(job.state) && job.state === 'done' && troubleOf(job) > 0
  const tone = job.state === 'failed' ? styles.failed : trouble ? styles.doubtful : job.state === 'done' ? styles.done : styles.quiet
  const icon = job.state === 'failed' ? <ErrorCircleFilled /> : trouble ? <WarningFilled /> : job.state === 'done' ? <CheckmarkCircleFilled /> : job.state === 'cancelled' ? <DismissCircleRegular /> : <ClockRegular />
  return (
    <Text size={200} weight="semibold" className={mergeClasses(tone)} style={{ display: 'inline-flex', alignItems: 'center', gap: '4px', verticalAlign: 'bottom' }}>
      <span aria-hidden style={{ display: 'flex' }}>{icon}</span>
      {activity.states[job.state]}
    </Text>
  )
}
