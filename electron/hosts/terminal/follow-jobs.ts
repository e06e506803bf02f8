/**
 * Starts long work and stays with it until all of it is over: progress for a person, one line per event with `--json`,
 * Ctrl+C cancels what still runs and waits for its end.
 */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import { isOver, type Job, type JobId } from '../../../shared/model/job.ts'
import type { Session } from './session.ts'

/** Events tell of every change; asking now and then is for the case that the process at work has died. */
const askEvery = 1000

export async function followJobs(
  session: Session,
  start: () => Promise<Outcome<readonly JobId[]>>,
  onChange: (job: Job) => void = () => undefined,
): Promise<Outcome<readonly Job[]>> {
  const { caller, output, interrupted } = session
  const seen = new Map<JobId, Job>()
  let ids: readonly JobId[] | null = null
  let wakeUp = () => {}

  const note = (job: Job) => {
    const before = seen.get(job.id)
    if (before !== undefined && isOver(before.state)) return
    seen.set(job.id, job)
    if (ids?.includes(job.id) === true) tell(job)
    wakeUp()
  }
  const tell = (job: Job) => {
    output.event('job.changed', job)
    onChange(job)
  }
  const open = () => (ids ?? []).filter((id) => !isOver(seen.get(id)?.state ?? 'queued'))

  const stopListening = caller.on('job.changed', note)
  const cancel = () => {
    output.note(session.words.cancelling)
    for (const id of open()) void caller.call('jobs.cancel', { id }).then((outcome) => outcome.ok && note(outcome.value))
  }
  try {
    const started = await start()
    if (!started.ok) return started
    ids = started.value
    for (const id of ids) {
      const early = seen.get(id)
      if (early !== undefined) tell(early)
    }
    if (interrupted.aborted) cancel()
    else interrupted.addEventListener('abort', cancel, { once: true })
    while (open().length > 0) {
      const told = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), askEvery)
        wakeUp = () => {
          clearTimeout(timer)
          resolve(true)
        }
      })
      for (const id of told ? [] : open()) {
        const asked = await caller.call('jobs.get', { id })
        if (!asked.ok) return asked
        if (isOver(asked.value.state)) note(asked.value)
      }
    }
    return done(ids.flatMap((id) => seen.get(id) ?? []))
  } finally {
    stopListening()
    interrupted.removeEventListener('abort', cancel)
  }
}

/** How a run ended: the first failure decides, whatever else went well. */
export function failureAmong(jobs: readonly Job[]): Outcome<void> {
  for (const { failure } of jobs) if (failure !== null) return { ok: false, failure }
  return done(undefined)
}
