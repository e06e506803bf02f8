/** The figures of a run that fetched, of which a test names only what it is about. */
import type { JobDetail } from '../../shared/model/job.ts'

export type FetchDetail = Extract<JobDetail, { kind: 'fetch-mail' }>

export function fetchDetail(change: Partial<FetchDetail> = {}): FetchDetail {
  return { kind: 'fetch-mail', phase: 'fetch', fetched: 0, arrived: null, known: 0, bytes: 0, bytesTotal: null, skipped: [], skippedTotal: change.skipped?.length ?? 0, removed: 0, advice: [], ...change }
}
