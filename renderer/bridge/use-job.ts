/** One job as it runs: asked once, then followed by its events. Null until it is known, and for no id. */
import { useEffect, useState } from 'react'
import { isOver, type Job, type JobId } from '../../shared/model/job.ts'
import { useCaller } from './use-caller.tsx'

export function useJob(jobId: JobId | null): Job | null {
  const caller = useCaller()
  const [job, setJob] = useState<Job | null>(null)

  useEffect(() => {
    if (jobId === null) return
    let shown = true
    // The answer may be older than an event that overtook it: an ended job never runs again.
    const take = (next: Job) => {
      if (shown) setJob((last) => (last?.id === next.id && isOver(last.state) && !isOver(next.state) ? last : next))
    }
    const stop = caller.on('job.changed', (next) => next.id === jobId && take(next))
    void caller.call('jobs.get', { id: jobId }).then((outcome) => outcome.ok && take(outcome.value))
    return () => {
      shown = false
      stop()
    }
  }, [caller, jobId])

  return job?.id === jobId ? job : null
}
