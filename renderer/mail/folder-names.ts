/** Names of folders as people type them, and the paths a server knows them by. */
import { type Folder, notOnServerPath } from '../../shared/model/folder.ts'

/** What stands between the parts of a path; null = no folder of these stands in another, so that it is not known. */
export function delimiterOf(folders: readonly Folder[]): string | null {
  for (const { path, parent, name } of folders) {
    const between = parent === null || !path.startsWith(parent) || !path.endsWith(name) ? '' : path.slice(parent.length, path.length - name.length)
    if (between.length === 1) return between
  }
  return null
}

/** A folder called `name`, in another one or beside all others. */
export function pathOf(name: string, parent: string | null, delimiter: string | null): string {
  return parent === null || delimiter === null ? name.trim() : `${parent}${delimiter}${name.trim()}`
}

/** Where messages of an account can go: what holds messages, is on the server and shows a place of its own. */
export function targetsFor(folders: readonly Folder[], accountId: string, from: string | null): readonly Folder[] {
  return folders.filter(({ accountId: owner, path, holdsMessages, onServer, use }) => owner === accountId && holdsMessages && onServer && path !== from && path !== notOnServerPath && use !== 'all' && use !== 'flagged')
}
