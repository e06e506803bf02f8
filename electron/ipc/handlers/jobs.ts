/** `jobs.…` and `discovery.…`: long work, and the look-up of settings, which is nothing else. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

export function jobsHandlers({ jobs }: Pick<Parts, 'jobs'>): HandlersOf<'jobs'> {
  return {
    'jobs.list': ({ limit }) => done({ jobs: [...jobs.list(limit)] }),
    'jobs.get': ({ id }) => jobs.get(id),
    'jobs.cancel': ({ id }) => jobs.cancel(id),
  }
}

export function discoveryHandlers({ runs }: Pick<Parts, 'runs'>): HandlersOf<'discovery'> {
  return { 'discovery.lookUp': ({ address }) => done({ jobId: runs.lookUp(address) }) }
}
