/** What the disk and SQLite say when they cannot do as asked, as failure codes; the only place in this room where their errors are read. */
import { type Failure, failure } from '../../shared/failures/failure.ts'
import { systemCodeOf } from './system-code.ts'

/** Result codes of SQLite (https://sqlite.org/rescode.html); the low byte is the primary one. */
const sqlite = { busy: 5, locked: 6, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, constraint: 19, notADatabase: 26 } as const
/** SQLITE_IOERR_SHMSIZE: no room for the file that the write-ahead log is shared by, the first thing to fail on a disk that is full already. */
const noRoomToShare = 10 | (19 << 8)
const sqliteDisk: ReadonlySet<number> = new Set([sqlite.busy, sqlite.locked, sqlite.readOnly, sqlite.ioError, sqlite.cannotOpen])
const sqliteDamaged: ReadonlySet<number> = new Set([sqlite.corrupt, sqlite.notADatabase])
const unreadable: ReadonlySet<number> = new Set([sqlite.ioError, sqlite.cannotOpen, sqlite.readOnly])
const fullDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** `name` is the file's name, for the sentence. An error that comes from neither the disk nor SQLite is a bug, and thrown on. */
export function storageFailure(error: unknown, name: string): Failure {
  const result = sqliteResultOf(error)
  if (result !== null) {
    const evidence = { name, detail: `SQLite result ${result}` }
    if (result === sqlite.full || extendedResultOf(error) === noRoomToShare) return failure('storage.full', evidence)
    if (sqliteDamaged.has(result)) return failure('storage.damaged', evidence)
    if (sqliteDisk.has(result)) return failure('storage.failed', evidence)
    throw error
  }
  const code = systemCodeOf(error)
  if (code === null) throw error
  return systemFailure(code, name)
}

/** Is the database held by somebody else? */
export function isHeldByAnother(error: unknown): boolean {
  const result = sqliteResultOf(error)
  return result === sqlite.busy || result === sqlite.locked
}

/** Of a system call that was made elsewhere, such as in a thread. */
export function systemFailure(code: string, name: string): Failure {
  return failure(fullDisk.has(code) ? 'storage.full' : 'storage.failed', { name, detail: code })
}

/** Did a derived file turn out not to be what it should? FTS5 finds some damage by breaking its own rules. */
export function isDamaged(error: unknown): boolean {
  const result = sqliteResultOf(error)
  return result !== null && (sqliteDamaged.has(result) || result === sqlite.constraint)
}

/** The same, or a file that cannot be read. */
export function isUnusable(error: unknown): boolean {
  return isDamaged(error) || unreadable.has(sqliteResultOf(error) ?? 0)
}

function sqliteResultOf(error: unknown): number | null {
  const extended = extendedResultOf(error)
  return extended === null ? null : extended & 0xff
}

function extendedResultOf(error: unknown): number | null {
  const isSqlite = error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR' && 'errcode' in error && typeof error.errcode === 'number'
  return isSqlite ? (error.errcode as number) : null
}
