/** The latest jobs, kept up to date by their events. A job that is over never runs again, whatever comes late. */
import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { Job } from '../../shared/model/job.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { withJob } from './job-list.ts'

export interface LiveJobs {
  /** null = not known yet. */
  readonly jobs: readonly Job[] | null
  readonly failure: Failure | null
  refresh(): void
}

export const mostJobs = 500

export function useJobs(): LiveJobs {
  const caller = useCaller()
  const [jobs, setJobs] = useState<readonly Job[] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  const refresh = useCallback(() => {
    void caller.call('jobs.list', { limit: mostJobs }).then((outcome) => {
      setFailure(outcome.ok ? null : outcome.failure)
      // What events told meanwhile is newer than the answer.
      if (outcome.ok) setJobs((known) => (known ?? []).reduce(withJob, outcome.value.jobs))
    })
  }, [caller])

  useEffect(() => {
    const stop = caller.on('job.changed', (job) => setJobs((known) => withJob(known ?? [], job)))
    refresh()
    return stop
  }, [caller, refresh])

  return { jobs, failure, refresh }
}
