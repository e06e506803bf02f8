/**
 * All folders, with their use and, where the server can tell both at once, how far each is (LIST RFC 9051 section 6.3.9,
 * SPECIAL-USE RFC 6154, LIST-EXTENDED RFC 5258, LIST-STATUS RFC 5819). Without LIST-STATUS one STATUS for each, all in one go.
 */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import { inboxPath } from '../../../shared/model/folder.ts'
import type { ServerFolder } from '../../../shared/model/server-folder.ts'
import type { ImapConnection } from './imap-connection.ts'
import { listIn, type Response, textIn } from './imap-responses.ts'
import { decodeName, quoted } from './mailbox-name.ts'
import { useByAttributes, withUsesByName } from './special-use.ts'

/** A mailbox with more folders than this is none a person made. */
const mostFolders = 5000
/** STATUS commands ahead of their answers. */
const statusWindow = 50

export interface NamedFolder extends ServerFolder {
  /** As the server writes it. */
  readonly name: string
}

/** Sends the command; what it answers with is read when it is waited for. `names`: how far each is need not be told. */
export function askForFolders(connection: ImapConnection, wanted: 'status' | 'names' = 'status'): () => Promise<Outcome<readonly NamedFolder[]>> {
  const { capabilities } = connection
  const returned = capabilities.has('LIST-EXTENDED') ? [...(capabilities.has('SPECIAL-USE') ? ['SPECIAL-USE'] : []), ...(wanted === 'status' && capabilities.has('LIST-STATUS') ? [`STATUS (${statusItems(connection)})`] : [])] : []
  const verb = capabilities.has('XLIST') && !capabilities.has('SPECIAL-USE') ? 'XLIST' : 'LIST'
  const tag = connection.send(`${verb} "" "*"${returned.length === 0 ? '' : ` RETURN (${returned.join(' ')})`}`)
  return async () => {
    const found = new Map<string, NamedFolder>()
    const statuses = new Map<string, ReadonlyMap<string, string>>()
    const answer = connection.accepted(await connection.until(tag, (response) => note(response, found, statuses)))
    if (!answer.ok) return answer
    if (!found.has(inboxPath)) found.set(inboxPath, { path: inboxPath, name: inboxPath, delimiter: null, use: 'inbox', holdsMessages: true, status: null, messages: null })
    const asked = wanted === 'names' || capabilities.has('LIST-STATUS') ? done(undefined) : await askStatuses(connection, [...found.values()], statuses)
    if (!asked.ok) return asked
    return done(withUsesByName([...found.values()]).map((folder) => ({ ...folder, ...statusOf(statuses.get(folder.path)) })))
  }
}

function statusItems({ capabilities }: ImapConnection): string {
  return `MESSAGES UIDNEXT UIDVALIDITY UNSEEN${capabilities.has('CONDSTORE') || capabilities.has('QRESYNC') ? ' HIGHESTMODSEQ' : ''}`
}

function note({ name: kind, values }: Response, found: Map<string, NamedFolder>, statuses: Map<string, ReadonlyMap<string, string>>): void {
  if (kind === 'STATUS') {
    const path = decodeName(textIn(values[0]) ?? '')
    const words = listIn(values[1]).map((value) => textIn(value) ?? '')
    statuses.set(path, new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word.toUpperCase(), words[at + 1] ?? ''] as const] : []))))
  }
  if (kind !== 'LIST' && kind !== 'XLIST') return
  const name = textIn(values[2])
  if (name === null || name === '' || quoted(name) === null || found.size >= mostFolders) return
  const words = listIn(values[0]).map((value) => textIn(value) ?? '')
  // XLIST gives the inbox its name in the account's language.
  const path = words.some((word) => /^\\inbox$/i.test(word)) ? inboxPath : decodeName(name)
  // Two names that read the same: the second is shown as it is written.
  const own = found.has(path) ? name : path
  const holdsMessages = !words.some((word) => /^\\(?:noselect|nonexistent)$/i.test(word))
  found.set(own, { path: own, name: path === inboxPath ? inboxPath : name, delimiter: textIn(values[1]), use: useByAttributes(own, words), holdsMessages, status: null, messages: null })
}

async function askStatuses(connection: ImapConnection, folders: readonly NamedFolder[], statuses: Map<string, ReadonlyMap<string, string>>): Promise<Outcome<void>> {
  const wanted = folders.filter(({ path, holdsMessages }) => holdsMessages && path !== inboxPath)
  for (let at = 0; at < wanted.length; at += statusWindow) {
    const tags = wanted.slice(at, at + statusWindow).map(({ name }) => connection.send(`STATUS ${quoted(name)} (${statusItems(connection)})`))
    for (const tag of tags) {
      // A folder that refuses is looked into, and says why then.
      const answer = await connection.until(tag, (response) => note(response, new Map(), statuses))
      if (!answer.ok) return answer
    }
  }
  return done(undefined)
}

function statusOf(status: ReadonlyMap<string, string> | undefined): Pick<ServerFolder, 'status' | 'messages'> {
  const of = (item: string) => status?.get(item)
  const messages = of('MESSAGES')
  if (status === undefined || messages === undefined || !/^\d{1,10}$/.test(messages)) return { status: null, messages: null }
  return { status: [of('UIDVALIDITY'), of('UIDNEXT'), messages, of('UNSEEN'), of('HIGHESTMODSEQ') ?? '-'].join(' '), messages: Number(messages) }
}
