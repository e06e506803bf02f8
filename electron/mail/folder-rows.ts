/** The folders of each account as the server had them last, with what is here of each. An account always has its inbox. */
import { z } from 'zod'
import type { AccountId } from '../../shared/model/account.ts'
import { compareFolders, type Folder, folderUseSchema, inboxPath, notOnServerPath } from '../../shared/model/folder.ts'
import type { Database } from '../storage/database.ts'

const columns = z.object({
  path: z.string(),
  delimiter: z.string().nullable(),
  special_use: folderUseSchema.nullable(),
  holds_messages: z.number(),
  on_server: z.number(),
})

export function folderRows(database: Database) {
  const select = database.prepare('SELECT * FROM folder WHERE account_id = ?')
  const counts = database.prepare('SELECT folder, count(*) AS n FROM message WHERE account_id = ? AND gone_at IS NULL GROUP BY folder')
  const unseen = database.prepare('SELECT folder, count(*) AS n FROM message WHERE account_id = ? AND gone_at IS NULL AND seen = 0 GROUP BY folder')
  const gone = database.prepare('SELECT count(*) AS n, coalesce(sum(seen = 0), 0) AS unseen FROM message WHERE account_id = ? AND gone_at IS NOT NULL')
  const forget = database.prepare('DELETE FROM folder WHERE account_id = ?')

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
    forgetAccount: (accountId: AccountId): void => {
      forget.run(accountId)
    },
  }
}

function countsOf(rows: readonly Record<string, unknown>[]): ReadonlyMap<string, number> {
  return new Map(rows.map((row) => [String(row['folder']), Number(row['n'])]))
}
