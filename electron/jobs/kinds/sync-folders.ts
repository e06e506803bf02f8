/**
 * Brings an account's folders and the server's in step (PRODUCT C4), in one connection:
 *
 *   folders, and a look into the inbox ─▶ a look into every folder that changed ─▶ flags changed here are told
 *     ─▶ messages known again are tied ─▶ the rest is fetched, folder by folder ─▶ in step ─▶ what is due to go from the server goes
 *
 * All folders are looked into before anything is fetched: a message that was moved is then known to be gone where it was. What
 * was committed stays, however the run ended; a folder's mark moves on only when all of it is here. Nothing is removed from
 * the server but what the ledger lets go, under a rule that somebody agreed to on its preview. See
 * docs/decisions/imap-synchronisation.md.
 */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { Account } from '../../../shared/model/account.ts'
import { inboxPath } from '../../../shared/model/folder.ts'
import { removesAnything } from '../../../shared/model/removal.ts'
import type { FolderMark, FolderMessage, FolderNews, ServerFolder } from '../../../shared/model/server-folder.ts'
import type { MailStore } from '../../mail/mail-store.ts'
import type { FolderSession } from '../../protocols/mail-session.ts'
import type { JobContext } from '../job-engine.ts'
import { createTally, type KnownBefore, receiveMessages, type Tally } from './receive-messages.ts'

export type SyncedMail = Pick<MailStore, 'server' | 'receive' | 'dueForRemoval' | 'mayRemove' | 'noteAsked' | 'noteRemoved'>

/** A folder that was looked into. */
interface Looked {
  readonly folder: ServerFolder
  readonly mark: FolderMark
  readonly wanted: readonly FolderMessage[]
  readonly known: number
}

/** A folder that could not be looked into. */
interface Refused {
  readonly folder: ServerFolder
  readonly reason: Extract<Outcome<never>, { ok: false }>['failure']
}

export async function syncFolders(mail: SyncedMail, account: Account, session: FolderSession, context: JobContext<'fetch-mail'>): Promise<Outcome<void>> {
  const { server } = mail
  const { id } = account
  const listed = await session.list(server.mark(id, inboxPath), server.count(id, inboxPath))
  if (!listed.ok) return listed
  const folders = listed.value.folders.filter(isSynced)
  await server.noteFolders(id, folders)

  const looked = await lookInto(mail, account, session, folders, listed.value.inbox)
  if (!looked.ok) return looked
  const told = await tellFlags(mail, account, session)
  if (!told.ok) return told
  const unknown = await knowAgain(mail, account, session, looked.value.folders)
  if (!unknown.ok) return unknown

  const inOrder = unknown.value.toSorted((one, other) => fetchOrder(one.folder) - fetchOrder(other.folder))
  const tally = createTally(unknown.value.flatMap(({ wanted }) => wanted), unknown.value.reduce((sum, { known }) => sum + known, 0), context)
  for (const { folder, reason } of looked.value.refused) tally.skipped(folder.path, reason)
  for (const [at, one] of inOrder.entries()) {
    // What came in from the folders before may stand in this one too.
    const left = at === 0 ? done(one) : await unknownOf(mail, account, session, one)
    if (!left.ok) return left
    tally.spared(sparedOf(one.wanted, left.value.wanted))
    const fetched = await bringFrom(mail, account, session, left.value, tally)
    if (!fetched.ok) return fetched
    if (context.signal.aborted) return failed('job.cancelled')
  }
  return removeDue(mail, account, session, folders, tally)
}

/** A folder that only shows messages of other folders again is none of its own. */
function isSynced({ use }: ServerFolder): boolean {
  return use !== 'flagged'
}

async function lookInto({ server }: SyncedMail, { id }: Account, session: FolderSession, folders: readonly ServerFolder[], inbox: FolderNews): Promise<Outcome<{ readonly folders: readonly Looked[]; readonly refused: readonly Refused[] }>> {
  const looked: Looked[] = []
  const refused: Refused[] = []
  const take = async (folder: ServerFolder, news: FolderNews) => {
    const wanted = await server.takeNews(id, folder.path, news)
    const known = server.count(id, folder.path)
    looked.push({ folder, mark: news.mark, wanted, known })
  }
  for (const folder of folders) {
    if (!folder.holdsMessages) continue
    if (folder.path === inboxPath) {
      await take(folder, inbox)
      continue
    }
    const [mark, count] = [server.mark(id, folder.path), server.count(id, folder.path)]
    const isUnchanged = folder.status !== null && folder.status === server.status(id, folder.path)
    const isEmpty = folder.messages === 0 && count === 0
    if (isEmpty || (isUnchanged && mark !== null)) continue
    const news = await session.look(folder.path, mark, count)
    if (news.ok) await take(folder, news.value)
    else if (session.usable()) refused.push({ folder, reason: news.failure })
    else return news
  }
  return done({ folders: looked, refused })
}

/** What a person did here, the last to tell the server wins. A folder that refuses is told again next time. */
async function tellFlags({ server }: SyncedMail, { id }: Account, session: FolderSession): Promise<Outcome<void>> {
  for (const [path, changes] of server.flagChanges(id)) {
    const taken = await session.setFlags(path, changes)
    if (taken.ok) server.settleFlags(id, path, taken.value)
    else if (!session.usable()) return taken
  }
  return done(undefined)
}

/** Moved or numbered anew: what is gone elsewhere, and what stands elsewhere too, is not fetched again where that is sure. */
async function knowAgain(mail: SyncedMail, account: Account, session: FolderSession, folders: readonly Looked[]): Promise<Outcome<readonly Looked[]>> {
  const left: Looked[] = []
  for (const one of folders) {
    const unknown = await unknownOf(mail, account, session, one)
    if (!unknown.ok) return unknown
    left.push(unknown.value)
  }
  return done(left)
}

async function unknownOf({ server }: SyncedMail, { id }: Account, session: FolderSession, one: Looked): Promise<Outcome<Looked>> {
  const { path, use } = one.folder
  // Whom it went to, and whether it is private, is looked up when sent mail comes in from its folder.
  if (use === 'sent') return done(one)
  const byObject = server.knowByObjects(id, path, one.wanted)
  const rest = without(one, byObject)
  const doubtful = server.doubtful(id, path, rest.wanted)
  if (doubtful.length === 0) return done(rest)
  const headers = await session.headers(path, doubtful.map(({ serverId }) => serverId))
  if (!headers.ok) return session.usable() ? done(rest) : headers
  return done(without(rest, await server.know(id, path, doubtful, headers.value)))
}

function without(one: Looked, known: ReadonlySet<string>): Looked {
  return known.size === 0 ? one : { ...one, wanted: one.wanted.filter(({ serverId }) => !known.has(serverId)), known: one.known + known.size }
}

function sparedOf(wanted: readonly FolderMessage[], left: readonly FolderMessage[]): readonly FolderMessage[] {
  if (wanted.length === left.length) return []
  const kept = new Set(left)
  return wanted.filter((message) => !kept.has(message))
}

/** The inbox first, for people wait for it; sent mail before the folders that show it too; what shows everything last. */
const fetchOrder = ({ use }: ServerFolder): number => (use === 'inbox' ? 0 : use === 'sent' ? 1 : use === 'all' ? 3 : 2)

async function bringFrom(mail: SyncedMail, account: Account, session: FolderSession, { folder, mark, wanted }: Looked, tally: Tally): Promise<Outcome<void>> {
  const before = tally.skippedSoFar()
  const told = new Map<string, FolderMessage>()
  for (const message of wanted) told.set(message.serverId, message)
  const knownOf = (serverId: string): KnownBefore => {
    const message = told.get(serverId)
    return message === undefined ? { seen: false } : { seen: message.flags.seen, told: message }
  }
  const fetched = await receiveMessages(mail, account, folder.path, wanted.length, knownOf, tally, (receiver) => session.fetch(folder.path, wanted, receiver))
  if (!fetched.ok) {
    // What could not be stored is no matter of this folder: the next one would fare no better.
    if (!session.usable() || fetched.failure.code.startsWith('storage.')) return fetched
    // Gone since it was listed, or refused: the others still come.
    tally.skipped(folder.path, fetched.failure)
  }
  tally.arrived(isWaitedFor(folder) ? wanted.filter(({ flags }) => !flags.seen).length : 0)
  // What was skipped is asked for again, so the mark stays behind it.
  if (tally.skippedSoFar() === before) mail.server.noteInStep(account.id, folder.path, mark, folder.status)
  return done(undefined)
}

/** Nobody is told of junk, of what was thrown away, or of a copy of what that person wrote with another program. */
function isWaitedFor({ use }: ServerFolder): boolean {
  return use === null || use === 'inbox' || use === 'archive'
}

async function removeDue(mail: SyncedMail, account: Account, session: FolderSession, folders: readonly ServerFolder[], tally: Tally): Promise<Outcome<void>> {
  if (!removesAnything(account.delivery) || !mail.mayRemove(account.id, account.delivery)) return done(undefined)
  let count = 0
  for (const { path } of folders) {
    const due = mail.dueForRemoval(account.id, path, account.delivery)
    if (due.length === 0) continue
    tally.removing()
    mail.noteAsked(account.id, path, due)
    const removed = await session.remove(path, due)
    if (!removed.ok) return removed
    mail.noteRemoved(account.id, path, removed.value)
    count += removed.value.length
    tally.removed(count)
  }
  return done(undefined)
}
