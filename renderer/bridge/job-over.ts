/** Waits until a job is over, however it ends; one that nobody knows is. */
import type { Caller } from '../../shared/contract/caller.ts'
import { isOver, type JobId } from '../../shared/model/job.ts'

export function jobOver(caller: Caller, id: JobId): Promise<void> {
  return new Promise((resolve) => {
    const stop = caller.on('job.changed', (job) => {
      if (job.id === id && isOver(job.state)) end()
    })
    const end = () => {
      stop()
      resolve()
    }
    // It may have ended before anybody listened.
    void caller.call('jobs.get', { id }).then((job) => {
      if (!job.ok || isOver(job.value.state)) end()
    })
  })
}
