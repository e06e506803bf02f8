/** Which folders are watched, with which template and account; kept in the database, where they refer to their template. */
import { lstatSync, realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { type WatchedFolder, type WatchedFolderDraft, type WatchedFolderId, watchedFolderSchema } from '../../../shared/model/watched-folder.ts'
import type { Database } from '../../storage/database.ts'
import { systemCodeOf } from '../../storage/system-code.ts'

export interface WatchedFolders {
  /** What this program marks the tables with that it takes: no other has the same. */
  readonly mark: string
  list(): readonly WatchedFolder[]
  /** `folder.unusable` where it is no folder, a link, or ours; `template.unknown`. */
  save(id: WatchedFolderId | null, draft: WatchedFolderDraft): Outcome<WatchedFolder>
  remove(id: WatchedFolderId): Outcome<void>
  noteResult(id: WatchedFolderId, name: string, outcome: 'queued' | 'failed'): void
  onChange(listener: () => void): () => void
}

export function createWatchedFolders({ database, root, now = () => new Date() }: { readonly database: Database; /** The data folder, which is nobody's to watch. */ readonly root: string; readonly now?: () => Date }): WatchedFolders {
  const all = database.prepare('SELECT f.*, t.name AS template_name FROM watched_folder f JOIN template t ON t.id = f.template_id ORDER BY f.path')
  const insert = database.prepare('INSERT INTO watched_folder (path, template_id, account_id, files, polling, enabled) VALUES (?, ?, ?, ?, ?, ?)')
  const update = database.prepare('UPDATE watched_folder SET path = ?, template_id = ?, account_id = ?, files = ?, polling = ?, enabled = ? WHERE id = ?')
  const remove = database.prepare('DELETE FROM watched_folder WHERE id = ?')
  const note = database.prepare('UPDATE watched_folder SET last_at = ?, last_result = ? WHERE id = ?')
  const hasTemplate = database.prepare('SELECT 1 FROM template WHERE id = ?')
  const identity = database.prepare('SELECT id FROM store_identity')
  const listeners = new Set<() => void>()

  function list(): readonly WatchedFolder[] {
    return all.all().flatMap((row) => {
      const result = row['last_result'] === null ? null : (JSON.parse(String(row['last_result'])) as object)
      return watchedFolderSchema.safeParse({
        id: row['id'], path: row['path'], templateId: row['template_id'], accountId: row['account_id'], files: row['files'], polling: row['polling'] === 1, enabled: row['enabled'] === 1,
        templateName: row['template_name'], last: result === null ? null : { ...result, at: new Date(Number(row['last_at'])).toISOString() },
      }).data ?? []
    })
  }
  const changed = () => listeners.forEach((listener) => listener())

  return {
    get mark() {
      return String(identity.get()?.['id']).slice(0, 8)
    },
    list,
    save(id, draft) {
      const path = usable(draft.path, root)
      if (!path.ok) return path
      if (hasTemplate.get(draft.templateId) === undefined) return failed('template.unknown', { name: String(draft.templateId) })
      const folders = list()
      if (id !== null && !folders.some((one) => one.id === id)) return failed('folder.unknown')
      if (folders.some((one) => one.path === path.value && one.id !== id)) return failed('input.invalid', { fields: [{ path: 'path', problem: 'name-taken' }] })
      const values = [path.value, draft.templateId, draft.accountId, draft.files, Number(draft.polling), Number(draft.enabled)] as const
      const saved = id ?? Number(insert.run(...values).lastInsertRowid)
      if (id !== null) update.run(...values, id)
      changed()
      const found = list().find((one) => one.id === saved)
      return found === undefined ? failed('folder.unknown') : done(found)
    },
    remove(id) {
      if (Number(remove.run(id).changes) === 0) return failed('folder.unknown')
      changed()
      return done(undefined)
    },
    noteResult(id, name, outcome) {
      note.run(now().getTime(), JSON.stringify({ name, outcome }), id)
      listeners.forEach((listener) => listener())
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function usable(path: string, root: string): Outcome<string> {
  try {
    if (!isAbsolute(path) || !lstatSync(path).isDirectory()) return failed('folder.unusable', { name: path })
    const real = realpathSync(path)
    const ours = resolve(root)
    return isWithin(real, ours) || isWithin(ours, real) ? failed('folder.unusable', { name: path }) : done(resolve(path))
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === null) throw error
    return failed('folder.unusable', { name: path, detail: code })
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(/[/\\]/)[0] !== '..'
}
