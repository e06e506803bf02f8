/** `store.…`: searching and the doctor, for the stored mail and its index. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

export function storeHandlers({ runs }: Pick<Parts, 'runs'>): HandlersOf<'store'> {
  return {
    'store.index': () => done({ jobId: runs.index() }),
    'store.check': () => done({ jobId: runs.examine(false) }),
    'store.rebuild': () => done({ jobId: runs.examine(true) }),
  }
}
