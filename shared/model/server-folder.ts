/** Folders as a server tells of them, between the protocol that asks and the store that keeps them (PRODUCT C4). */
import type { FolderUse } from './folder.ts'

/** What a message carries on the server (RFC 9051 section 2.3.2). */
export interface ServerFlags {
  readonly seen: boolean
  readonly flagged: boolean
  readonly answered: boolean
  readonly draft: boolean
  /** Sorted. */
  readonly keywords: readonly string[]
}

/** A message in a folder. */
export interface FolderMessage {
  readonly serverId: string
  readonly size: number
  readonly flags: ServerFlags
  /** What the server calls the same bytes in every folder of the account (RFC 8474 EMAILID, Gmail's X-GM-MSGID); null = it does not tell. */
  readonly objectId: string | null
}

export interface ServerFolder {
  /** Readable, with its parents; what every call here goes by. */
  readonly path: string
  /** What stands between the parts of a path; null = it has none. */
  readonly delimiter: string | null
  readonly use: FolderUse | null
  readonly holdsMessages: boolean
  /** Different whenever something in the folder may be; null = only a look inside tells. */
  readonly status: string | null
  /** How many messages are in it; null = not told. */
  readonly messages: number | null
}

/** Where a folder stood when it was last in step with the server. */
export interface FolderMark {
  readonly uidValidity: string
  /** UIDs from here on were not seen yet. */
  readonly uidNext: number
  /** RFC 7162; null = the server counts no changes. */
  readonly modseq: string | null
}

/** What became of a folder since a mark. */
export interface FolderNews {
  readonly mark: FolderMark
  /** Not numbered as at the last mark, or never looked at: `messages` are all there are, and other ids mean nothing any more. */
  readonly numberedAnew: boolean
  /** Those not seen at the mark. */
  readonly messages: readonly FolderMessage[]
  /** Of those seen at the mark, at least those that changed. */
  readonly flags: readonly { readonly serverId: string; readonly flags: ServerFlags }[]
  /** Of those seen at the mark, all that are left; null = `vanished` tells those that are not. */
  readonly left: ReadonlySet<string> | null
  readonly vanished: readonly string[]
}

/** `flag` as the server calls it: `\Seen`, or a keyword. */
export interface FlagChange {
  readonly serverId: string
  readonly flag: string
  readonly isSet: boolean
}
