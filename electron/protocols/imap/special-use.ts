/**
 * What a folder is for: the attribute a server gives it (RFC 6154, XLIST), and where it gives none to any, the name that such
 * folders have in the languages of the usual programs.
 */
import { type FolderUse, inboxPath } from '../../../shared/model/folder.ts'

const attributes: Readonly<Record<string, FolderUse>> = {
  '\\drafts': 'drafts', '\\sent': 'sent', '\\archive': 'archive', '\\junk': 'junk', '\\trash': 'trash', '\\all': 'all', '\\flagged': 'flagged',
  // XLIST, before RFC 6154.
  '\\spam': 'junk', '\\allmail': 'all', '\\starred': 'flagged',
}

const names: readonly (readonly [FolderUse, readonly string[]])[] = [
  ['drafts', ['drafts', 'draft', 'concepten', 'entwürfe', 'brouillons', 'borradores', 'bozze', 'rascunhos', 'utkast', 'kladder']],
  ['sent', ['sent', 'sent items', 'sent mail', 'sent messages', 'verzonden', 'verzonden items', 'verzonden berichten', 'gesendet', 'gesendete elemente', 'gesendete objekte', 'envoyés', 'éléments envoyés', 'messages envoyés', 'enviados', 'elementos enviados', 'inviati', 'posta inviata', 'skickat', 'sendt']],
  ['trash', ['trash', 'deleted items', 'deleted messages', 'deleted', 'bin', 'prullenbak', 'prullenmand', 'verwijderde items', 'verwijderd', 'papierkorb', 'gelöscht', 'gelöschte elemente', 'corbeille', 'éléments supprimés', 'papelera', 'cestino', 'lixo', 'lixeira', 'papperskorg']],
  ['junk', ['junk', 'junk e-mail', 'junk email', 'junk mail', 'spam', 'bulk mail', 'bulk', 'ongewenste e-mail', 'ongewenst', 'spam-verdacht', 'courrier indésirable', 'indésirables', 'correo no deseado', 'posta indesiderata', 'skräppost']],
  ['archive', ['archive', 'archives', 'archief', 'archiv', 'archivio', 'archivo', 'arkiv']],
]

export function useByAttributes(path: string, words: readonly string[]): FolderUse | null {
  if (path === inboxPath) return 'inbox'
  return words.map((word) => attributes[word.toLowerCase()]).find((use) => use !== undefined) ?? null
}

interface Listed {
  readonly path: string
  readonly delimiter: string | null
  readonly use: FolderUse | null
  readonly holdsMessages: boolean
}

/** One folder at most is given a use by its name: the first by the table's order, at the top or right below the inbox. */
export function withUsesByName<F extends Listed>(folders: readonly F[]): readonly F[] {
  const given = new Map<F, FolderUse>()
  for (const [use, called] of names) {
    if (folders.some((folder) => folder.use === use)) continue
    const candidates = folders.filter((folder) => folder.use === null && folder.holdsMessages && called.includes(lastPart(folder)))
    const first = candidates.toSorted((one, other) => called.indexOf(lastPart(one)) - called.indexOf(lastPart(other)))[0]
    if (first !== undefined) given.set(first, use)
  }
  return folders.map((folder) => ({ ...folder, use: given.get(folder) ?? folder.use }))
}

/** Lower case; empty where it lies too deep to be the one. */
function lastPart({ path, delimiter }: Listed): string {
  const parts = delimiter === null ? [path] : path.split(delimiter)
  const isNear = parts.length === 1 || (parts.length === 2 && /^inbox$|^\[.*\]$/i.test(parts[0] ?? ''))
  return isNear ? (parts.at(-1) ?? '').toLowerCase() : ''
}
