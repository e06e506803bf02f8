/** What went wrong with a file or the database, as a failure code: the disk is full, or something a person can only look at. */
import { failure, type Failure } from '../../shared/failures/failure.ts'

/** SQLite's result code for a full disk. */
const sqliteFull = 13

/** EDQUOT: the user's share of the disk is full. No path is part of the failure: the code and the call's name tell enough. */
export function fileFailure(error: unknown): Failure {
  const { code, syscall, errcode } = error as NodeJS.ErrnoException & { readonly errcode?: number }
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === sqliteFull) return failure('storage.full')
  return failure('storage.failed', { detail: [code ?? String(error), syscall ?? errcode].filter((part) => part !== undefined).join(' ') })
}
