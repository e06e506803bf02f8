import { expect, test } from 'vitest'
import { jobOver } from '../../../../renderer/bridge/job-over.ts'
import type { Caller } from '../../../../shared/contract/caller.ts'
import { done, failed } from '../../../../shared/failures/failure.ts'
import type { JobState } from '../../../../shared/model/job.ts'

/** A caller that knows one job, in this state; null = none. */
function callerWith(state: JobState | null) {
  const listeners = new Set<(job: unknown) => void>()
  const caller = {
    call: async () => (state === null ? failed('job.unknown') : done({ id: 'job', state })),
    on: (_event: string, listener: (job: unknown) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  } as unknown as Caller
  return { caller, listeners, tell: (id: string, next: JobState) => [...listeners].forEach((listener) => listener({ id, state: next })) }
}

test('a job that is over, or that nobody knows, is not waited for', async () => {
  for (const state of ['done', 'failed', 'cancelled', null] as const) {
    const { caller, listeners } = callerWith(state)
    await jobOver(caller, 'job')
    expect(listeners.size).toBe(0)
  }
})

test('a job is waited for until it ends, whatever others do, and nobody listens afterwards', async () => {
  const { caller, listeners, tell } = callerWith('running')
  let isOver = false
  const over = jobOver(caller, 'job').then(() => (isOver = true))
  tell('other', 'done')
  tell('job', 'running')
  await Promise.resolve()
  expect(isOver).toBe(false)
  tell('job', 'failed')
  await over
  expect([isOver, listeners.size]).toEqual([true, 0])
})
