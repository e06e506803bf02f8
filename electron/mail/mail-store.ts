/**
 * Received mail: every message an .eml file, byte for byte, plus a row in the index. A message counts as stored only when
 * file and row are durable (C3).
 */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { AccountId, Delivery } from '../../shared/model/account.ts'
import type { Folder } from '../../shared/model/folder.ts'
import type { MessageKey, MessageRow, MessageView } from '../../shared/model/message.ts'
import type { RemovalPreview, RemovedCopy } from '../../shared/model/removal.ts'
import type { FolderMessage } from '../../shared/model/server-folder.ts'
import type { Undone } from './deleted-messages.ts'
import type { ServerPlace } from './memberships.ts'
import type { RenamedMessages } from './renamed-messages.ts'
import type { ReusedNames } from './reused-names.ts'
import type { ServerFolders } from './server-folders.ts'
import type { IndexRun } from './index-waiting.ts'
import type { Privacy } from './sent-copies.ts'
import type { StoreReport } from '../../shared/model/store-findings.ts'

/** Messages on their way in. What `commit` has acknowledged is durable: files, their folder entries, and rows in one transaction. */
export interface IncomingBatch {
  /** Takes the bytes as they come; `finish` closes the file (not yet durable), `abandon` deletes it. */
  begin(serverId: string, options: { readonly seen: boolean }): Promise<IncomingMessage>
  /** One fsync round for all finished since the last commit. Answers with how many became stored (doubles are dropped). */
  commit(): Promise<Outcome<{ readonly stored: number; readonly bytes: number }>>
  /** Finished or begun but not committed: deleted. */
  abandon(): Promise<void>
}

export interface IncomingMessage {
  write(piece: Uint8Array): void | Promise<void>
  finish(): Promise<Outcome<void>>
  abandon(): Promise<void>
}

/** What a server with folders tells of a message before it is fetched. */
export type KnownOfMessage = Pick<FolderMessage, 'flags' | 'objectId'>

export interface ExamineOptions {
  readonly rebuild: boolean
  readonly signal: AbortSignal
  /** Messages looked at, of how many; null = not counted yet. */
  progress(looked: number, of: number | null, report: StoreReport): void
}

export interface MessageQuery {
  readonly accountId: AccountId | null
  /** Left out or null = in any, or in none of the server's any more. */
  readonly folder?: string | null
  readonly search: string
  readonly offset: number
  readonly limit: number
  /** Where this message stands in the list is asked for too. */
  readonly placeOf?: MessageKey | null
}

export interface MessageList {
  readonly messages: readonly MessageRow[]
  readonly total: number
  /** null = not asked for, or not in this list. */
  readonly place: number | null
}

export interface MailStore {
  /** All server ids of this account's folder that are stored here, also of messages deleted here since. */
  knownServerIds(accountId: AccountId, folder: string): ReadonlySet<string>
  /** Messages are about to come, sooner than `receive` says so: what files them gets ready. */
  prepareToReceive(): void
  /** `privacy`: which of them the account wants marked as private (C5). `knownOf`: what the server told of each, where it tells anything. */
  receive(accountId: AccountId, folder: string, privacy?: Privacy, knownOf?: (serverId: string) => KnownOfMessage | undefined): IncomingBatch
  /** The other side of the folders, where the server has any. */
  readonly server: ServerFolders
  /** In the order people look for them; at least the inbox. */
  folders(accountId: AccountId): readonly Folder[]
  /** Newest first. As fast at the end of a long list as at its beginning. */
  list(query: MessageQuery): MessageList
  /** Which of these a search finds. */
  matching(search: string, ids: readonly MessageKey[]): readonly MessageKey[]
  /** Stored after this one, oldest first; `at` is the sender's date, or when it came in, whichever is earlier. */
  arrivedAfter(id: MessageKey, limit: number): readonly { readonly id: MessageKey; readonly at: Date }[]
  read(id: MessageKey): Promise<Outcome<MessageView>>
  source(id: MessageKey, offset: number, length: number): Promise<Outcome<{ readonly bytes: Uint8Array; readonly size: number }>>
  attachment(id: MessageKey, index: number, offset: number, length: number): Promise<Outcome<{ readonly bytes: Uint8Array; readonly size: number }>>
  /** Where these stand on the server: in this folder, or in the first one that does not show everything. Those that are gone from there are left out. */
  placesOf(ids: readonly MessageKey[], folder: string | null): readonly ServerPlace[]
  markSeen(ids: readonly MessageKey[], seen: boolean): void
  markFlagged(ids: readonly MessageKey[], flagged: boolean): void
  markPrivate(ids: readonly MessageKey[], isPrivate: boolean): void
  /**
   * Out of every list, search and record; the server id stays known so that it is not fetched again. From a folder: where it stands
   * in others too, only from that one. Row and file stay until `putAwayDeleted`.
   */
  delete(ids: readonly MessageKey[], from?: string | null): Promise<Outcome<void>>
  /** Takes deletions back, with all that was known of these messages, as long as the server was not told. */
  undoDelete(ids: readonly MessageKey[]): Undone
  /** Lets go of deleted messages that can no longer be taken back here: the server has removed them, or the time for that is over. */
  putAwayDeleted(): Promise<Outcome<void>>
  /** The ledger (C2): server ids whose copy may go now under this rule. Whether the rule was agreed to is another question. */
  dueForRemoval(accountId: AccountId, folder: string, rule: Delivery): readonly string[]
  /** Exactly what `dueForRemoval` lets go, in every folder, and what it will later. */
  previewRemovals(accountId: AccountId, rule: Delivery): RemovalPreview
  /** True for a rule that removes nothing, and for the one a person agreed to last. */
  mayRemove(accountId: AccountId, rule: Delivery): boolean
  /** A person saw what this rule removes, and agreed; null = the agreement is withdrawn. */
  agreeToRemovals(accountId: AccountId, rule: Delivery | null): void
  /** The server's list as it is: what is no longer on it can't be removed any more, and is no longer previewed. */
  noteListed(accountId: AccountId, folder: string, listed: ReadonlySet<string>): void
  /** Before the server is told: from then on a deletion can't be taken back. */
  noteAsked(accountId: AccountId, folder: string, serverIds: readonly string[]): void
  /** Only for ids the server has confirmed. */
  noteRemoved(accountId: AccountId, folder: string, serverIds: readonly string[]): void
  /** What was removed because Mailroom asked for it, the last one first. */
  removals(accountId: AccountId, limit: number): { readonly removals: readonly RemovedCopy[]; readonly total: number }
  /** Are there messages whose texts are not found yet? The newest thousand of them are found by their header words. */
  hasUnindexed(): boolean
  /** Takes words of all that wait into the search index, in a worker thread, the newest first. One at a time. */
  index(run: IndexRun): Promise<Outcome<void>>
  /** `unseen`: of what a person waits for, so neither of junk and deleted mail nor of what was written here. */
  counts(accountId: AccountId): { readonly messages: number; readonly unseen: number }
  /** All mail of an account, files and rows. */
  deleteAccount(accountId: AccountId): Promise<Outcome<void>>
  /**
   * Compares every message file with the index; with `rebuild`, puts the index right by the files. No message file is ever
   * deleted or changed. What was done before `signal` or a failure ended it stays; to go on, it is begun again.
   */
  examine(options: ExamineOptions): Promise<Outcome<StoreReport>>
  /** Messages that a POP3 server calls by another name than before. */
  readonly renamed: RenamedMessages
  /** Messages that a POP3 server calls by the name another one had. */
  readonly reused: ReusedNames
  /** The files that searching has open, before the database is closed. */
  close(): void
  onChange(listener: (accountId: AccountId | null) => void): () => void
  /** The search index was found damaged: it has to be made again. */
  onIndexDamaged(listener: () => void): () => void
}
