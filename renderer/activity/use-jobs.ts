/** The latest jobs and their pace, kept up to date by events. A job that is over never runs again, whatever comes late. */
import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { Job } from '../../shared/model/job.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { withJob } from './job-list.ts'
import { withSample, type Paces } from './run-pace.ts'

export interface LiveJobs {
  /** null = not known yet. */
  readonly jobs: readonly Job[] | null
  readonly paces: Paces
  readonly failure: Failure | null
  refresh(): void
}

const mostJobs = 500

/** `quiet`: also runs that went well and had nothing to do. */
export function useJobs(quiet: boolean): LiveJobs {
  const caller = useCaller()
  const [jobs, setJobs] = useState<readonly Job[] | null>(null)
  const [paces, setPaces] = useState<Paces>(new Map())
  const [failure, setFailure] = useState<Failure | null>(null)

  const refresh = useCallback(() => {
    void caller.call('jobs.list', { limit: mostJobs, news: !quiet }).then((outcome) => {
      setFailure(outcome.ok ? null : outcome.failure)
      // What events told meanwhile is newer than the answer.
      if (outcome.ok) setJobs((known) => (known ?? []).reduce(withJob, outcome.value.jobs))
    })
  }, [caller, quiet])

  useEffect(() => {
    const stop = caller.on('job.changed', (job) => {
      setJobs((known) => withJob(known ?? [], job))
      setPaces((known) => withSample(known, job, performance.now()))
    })
    refresh()
    return stop
  }, [caller, refresh])

  return { jobs, paces, failure, refresh }
}
