/**
 * A mailbox somebody is signed in to over IMAP (RFC 9051). Ids are `UIDVALIDITY:UID`: when a server numbers its messages anew,
 * all ids simply differ. Nothing is marked as read by fetching.
 */
import { done, failed, failure, refused } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { type FolderChange, inboxPath } from '../../../shared/model/folder.ts'
import type { FlagChange, FolderMark, FolderMessage, FolderNews, ServerFolder } from '../../../shared/model/server-folder.ts'
import type { AppendedMessage, FolderSession, InboxSession, ServerMessage } from '../mail-session.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { MessageReceiver } from '../net/server-target.ts'
import { appendMessage } from './append-message.ts'
import type { Wanted } from './arrivals.ts'
import { changeFolder } from './change-folder.ts'
import { changeFlags } from './change-flags.ts'
import { findMessageIds } from './find-message-ids.ts'
import type { ImapConnection } from './imap-connection.ts'
import { fetchMessages } from './imap-fetch.ts'
import { askForFolders } from './list-folders.ts'
import { type FolderLook, lookIntoFolder, openFolder, type OpenedFolder } from './look-into-folder.ts'
import { readHeaderBlocks } from './message-headers.ts'
import { moveMessages } from './move-messages.ts'
import { removeMessages } from './remove-messages.ts'

interface Selected {
  readonly path: string
  readonly opened: OpenedFolder
}

export class ImapSession implements InboxSession {
  readonly folders: FolderSession
  readonly #connection: ImapConnection
  /** As the server writes them, by path. */
  #names: ReadonlyMap<string, string> = new Map([[inboxPath, inboxPath]])
  #selected: Selected | null = null
  #sizes: ReadonlyMap<string, number> | null = null

  constructor(connection: ImapConnection) {
    this.#connection = connection
    this.folders = {
      usable: () => connection.usable,
      list: (mark, count) => this.#listFolders(mark, count),
      look: (path, mark, count) => this.#look(path, mark, count),
      headers: (path, serverIds) => this.#in(path, serverIds, (uids, { uidValidity }) => readHeaderBlocks(connection, uidValidity, uids)),
      fetch: (path, messages, receiver) => this.#fetchFrom(path, messages, receiver),
      setFlags: (path, changes) => this.#setFlags(path, changes),
      remove: (path, serverIds) => this.#in(path, serverIds, (uids, { uidValidity }) => removeMessages(connection, uidValidity, uids)),
      move: (path, serverIds, to) => this.#move(path, serverIds, to),
      names: () => this.#listNames(),
      holds: (path, messageIds, since) => this.#in(path, [], () => findMessageIds(connection, messageIds, since)),
      append: (path, message) => this.#append(path, message),
      change: (change) => this.#change(change),
    }
  }

  async list(): Promise<Outcome<readonly ServerMessage[]>> {
    const looked = await this.#look(inboxPath, null, 0)
    if (!looked.ok) return looked
    this.#sizes = new Map(looked.value.messages.map(({ serverId, size }) => [serverId, size]))
    return done(looked.value.messages.map(({ serverId, size, flags }) => ({ serverId, size, seen: flags.seen })))
  }

  async fetch(serverIds: readonly string[], receiver: MessageReceiver): Promise<Outcome<void>> {
    if (this.#sizes === null) {
      const listed = await this.list()
      if (!listed.ok) return listed
    }
    const wanted = serverIds.map((serverId) => ({ serverId, uid: this.#uidOf(serverId), size: this.#sizes?.get(serverId) ?? 0 }))
    return fetchMessages(this.#connection, wanted, receiver, async () => done(undefined))
  }

  async removeAndClose(serverIds: readonly string[]): Promise<Outcome<readonly string[]>> {
    const removed = await this.folders.remove(inboxPath, serverIds)
    await this.close()
    if (!removed.ok || removed.value.length > 0 || serverIds.every((serverId) => this.#uidOf(serverId) === null)) return removed
    return refused(failure('server.refused', this.#connection.evidence))
  }

  /** Folders' messages are known again by `FolderSession.headers`. */
  async headers(): Promise<Outcome<ReadonlyMap<string, Buffer>>> {
    return done(new Map())
  }

  advice(): readonly ServerAdvice[] {
    return []
  }

  async close(): Promise<void> {
    this.#connection.end()
  }

  async hangUp(): Promise<void> {
    this.#connection.close()
  }

  async #listFolders(mark: FolderMark | null, count: number): Promise<Outcome<{ readonly folders: readonly ServerFolder[]; readonly inbox: FolderNews }>> {
    const connection = this.#connection
    // RFC 7162 section 3.2.3: QRESYNC in a SELECT is only for those who asked for it. All of this is one breath.
    const enabled = connection.capabilities.has('QRESYNC') ? connection.send('ENABLE QRESYNC') : null
    const folders = askForFolders(connection)
    const inbox = lookIntoFolder(connection, inboxPath, mark, count)
    if (enabled !== null) {
      const answer = await connection.until(enabled)
      if (!answer.ok) return answer
    }
    const listed = await folders()
    if (!listed.ok) return listed
    this.#names = new Map(listed.value.map(({ path, name }) => [path, name]))
    const looked = this.#opened(inboxPath, await inbox())
    return looked.ok ? done({ folders: listed.value, inbox: looked.value }) : looked
  }

  async #listNames(): Promise<Outcome<readonly ServerFolder[]>> {
    const listed = await askForFolders(this.#connection, 'names')()
    if (listed.ok) this.#names = new Map(listed.value.map(({ path, name }) => [path, name]))
    return listed
  }

  async #move(path: string, serverIds: readonly string[], to: string): Promise<Outcome<void>> {
    const name = this.#names.get(to)
    if (name === undefined) return this.#missing(to)
    return this.#in(path, serverIds, (uids, { uidValidity }) => moveMessages(this.#connection, uidValidity, uids, name))
  }

  async #change(change: FolderChange): Promise<Outcome<void>> {
    const listed = await askForFolders(this.#connection, 'names')()
    return listed.ok ? changeFolder(this.#connection, listed.value, change) : listed
  }

  async #append(path: string, message: AppendedMessage): Promise<Outcome<void>> {
    const name = this.#names.get(path)
    return name === undefined ? this.#missing(path) : appendMessage(this.#connection, name, message)
  }

  async #look(path: string, mark: FolderMark | null, count: number): Promise<Outcome<FolderNews>> {
    const name = this.#names.get(path)
    return name === undefined ? this.#missing(path) : this.#opened(path, await lookIntoFolder(this.#connection, name, mark, count)())
  }

  #opened(path: string, look: Outcome<FolderLook>): Outcome<FolderNews> {
    this.#selected = look.ok ? { path, opened: look.value.opened } : null
    return look.ok ? done(look.value.news) : look
  }

  async #fetchFrom(path: string, messages: readonly FolderMessage[], receiver: MessageReceiver): Promise<Outcome<void>> {
    const name = this.#names.get(path)
    if (name === undefined) return this.#missing(path)
    const wanted = wantedOf(messages)
    const uidValidity = numbersIn(messages[0]?.serverId ?? '')?.uidValidity ?? null
    if (this.#selected?.path === path) return fetchMessages(this.#connection, wanted, receiver, async () => done(undefined))
    this.#selected = null
    const opening = openFolder(this.#connection, name, uidValidity)
    return fetchMessages(this.#connection, wanted, receiver, async () => {
      const opened = await opening()
      if (opened.ok) this.#selected = { path, opened: opened.value }
      return opened
    })
  }

  async #setFlags(path: string, changes: readonly FlagChange[]): Promise<Outcome<readonly FlagChange[]>> {
    const selected = await this.#select(path)
    if (!selected.ok) return selected
    return changeFlags(this.#connection, selected.value, changes.map((change) => ({ change, uid: this.#uidOf(change.serverId) })))
  }

  async #in<T>(path: string, serverIds: readonly string[], work: (uids: readonly number[], opened: OpenedFolder) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const selected = await this.#select(path)
    return selected.ok ? work(serverIds.flatMap((serverId) => this.#uidOf(serverId) ?? []), selected.value) : selected
  }

  async #select(path: string): Promise<Outcome<OpenedFolder>> {
    if (this.#selected?.path === path) return done(this.#selected.opened)
    const name = this.#names.get(path)
    if (name === undefined) return this.#missing(path)
    const opened = await openFolder(this.#connection, name, null)()
    this.#selected = opened.ok ? { path, opened: opened.value } : null
    return opened
  }

  #missing(path: string): Outcome<never> {
    return failed('mailbox.missing', { ...this.#connection.evidence, name: path })
  }

  /** Of the folder that is open; null = not one of its messages. */
  #uidOf(serverId: string): number | null {
    const numbers = numbersIn(serverId)
    return numbers !== null && numbers.uidValidity === this.#selected?.opened.uidValidity ? numbers.uid : null
  }
}

/** Made as they are asked for: there may be very many. */
function* wantedOf(messages: readonly FolderMessage[]): Generator<Wanted> {
  for (const { serverId, size } of messages) yield { serverId, uid: numbersIn(serverId)?.uid ?? null, size }
}

function numbersIn(serverId: string): { readonly uidValidity: string; readonly uid: number } | null {
  const [, uidValidity, uid] = /^(\d{1,20}):(\d{1,10})$/.exec(serverId) ?? []
  return uidValidity === undefined ? null : { uidValidity, uid: Number(uid) }
}
