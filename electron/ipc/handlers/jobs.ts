/** `jobs.…` and `discovery.…`: long work, and the look-up of settings, which is nothing else. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

export function jobsHandlers({ jobs }: Pick<Parts, 'jobs'>): HandlersOf<'jobs'> {
  return {
    'jobs.list': (query) => done({ jobs: [...jobs.list(query)] }),
    'jobs.history': ({ days }) => done({ days: [...jobs.history(days)] }),
    'jobs.get': ({ id }) => jobs.get(id),
    'jobs.cancel': ({ id }) => jobs.cancel(id),
  }
}

export function discoveryHandlers({ runs }: Pick<Parts, 'runs'>): HandlersOf<'discovery'> {
  return { 'discovery.lookUp': ({ address }) => done({ jobId: runs.lookUp(address) }) }
}
