/**
 * No wait without an end: whatever is awaited here ends with its result, after the target's seconds, or when the caller
 * cancels, whichever is first. What was being waited for is then abandoned: its owner destroys the socket.
 */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { connectionFailure } from './connection-failure.ts'
import type { ServerTarget } from './server-target.ts'

export type Limits = Pick<ServerTarget, 'timeoutSeconds' | 'signal' | 'host' | 'port'>

export function withinLimits<T>(limits: Limits, work: Promise<T>): Promise<Outcome<T>> {
  const evidence = { host: limits.host, port: limits.port }
  return new Promise((resolve) => {
    const end = (outcome: Outcome<T>) => {
      clearTimeout(timer)
      limits.signal.removeEventListener('abort', cancel)
      resolve(outcome)
    }
    const cancel = () => end(failed('job.cancelled', evidence))
    const timer = setTimeout(
      () => end(failed('connect.timeout', { ...evidence, seconds: limits.timeoutSeconds })),
      limits.timeoutSeconds * 1000,
    )
    work.then(
      (value) => end(done(value)),
      (error: unknown) => end({ ok: false, failure: connectionFailure(error, evidence) }),
    )
    if (limits.signal.aborted) cancel()
    else limits.signal.addEventListener('abort', cancel)
  })
}
