/**
 * Lets what was fetched become findable: an `index` job after every fetch that left something to take in, after the doctor, when the
 * index is found damaged, and at the start for what an earlier run left. Never while one runs: that one takes in what came
 * meanwhile, or the next follows it.
 */
import { isOver } from '../../shared/model/job.ts'
import type { MailStore } from '../mail/mail-store.ts'
import type { JobEngine, Work } from './job-engine.ts'

export interface KeepIndexedParts {
  readonly jobs: Pick<JobEngine, 'start' | 'finished' | 'onChange'>
  readonly mail: Pick<MailStore, 'hasUnindexed' | 'onIndexDamaged'>
  readonly index: () => Work<'index'>
}

/** Answers with a function that starts no more of them. */
export function keepIndexed({ jobs, mail, index }: KeepIndexedParts): () => void {
  let running = false

  function indexWhenNeeded(cause: 'start' | 'schedule'): void {
    if (running || !mail.hasUnindexed()) return
    running = true
    void jobs.finished(jobs.start(index(), cause)).then((job) => {
      running = false
      // Whoever stopped it does not want it to begin again at once; nor does what failed go better the next moment.
      if (job.state === 'done' && !stopped) indexWhenNeeded('schedule')
    })
  }

  let stopped = false
  const stopListening = jobs.onChange((job) => {
    if ((job.kind === 'fetch-mail' || job.kind === 'doctor') && isOver(job.state)) indexWhenNeeded('schedule')
  })
  // Found by somebody who searches: they get their answer first.
  const stopWatching = mail.onIndexDamaged(() => setImmediate(() => !stopped && indexWhenNeeded('schedule')))
  indexWhenNeeded('start')
  return () => {
    stopped = true
    stopListening()
    stopWatching()
  }
}
