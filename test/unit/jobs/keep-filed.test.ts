/** What fails in the background ends no program: vitest fails a test where a rejection is left to nobody. */
import { expect, test } from 'vitest'
import { keepFiled } from '../../../electron/jobs/keep-filed.ts'
import type { Job } from '../../../shared/model/job.ts'
import { settle } from '../../fakes/turned-clock.ts'

const job = (kind: 'fetch-mail' | 'send-mail', state: Job['state']): Job => ({ kind, state }) as Job

function filing() {
  const listeners = new Set<(job: Job) => void>()
  const asked: number[] = []
  const contacts = {
    fileNewMail: async () => {
      asked.push(asked.length)
      throw new Error('database or disk is full')
    },
  }
  const jobs = {
    onChange(listener: (job: Job) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const end = keepFiled({ jobs, contacts })
  return { asked, end, tell: (told: Job) => listeners.forEach((listener) => listener(told)) }
}

test('a contact that cannot be filed is left to nobody to reject, and the next fetch has it tried again', async () => {
  const rejected: unknown[] = []
  const note = (reason: unknown) => void rejected.push(reason)
  process.on('unhandledRejection', note)
  const { asked, tell } = filing()
  await settle()
  tell(job('fetch-mail', 'failed'))
  await settle()
  process.off('unhandledRejection', note)
  expect([asked.length, rejected]).toEqual([2, []])
})

test('it is done at the start and after each fetch that is over, after nothing else, and no more when it is ended', () => {
  const { asked, end, tell } = filing()
  tell(job('fetch-mail', 'running'))
  tell(job('send-mail', 'done'))
  expect(asked).toHaveLength(1)
  tell(job('fetch-mail', 'done'))
  expect(asked).toHaveLength(2)
  end()
  tell(job('fetch-mail', 'done'))
  expect(asked).toHaveLength(2)
})
