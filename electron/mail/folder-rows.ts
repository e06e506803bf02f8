/** The folders of each account as the server had them last, with what is here of each. An account always has its inbox. */
import { z } from 'zod'
import type { AccountId } from '../../shared/model/account.ts'
import { compareFolders, type Folder, folderUseSchema, inboxPath, notOnServerPath } from '../../shared/model/folder.ts'
import type { FolderMark, ServerFolder } from '../../shared/model/server-folder.ts'
import type { Database } from '../storage/database.ts'

const markColumns = z.object({ uid_validity: z.string(), uid_next: z.number(), modseq: z.string().nullable() })

const columns = z.object({
  path: z.string(),
  delimiter: z.string().nullable(),
  special_use: folderUseSchema.nullable(),
  holds_messages: z.number(),
  on_server: z.number(),
})

export function folderRows(database: Database) {
  const select = database.prepare('SELECT * FROM folder WHERE account_id = ?')
  const counts = database.prepare('SELECT folder, count(*) AS n FROM membership WHERE account_id = ? AND gone_at IS NULL AND deleted_at IS NULL GROUP BY folder')
  const unseen = database.prepare('SELECT folder, count(*) AS n FROM membership WHERE account_id = ? AND gone_at IS NULL AND deleted_at IS NULL AND seen = 0 GROUP BY folder')
  const gone = database.prepare('SELECT count(*) AS n, coalesce(sum(seen = 0), 0) AS unseen FROM message WHERE account_id = ? AND gone_at IS NOT NULL AND deleted_at IS NULL')
  const forget = database.prepare('DELETE FROM folder WHERE account_id = ?')
  const upsert = database.prepare(
    `INSERT INTO folder (account_id, path, delimiter, special_use, holds_messages, on_server) VALUES (?, ?, ?, ?, ?, 1)
     ON CONFLICT (account_id, path) DO UPDATE SET delimiter = excluded.delimiter, special_use = excluded.special_use, holds_messages = excluded.holds_messages`,
  )
  const use = database.prepare('SELECT special_use FROM folder WHERE account_id = ? AND path = ?')
  const any = database.prepare('SELECT 1 FROM folder WHERE account_id = ? LIMIT 1')
  const drop = database.prepare('DELETE FROM folder WHERE account_id = ? AND path = ?')
  const selectOne = database.prepare('SELECT uid_validity, uid_next, modseq, status FROM folder WHERE account_id = ? AND path = ?')
  const setMark = database.prepare('UPDATE folder SET uid_validity = ?, uid_next = ?, modseq = ?, status = ? WHERE account_id = ? AND path = ?')
  const lookAgain = database.prepare('UPDATE folder SET uid_validity = NULL, status = NULL WHERE account_id = ? AND path = ?')

  function list(accountId: AccountId): readonly Folder[] {
    const countOf = countsOf(counts.all(accountId))
    const unseenOf = countsOf(unseen.all(accountId))
    const known = new Map(select.all(accountId).map((row) => columns.parse(row)).map((row) => [row.path, row]))
    const paths = new Set([inboxPath, ...known.keys(), ...countOf.keys()])
    const folders = [...paths].map((path) => {
      const row = known.get(path)
      const cut = row?.delimiter == null ? -1 : path.lastIndexOf(row.delimiter)
      return {
        accountId,
        path,
        name: path.slice(cut + 1),
        parent: cut > 0 && paths.has(path.slice(0, cut)) ? path.slice(0, cut) : null,
        use: path === inboxPath ? ('inbox' as const) : (row?.special_use ?? null),
        holdsMessages: row === undefined || row.holds_messages === 1,
        onServer: row === undefined || row.on_server === 1,
        messages: countOf.get(path) ?? 0,
        unseen: unseenOf.get(path) ?? 0,
      }
    })
    return [...folders, ...keptHere(accountId)].toSorted(compareFolders)
  }

  /** What somebody took from the server, as a folder of its own where there is any. */
  function keptHere(accountId: AccountId): readonly Folder[] {
    const counted = z.object({ n: z.number(), unseen: z.number() }).parse(gone.get(accountId))
    if (counted.n === 0) return []
    const shown = { path: notOnServerPath, name: '', parent: null, use: 'not-on-server' as const, holdsMessages: true, onServer: false }
    return [{ accountId, ...shown, messages: counted.n, unseen: counted.unseen }]
  }

  return {
    list,
    /** Where it stood when all of it was here; null = it has to be looked at as a whole. */
    mark(accountId: AccountId, path: string): FolderMark | null {
      const row = markColumns.safeParse(selectOne.get(accountId, path))
      return row.success ? { uidValidity: row.data.uid_validity, uidNext: row.data.uid_next, modseq: row.data.modseq } : null
    },
    status(accountId: AccountId, path: string): string | null {
      const status = selectOne.get(accountId, path)?.['status']
      return typeof status === 'string' ? status : null
    },
    setMark(accountId: AccountId, path: string, mark: FolderMark, status: string | null): void {
      setMark.run(mark.uidValidity, mark.uidNext, mark.modseq, status, accountId, path)
    },
    /** Something of it is wanted again: the next look is at the whole. */
    lookAgain: (accountId: AccountId, path: string): void => {
      lookAgain.run(accountId, path)
    },
    /** What shows messages of other folders once more is no place of their own. */
    showsAll: (accountId: AccountId, path: string): boolean => use.get(accountId, path)?.['special_use'] === 'all',
    /** Has the server told of its folders? One for POP3 has none. */
    hasAny: (accountId: AccountId): boolean => any.get(accountId) !== undefined,
    paths: (accountId: AccountId): readonly string[] => select.all(accountId).map((row) => String(row['path'])),
    put({ path, delimiter, use, holdsMessages }: ServerFolder, accountId: AccountId): void {
      upsert.run(accountId, path, delimiter, use, Number(holdsMessages))
    },
    drop: (accountId: AccountId, path: string): void => {
      drop.run(accountId, path)
    },
    forgetAccount: (accountId: AccountId): void => {
      forget.run(accountId)
    },
  }
}

export type FolderRows = ReturnType<typeof folderRows>

function countsOf(rows: readonly Record<string, unknown>[]): ReadonlyMap<string, number> {
  return new Map(rows.map((row) => [String(row['folder']), Number(row['n'])]))
}
