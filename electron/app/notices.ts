/** What a person should know about this start, until they say that they have read it. */
import { randomUUID } from 'node:crypto'
import type { Result } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'

type Notice = Result<'app.info'>['notices'][number]

export interface Notices {
  add(failure: Failure): Notice
  dismiss(id: string): void
  list(): Notice[]
}

export function createNotices(now: () => Date): Notices {
  const notices = new Map<string, Notice>()
  return {
    add(failure) {
      const notice = { id: randomUUID(), at: now().toISOString(), failure }
      notices.set(notice.id, notice)
      return notice
    },
    dismiss: (id) => void notices.delete(id),
    list: () => [...notices.values()],
  }
}
