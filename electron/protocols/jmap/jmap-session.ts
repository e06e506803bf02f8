/**
 * An account somebody is signed in to over JMAP (RFC 8620, RFC 8621). Ids are the server's own for a message, the same in every mailbox, and
 * never change. There is no connection that could be lost: each call goes out by itself, over connections that are kept.
 */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { type FolderChange, inboxPath } from '../../../shared/model/folder.ts'
import type { FolderMark, FolderMessage, FolderNews, ServerFolder } from '../../../shared/model/server-folder.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { FolderSession, InboxSession, ServerMessage } from '../mail-session.ts'
import type { MessageReceiver } from '../net/server-target.ts'
import { changeKeywords, moveEmails, removeEmails } from './change-emails.ts'
import { changeMailbox } from './change-mailbox.ts'
import { askForState, createEmailNews, stateIn } from './email-news.ts'
import { fetchEmails } from './fetch-emails.ts'
import type { JmapClient } from './jmap-client.ts'
import { appendEmail, findMessageIds } from './keep-email.ts'
import { askForMailboxes, foldersOf, type MailboxFolder, mailboxesSchema } from './mailboxes.ts'

export class JmapSession implements InboxSession {
  readonly folders: FolderSession
  readonly #client: JmapClient
  readonly #news: ReturnType<typeof createEmailNews>
  #mailboxes: ReadonlyMap<string, MailboxFolder> = new Map()
  #inbox: ReadonlyMap<string, FolderMessage> = new Map()

  constructor(client: JmapClient) {
    this.#client = client
    this.#news = createEmailNews(client)
    this.folders = {
      usable: () => client.usable(),
      list: (mark) => this.#listFolders(mark),
      look: (path, mark) => this.#in(path, ({ id }) => this.#news.of(id, mark)),
      // By its id a message is the same in every mailbox: its header tells nothing more.
      headers: async () => done(new Map()),
      fetch: (path, messages, receiver) => this.#in(path, () => fetchEmails(client, messages, receiver)),
      setFlags: (path, changes) => this.#in(path, () => changeKeywords(client, changes)),
      remove: (path, serverIds) => this.#in(path, ({ id }) => removeEmails(client, id, serverIds)),
      move: (path, serverIds, to) => this.#in(path, ({ id: from }) => this.#in(to, ({ id }) => moveEmails(client, from, id, serverIds))),
      names: () => this.#listNames(),
      holds: (path, messageIds, since) => this.#in(path, ({ id }) => findMessageIds(client, id, messageIds, since)),
      append: (path, message) => this.#in(path, ({ id }) => appendEmail(client, id, message)),
      change: (change) => this.#change(change),
    }
  }

  async list(): Promise<Outcome<readonly ServerMessage[]>> {
    const listed = await this.#listFolders(null)
    if (!listed.ok) return listed
    this.#inbox = new Map(listed.value.inbox.messages.map((message) => [message.serverId, message]))
    return done(listed.value.inbox.messages.map(({ serverId, size, flags }) => ({ serverId, size, seen: flags.seen })))
  }

  async fetch(serverIds: readonly string[], receiver: MessageReceiver): Promise<Outcome<void>> {
    const listed: Outcome<unknown> = this.#inbox.size > 0 ? done(undefined) : await this.list()
    if (!listed.ok) return listed
    return fetchEmails(this.#client, serverIds.flatMap((serverId) => this.#inbox.get(serverId) ?? []), receiver)
  }

  async removeAndClose(serverIds: readonly string[]): Promise<Outcome<readonly string[]>> {
    const removed = await this.folders.remove(inboxPath, serverIds)
    await this.close()
    return removed
  }

  async headers(): Promise<Outcome<ReadonlyMap<string, Buffer>>> {
    return done(new Map())
  }

  advice(): readonly ServerAdvice[] {
    return []
  }

  async close(): Promise<void> {
    this.#client.close()
  }

  async hangUp(): Promise<void> {
    this.#client.close()
  }

  async #listFolders(mark: FolderMark | null): Promise<Outcome<{ readonly folders: readonly ServerFolder[]; readonly inbox: FolderNews }>> {
    // The state first: whatever happens after it is told the next time.
    const answers = await this.#client.call([askForState, askForMailboxes])
    if (!answers.ok) return answers
    const state = stateIn(answers.value)
    if (!state.ok) return state
    const mailboxes = answers.value.read('mailboxes', 'Mailbox/get', mailboxesSchema)
    if (!mailboxes.ok) return mailboxes
    const folders = this.#know(foldersOf(mailboxes.value.list, state.value))
    const inbox = this.#mailboxes.get(inboxPath)
    if (inbox === undefined) return failed('mailbox.missing', { ...this.#client.evidence, name: inboxPath })
    const isInStep = mark !== null && mark.uidValidity === inbox.id && mark.modseq === state.value
    const news = isInStep ? done(nothingNew(mark)) : await this.#news.of(inbox.id, mark)
    return news.ok ? done({ folders, inbox: news.value }) : news
  }

  async #listNames(): Promise<Outcome<readonly ServerFolder[]>> {
    const listed = await this.#askForNames()
    return listed.ok ? done(listed.value) : listed
  }

  async #askForNames(): Promise<Outcome<readonly MailboxFolder[]>> {
    const answers = await this.#client.call([askForMailboxes])
    if (!answers.ok) return answers
    const mailboxes = answers.value.read('mailboxes', 'Mailbox/get', mailboxesSchema)
    return mailboxes.ok ? done(this.#know(foldersOf(mailboxes.value.list, null))) : mailboxes
  }

  #know(folders: readonly MailboxFolder[]): readonly MailboxFolder[] {
    this.#mailboxes = new Map(folders.map((folder) => [folder.path, folder]))
    return folders
  }

  async #change(change: FolderChange): Promise<Outcome<void>> {
    const folders = await this.#askForNames()
    return folders.ok ? changeMailbox(this.#client, folders.value, change) : folders
  }

  async #in<T>(path: string, work: (mailbox: MailboxFolder) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const listed: Outcome<unknown> = this.#mailboxes.size > 0 ? done(undefined) : await this.#askForNames()
    if (!listed.ok) return listed
    const mailbox = this.#mailboxes.get(path)
    return mailbox === undefined ? failed('mailbox.missing', { ...this.#client.evidence, name: path }) : work(mailbox)
  }
}

function nothingNew(mark: FolderMark): FolderNews {
  return { mark, numberedAnew: false, messages: [], flags: [], left: null, vanished: [] }
}
