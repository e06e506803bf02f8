/** One sign-in over the web as it goes on: begun, waited for, called off when the screen it belongs to is left. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Params } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { isOver, type Job, type JobDetail, type JobId } from '../../shared/model/job.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useJob } from '../bridge/use-job.ts'

export type SignInSubject = Params<'signIn.begin'>['subject']
export type SignInDetail = Extract<JobDetail, { kind: 'sign-in' }>

export interface WebSignIn {
  readonly state: 'idle' | 'waiting' | 'failed' | 'done'
  readonly failure: Failure | null
  begin(subject: SignInSubject, anyUser: boolean): void
  openAgain(): void
  cancel(): void
}

export function useWebSignIn(onDone: (detail: SignInDetail) => void): WebSignIn {
  const caller = useCaller()
  const [jobId, setJobId] = useState<JobId | null>(null)
  const [refused, setRefused] = useState<Failure | null>(null)
  const job = useJob(jobId)
  const told = useRef<JobId | null>(null)

  useEffect(() => {
    if (job?.state !== 'done' || job.detail.kind !== 'sign-in' || told.current === job.id) return
    told.current = job.id
    onDone(job.detail)
  }, [job, onDone])
  // Nobody is there any more to be told.
  useEffect(() => () => { if (jobId !== null) void caller.call('jobs.cancel', { id: jobId }) }, [caller, jobId])

  const begin = useCallback((subject: SignInSubject, anyUser: boolean) => {
    setRefused(null)
    void caller.call('signIn.begin', { subject, anyUser }).then((outcome) => (outcome.ok ? setJobId(outcome.value.jobId) : setRefused(outcome.failure)))
  }, [caller])

  return {
    state: refused !== null ? 'failed' : stateOf(jobId, job),
    failure: refused ?? (job?.state === 'failed' ? job.failure : null),
    begin,
    openAgain: () => { if (jobId !== null) void caller.call('signIn.page', { jobId, open: true }) },
    cancel: () => { if (jobId !== null) void caller.call('jobs.cancel', { id: jobId }) },
  }
}

function stateOf(jobId: JobId | null, job: Job | null): WebSignIn['state'] {
  if (jobId === null) return 'idle'
  if (job === null || !isOver(job.state)) return 'waiting'
  return job.state === 'done' ? 'done' : job.state === 'failed' ? 'failed' : 'idle'
}
