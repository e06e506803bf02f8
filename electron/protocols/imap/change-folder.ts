/**
 * Makes, renames and deletes folders (CREATE, RENAME, DELETE, RFC 9051 sections 6.3.4 to 6.3.6). What has a use stays as it is, and a
 * folder is only deleted when nothing is in it: with it, DELETE removes its messages, and nobody saw a preview of that.
 */
import { assertNever, done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { FolderChange } from '../../../shared/model/folder.ts'
import type { ImapConnection } from './imap-connection.ts'
import { listIn, textIn } from './imap-responses.ts'
import type { NamedFolder } from './list-folders.ts'
import { encodeName, quoted } from './mailbox-name.ts'

export async function changeFolder(connection: ImapConnection, folders: readonly NamedFolder[], change: FolderChange): Promise<Outcome<void>> {
  const refusal = (code: 'mailbox.missing' | 'mailbox.special' | 'mailbox.exists' | 'mailbox.not-empty', name: string) => failed(code, { ...connection.evidence, name })
  const known = (path: string) => folders.find((folder) => folder.path === path)
  const delimiter = folders.find((folder) => folder.delimiter !== null)?.delimiter ?? null

  /** The name as the server writes it; what stands above it as the server wrote that. */
  function newName(path: string): string | null {
    const cut = delimiter === null ? -1 : path.lastIndexOf(delimiter)
    const above = cut > 0 ? known(path.slice(0, cut)) : undefined
    return quoted(above === undefined ? encodeName(path) : `${above.name}${delimiter}${encodeName(path.slice(cut + 1))}`)
  }

  async function asked(command: string): Promise<Outcome<void>> {
    const answer = await connection.ask(command)
    return answer.ok ? done(undefined) : answer
  }

  if (change.do === 'create') {
    const name = newName(change.path)
    if (known(change.path) !== undefined) return refusal('mailbox.exists', change.path)
    if (name === null) return refusal('mailbox.missing', change.path)
    const made = await asked(`CREATE ${name}`)
    // Other programs show what is subscribed to (section 6.3.7); a server that knows nothing of it has made the folder all the same.
    if (made.ok) await connection.ask(`SUBSCRIBE ${name}`)
    return made
  }
  const folder = known(change.path)
  const name = folder === undefined ? null : quoted(folder.name)
  if (folder === undefined || name === null) return refusal('mailbox.missing', change.path)
  if (folder.use !== null) return refusal('mailbox.special', change.path)
  switch (change.do) {
    case 'rename': {
      const to = newName(change.to)
      if (known(change.to) !== undefined) return refusal('mailbox.exists', change.to)
      return to === null ? refusal('mailbox.missing', change.to) : asked(`RENAME ${name} ${to}`)
    }
    case 'delete': {
      const messages = await countIn(connection, name)
      if (!messages.ok) return messages
      return messages.value > 0 ? refusal('mailbox.not-empty', change.path) : asked(`DELETE ${name}`)
    }
    default:
      return assertNever(change)
  }
}

/** One that holds no messages of its own has none. */
async function countIn(connection: ImapConnection, name: string): Promise<Outcome<number>> {
  let messages = 0
  const answer = await connection.until(connection.send(`STATUS ${name} (MESSAGES)`), ({ name: kind, values }) => {
    const items = kind === 'STATUS' ? listIn(values[1]).map((value) => textIn(value) ?? '') : []
    const at = items.findIndex((item) => item.toUpperCase() === 'MESSAGES')
    if (at >= 0) messages = Number(items[at + 1])
  })
  return answer.ok ? done(Number.isNaN(messages) ? 1 : messages) : answer
}
