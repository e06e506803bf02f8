/** All that is known about one job: when and why it ran, its figures, its steps, and every failure in words. */
import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { durationOf, rateOf, type Job } from '../../shared/model/job.ts'
import { explain } from '../../shared/failures/catalogue.ts'
import { storeFindings } from '../../shared/model/store-findings.ts'
import { serverAdviceWords } from '../../shared/words/server-advice.ts'
import { storeFindingWords } from '../../shared/words/store-findings.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { StepList } from '../ui/step-list.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalL, rowGap: tokens.spacingVerticalXXS, margin: 0, fontSize: tokens.fontSizeBase200 },
  term: { color: tokens.colorNeutralForeground2 },
  fact: { margin: 0 },
  heading: { margin: 0 },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  cause: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, paddingBottom: tokens.spacingVerticalS, fontSize: tokens.fontSizeBase200 },
  step: { display: 'grid', gridTemplateColumns: 'minmax(160px, max-content) 90px 80px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, fontSize: tokens.fontSizeBase200 },
  quiet: { color: tokens.colorNeutralForeground2 },
  said: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
  bad: { color: tokens.colorStatusDangerForeground3 },
})

const skippedShown = 50
const fact = (name: string, value: string) => [name, value] as const

export function JobDetails({ job, now }: { readonly job: Job; readonly now: Date }) {
  const { activity } = useText()
  const format = useFormat()
  const styles = useStyles()
  const duration = durationOf(job, now)
  const { detail } = job
  const rate = rateOf(job)
  const facts: readonly (readonly [string, string])[] = [
    [activity.why, activity.causes[job.cause]],
    [activity.started, format.fullDate(job.startedAt ?? job.createdAt)],
    ...(job.endedAt === null ? [] : [fact(activity.ended, format.fullDate(job.endedAt))]),
    ...(duration === null ? [] : [fact(activity.duration, format.duration(duration))]),
    ...(detail.kind === 'fetch-mail'
      ? [
          fact(activity.fetchedTerm, format.number(detail.fetched)),
          fact(activity.knownTerm, format.number(detail.known)),
          fact(activity.bytes, format.bytes(detail.bytes)),
          ...(rate === null ? [] : [fact(activity.rateTerm, activity.rate(format.bytes(rate)))]),
          ...(detail.removed === 0 ? [] : [fact(activity.removedTerm, format.number(detail.removed))]),
        ]
      : []),
    ...(detail.kind === 'index' ? [fact(activity.indexedTerm, format.number(detail.indexed))] : []),
  ]
  return (
    <div className={styles.root}>
      {job.failure !== null && <FailureBar failure={job.failure} intent={job.state === 'cancelled' ? 'info' : 'error'} />}
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt className={styles.term}>{name}</dt>
            <dd className={styles.fact}>{value}</dd>
          </div>
        ))}
      </dl>
      {detail.kind === 'check-account' && <StepList steps={detail.steps} />}
      {detail.kind === 'fetch-mail' && detail.advice.length > 0 && <Advice advice={detail.advice} />}
      {detail.kind === 'fetch-mail' && detail.skipped.length > 0 && <Skipped skipped={detail.skipped} total={detail.skippedTotal} />}
      {detail.kind === 'index' && detail.skipped.length > 0 && <NotIndexed subjects={detail.skipped} />}
      {detail.kind === 'doctor' && <Found report={detail.report} rebuild={detail.rebuild} />}
      {detail.kind === 'look-up' && <Sources sources={detail.findings.sources} />}
    </div>
  )
}

type DetailOf<K extends Job['detail']['kind']> = Extract<Job['detail'], { kind: K }>

function Advice({ advice }: { readonly advice: DetailOf<'fetch-mail'>['advice'] }) {
  const { activity } = useText()
  const language = useLanguage()
  const styles = useStyles()
  return (
    <section aria-label={activity.adviceTitle}>
      <Subtitle2 as="h3" className={styles.heading}>{activity.adviceTitle}</Subtitle2>
      <ul className={styles.list}>
        {advice.map((one) => <li key={one.kind}><Text size={200}>{serverAdviceWords(one, language)}</Text></li>)}
      </ul>
    </section>
  )
}

/** By cause: what keeps a hundred messages on the server is said once. */
function Skipped({ skipped, total }: { readonly skipped: DetailOf<'fetch-mail'>['skipped']; readonly total: number }) {
  const { activity } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const causes = [...Map.groupBy(skipped, ({ failure }) => `${failure.code} ${failure.evidence.serverWords ?? ''}`).values()]
  return (
    <section aria-label={activity.skippedTitle}>
      <Subtitle2 as="h3" className={styles.heading}>{activity.skippedTitle}</Subtitle2>
      <ul className={styles.list}>
        {causes.map((alike) => {
          const failure = alike[0]?.failure
          if (failure === undefined) return null
          const { title, cause, remedy } = explain(failure, language)
          return (
            <li key={`${failure.code} ${failure.evidence.serverWords ?? ''}`} className={styles.cause}>
              <Text size={200} weight="semibold">{title} ({activity.skippedGroup(format.number(alike.length))})</Text>
              <Text size={200}>{cause} {remedy}</Text>
              <details>
                <summary className={styles.quiet}>{activity.skippedIds}</summary>
                <Text size={200} className={styles.said}>{alike.map(({ serverId }) => serverId).join(', ')}</Text>
              </details>
            </li>
          )
        })}
        {total > skipped.length && <li><Text size={200}>{activity.skipped(format.number(total))}</Text></li>}
      </ul>
    </section>
  )
}

function NotIndexed({ subjects }: { readonly subjects: DetailOf<'index'>['skipped'] }) {
  const { activity, mail } = useText()
  const format = useFormat()
  const styles = useStyles()
  return (
    <section aria-label={activity.notIndexedTitle}>
      <Subtitle2 as="h3" className={styles.heading}>{activity.notIndexedTitle}</Subtitle2>
      <Text as="p" size={200} block>{activity.notIndexedHelp}</Text>
      <ul className={styles.list}>
        {subjects.slice(0, skippedShown).map((subject, index) => <li key={index}><Text size={200}>{subject === '' ? mail.noSubject : subject}</Text></li>)}
        {subjects.length > skippedShown && <li><Text size={200}>{activity.notIndexed(format.number(subjects.length))}</Text></li>}
      </ul>
    </section>
  )
}

function Found({ report, rebuild }: Pick<DetailOf<'doctor'>, 'report' | 'rebuild'>) {
  const { activity } = useText()
  const format = useFormat()
  const { findings, advice } = storeFindingWords[useLanguage()]
  const styles = useStyles()
  const present = storeFindings.filter((finding) => report.found[finding] !== undefined)
  if (present.length === 0) return null
  return (
    <section aria-label={activity.doctorTitle}>
      <Subtitle2 as="h3" className={styles.heading}>{activity.doctorTitle}</Subtitle2>
      <ul className={styles.list}>
        {present.map((finding) => (
          <li key={finding}>
            <Text size={200}>{findings[finding]}: {format.number(report.found[finding] ?? 0)}. {advice[finding]?.[rebuild ? 'rebuilt' : 'found']}</Text>
            {report.named.filter((named) => named.finding === finding).map(({ file }) => <div key={file} className={styles.said}>{file}</div>)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sources({ sources }: { readonly sources: DetailOf<'look-up'>['findings']['sources'] }) {
  const { activity, wizard } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  return (
    <section aria-label={activity.sourcesTitle}>
      <Subtitle2 as="h3" className={styles.heading}>{activity.sourcesTitle}</Subtitle2>
      <ul className={styles.list}>
        {sources.map(({ source, state, milliseconds, failure }) => (
          <li key={source} className={styles.step}>
            <span>{wizard.looking.sources[source]}</span>
            <span className={state === 'failed' ? styles.bad : styles.quiet}>{wizard.looking.states[state]}</span>
            <span className={styles.quiet}>{milliseconds === null ? '' : format.duration(milliseconds)}</span>
            <span className={styles.said}>{failure === null ? '' : explain(failure, language).title}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
