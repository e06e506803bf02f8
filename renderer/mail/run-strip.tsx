/** Sending and receiving as it happens: one bar for all of it, a way to stop it, and what went wrong in words. */
import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useEffect, useReducer, useRef, useState } from 'react'
import { explain } from '../../shared/failures/catalogue.ts'
import { isOver, type Job } from '../../shared/model/job.ts'
import { useCaller, useEvent } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { dismissRun, followRun, noRuns, progressOf, type Runs } from './follow-runs.ts'
import { onlyReadAloud } from '../ui/only-read-aloud.ts'

const useStyles = makeStyles({
  progress: { flexShrink: 0, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}` },
  failures: {
    display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`,
    maxHeight: '36vh', overflowY: 'auto', flexShrink: 0,
  },
  failure: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  silent: onlyReadAloud,
})

type Change = { readonly job: Job } | { readonly dismiss: string }
const follow = (runs: Runs, change: Change) => ('job' in change ? followRun(runs, change.job) : dismissRun(runs, change.dismiss))

export function RunStrip({ nameOf }: { readonly nameOf: (accountId: string | null) => string }) {
  const { mail, ui } = useText()
  const format = useFormat()
  const caller = useCaller()
  const { go } = useNavigation()
  const styles = useStyles()
  const [runs, change] = useReducer(follow, noRuns)
  useEvent('job.changed', (job) => change({ job }))

  useEffect(() => {
    void caller.call('jobs.list', { limit: 50 }).then((outcome) => {
      if (outcome.ok) outcome.value.jobs.filter((job) => !isOver(job.state)).forEach((job) => change({ job }))
    })
  }, [caller])

  const { running, failed } = runs
  const [only] = running
  const { done, total, bytes } = progressOf(running)
  const progress = total === null ? ui.progress.soFar(format.number(done)) : ui.progress.of(format.number(done), format.number(total))
  const [first, ...more] = failed
  const again = (job: Job) => {
    if (job.accountId !== null) void caller.call(job.kind === 'fetch-mail' ? 'mail.fetch' : 'outbox.run', { accountIds: [job.accountId] })
  }

  return (
    <>
      <Ended runs={runs} />
      {only !== undefined && (
        <section className={styles.progress} aria-label={mail.run.label}>
          <ProgressLine
            label={running.length > 1 ? mail.run.several(format.number(running.length)) : only.kind === 'fetch-mail' ? mail.run.fetching(nameOf(only.accountId)) : mail.run.sending(nameOf(only.accountId))}
            done={done}
            total={total}
            figures={bytes > 0 ? mail.run.figures(progress, format.bytes(bytes)) : progress}
            onCancel={() => running.forEach(({ id }) => void caller.call('jobs.cancel', { id }))}
          />
        </section>
      )}
      {first !== undefined && first.failure !== null && (
        <section className={styles.failures} aria-label={mail.run.wentWrong} tabIndex={0}>
          <div className={styles.failure}>
            <Text weight="semibold">{nameOf(first.accountId)}</Text>
            <FailureBar failure={first.failure} onDismiss={() => change({ dismiss: first.id })} actions={<Button onClick={() => again(first)}>{ui.tryAgain}</Button>} />
            {more.length > 0 && (
              <Text size={200}>
                {mail.run.moreFailed(format.number(more.length), format.list(more.map((job) => nameOf(job.accountId))))}{' '}
                <Link inline onClick={() => go('activity')}>{mail.run.seeActivity}</Link>
              </Text>
            )}
          </div>
        </section>
      )}
    </>
  )
}

/** Read out once when the last run ends; nothing is said when the screen opens. */
function Ended({ runs }: { readonly runs: Runs }) {
  const { mail } = useText()
  const language = useLanguage()
  const format = useFormat()
  const styles = useStyles()
  const busy = useRef(false)
  const [words, setWords] = useState('')
  const isBusy = runs.running.length > 0
  useEffect(() => {
    if (busy.current && !isBusy) {
      const failure = runs.failed[0]?.failure ?? null
      const news = runs.fetched > 0 ? mail.run.newMail(format.number(runs.fetched)) : failure === null ? mail.run.nothingNew : ''
      const sent = runs.sent > 0 ? mail.run.sent(format.number(runs.sent)) : ''
      const wrong = failure === null ? '' : `${explain(failure, language).title}.`
      setWords([news, sent, wrong].filter((each) => each !== '').join(' '))
    }
    busy.current = isBusy
  }, [isBusy, runs, mail, format, language])
  return <div role="status" className={styles.silent}>{words}</div>
}
