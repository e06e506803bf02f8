/**
 * What the server says about its folders, taken in (PRODUCT C4): flags, new messages, and messages that are gone.
 *
 *   listed ─▶ news of each folder ─▶ known again? ─▶ the rest is fetched ─▶ in step: only then the mark moves on
 *
 * A message that somebody took from the server stays here, marked: nothing in this file deletes one. Whatever is cut short is
 * looked at again from the old mark, and comes to the same end.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AccountId } from '../../shared/model/account.ts'
import type { FlagChange, FolderMark, FolderMessage, FolderNews, ServerFolder } from '../../shared/model/server-folder.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { FolderRows } from './folder-rows.ts'
import type { KnownAgain } from './known-again.ts'
import type { Memberships } from './memberships.ts'
import type { MessageFlags } from './message-flags.ts'
import type { RetentionLedger } from './retention-ledger.ts'

export interface ServerFolders {
  /** Where a folder stood when all of it was here; null = everything has to be looked at. */
  mark(accountId: AccountId, path: string): FolderMark | null
  /** What the server said of it then. */
  status(accountId: AccountId, path: string): string | null
  /** How many messages of it are known, and on the server as far as that is known. */
  count(accountId: AccountId, path: string): number
  /** All folders there are: the messages of one that is not among them are gone. */
  noteFolders(accountId: AccountId, folders: readonly ServerFolder[]): Promise<void>
  /** Answers with the messages that are not known here. */
  takeNews(accountId: AccountId, path: string, news: FolderNews): Promise<readonly FolderMessage[]>
  /** Answers with the server ids of those that are here, as the server tells by itself. */
  knowByObjects(accountId: AccountId, path: string, messages: readonly FolderMessage[]): ReadonlySet<string>
  /** Of messages not known here, those that may be all the same, by their size. */
  doubtful(accountId: AccountId, path: string, messages: readonly FolderMessage[]): readonly FolderMessage[]
  /** Answers with the server ids of those that are here, by their headers. */
  know(accountId: AccountId, path: string, messages: readonly FolderMessage[], headers: ReadonlyMap<string, Buffer>): Promise<ReadonlySet<string>>
  /** All of it is here, up to this mark. */
  noteInStep(accountId: AccountId, path: string, mark: FolderMark, status: string | null): void
  /** What a person did here and the server was not told of yet, by folder. */
  flagChanges(accountId: AccountId): ReadonlyMap<string, readonly FlagChange[]>
  settleFlags(accountId: AccountId, path: string, changes: readonly FlagChange[]): void
}

export interface ServerFolderParts {
  readonly database: Database
  readonly folders: FolderRows
  readonly ledger: RetentionLedger
  readonly flags: MessageFlags
  readonly known: KnownAgain
  readonly members: Pick<Memberships, 'goes' | 'comesBack'>
  readonly now: () => Date
  readonly changed: (accountId: AccountId) => void
}

/** Rows to one transaction, so that no call from a window waits long behind it. */
const stepSize = 1000
/** Fewer ids than this are looked up one by one. */
const few = 500

export function serverFolders({ database, folders, ledger, flags, known, members, now, changed }: ServerFolderParts): ServerFolders {
  async function inSteps<T>(items: readonly T[], work: (item: T) => boolean): Promise<boolean> {
    let any = false
    for (let at = 0; at < items.length; at += stepSize) {
      transaction(database, () => {
        for (const item of items.slice(at, at + stepSize)) any = work(item) || any
      })
      if (at + stepSize < items.length) await nextTurn()
    }
    return any
  }

  function goes(accountId: AccountId, path: string, serverId: string, at: number): boolean {
    const entry = ledger.noteVanished(accountId, path, serverId, at)
    // What Mailroom itself asked for is as it should be: the message stays where it is.
    return entry !== null && !entry.asked && members.goes({ accountId, folder: path, serverId }, at)
  }

  function comesBack(accountId: AccountId, path: string, serverId: string): boolean {
    ledger.noteBack(accountId, path, serverId)
    return members.comesBack({ accountId, folder: path, serverId })
  }

  /** Everything there is in a folder. */
  async function compare(accountId: AccountId, path: string, present: ReadonlySet<string>, at: number): Promise<boolean> {
    const differing = ledger.places(accountId, path).filter(({ serverId, isGone }) => isGone === present.has(serverId))
    return inSteps(differing, ({ serverId, isGone }) => (isGone ? comesBack(accountId, path, serverId) : goes(accountId, path, serverId, at)))
  }

  return {
    mark: folders.mark,
    status: folders.status,
    count: ledger.countOnServer,
    async noteFolders(accountId, listed) {
      const before = folders.paths(accountId)
      const present = new Set(listed.map(({ path }) => path))
      transaction(database, () => {
        for (const folder of listed) folders.put(folder, accountId)
      })
      const missing = before.filter((path) => !present.has(path))
      for (const path of missing) {
        await compare(accountId, path, new Set(), now().getTime())
        folders.drop(accountId, path)
      }
      if (missing.length > 0 || listed.some(({ path }) => !before.includes(path))) changed(accountId)
    },
    async takeNews(accountId, path, news) {
      const at = now().getTime()
      const { messages, vanished } = news
      const left = news.numberedAnew ? new Set<string>() : news.left
      let any = false
      if (left === null) any = await inSteps(vanished, (serverId) => goes(accountId, path, serverId, at))
      else any = await compare(accountId, path, new Set([...left, ...messages.map(({ serverId }) => serverId)]), at)
      ledger.noteStillThere(accountId, path)
      any = (await inSteps(news.flags, (one) => flags.take(accountId, path, one.serverId, one.flags))) || any

      const ids = messages.length < few ? null : ledger.knownServerIds(accountId, path)
      const isKnown = ({ serverId }: FolderMessage) => (ids === null ? ledger.isKnown(accountId, path, serverId) : ids.has(serverId))
      const wanted: FolderMessage[] = []
      const here: FolderMessage[] = []
      for (const message of messages) (isKnown(message) ? here : wanted).push(message)
      any = (await inSteps(here, (one) => {
        // Where ids last, a message may have been taken out of the folder and be there again; `compare` has seen to it already.
        const isBack = left === null && comesBack(accountId, path, one.serverId)
        return flags.take(accountId, path, one.serverId, one.flags) || isBack
      })) || any
      if (any) changed(accountId)
      return wanted
    },
    knowByObjects(accountId, path, messages) {
      const again = known.knowByObjects(accountId, path, messages)
      if (again.size > 0) changed(accountId)
      return again
    },
    doubtful: known.doubtful,
    async know(accountId, path, messages, headers) {
      const again = await known.know(accountId, path, messages, headers)
      if (again.size > 0) changed(accountId)
      return again
    },
    noteInStep: folders.setMark,
    flagChanges: flags.waitingOf,
    settleFlags: (accountId, path, changes) =>
      transaction(database, () => {
        for (const change of changes) flags.settle(accountId, path, change)
      }),
  }
}
