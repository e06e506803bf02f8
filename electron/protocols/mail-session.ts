/**
 * The two kinds of open session the rest of the program works with. Nothing above this room knows node sockets or nodemailer;
 * whatever a library throws has become a failure code before it gets here.
 */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { ServerAdvice } from '../../shared/model/server-advice.ts'
import type { FolderChange } from '../../shared/model/folder.ts'
import type { FlagChange, FolderMark, FolderMessage, FolderNews, ServerFolder } from '../../shared/model/server-folder.ts'
import type { MessageReceiver } from './net/server-target.ts'

export interface ServerMessage {
  /**
   * What the server calls this message for good: POP3 the UIDL (RFC 1939 section 7), IMAP `UIDVALIDITY:UID` (RFC 9051
   * section 2.3.1.1). Only compared, never interpreted, above this room.
   */
  readonly serverId: string
  /** Bytes as announced; servers are known to be wrong about it. */
  readonly size: number
  readonly seen: boolean
}

/** The folders of an account somebody is signed in to. One call at a time; a folder that is gone is `mailbox.missing`. */
export interface FolderSession {
  /** False = the connection is of no more use; else what was refused concerns that folder alone. */
  usable(): boolean
  /** All folders, and in the same breath a look into the inbox. */
  list(mark: FolderMark | null, count: number): Promise<Outcome<{ readonly folders: readonly ServerFolder[]; readonly inbox: FolderNews }>>
  /** `count`: how many of the messages seen at the mark are believed to be there still. */
  look(path: string, mark: FolderMark | null, count: number): Promise<Outcome<FolderNews>>
  /** How messages begin: their headers, byte for byte, with the empty line. Those that are overlong or gone are left out. */
  headers(path: string, serverIds: readonly string[]): Promise<Outcome<ReadonlyMap<string, Buffer>>>
  /** As an inbox's `fetch`. */
  fetch(path: string, messages: readonly FolderMessage[], receiver: MessageReceiver): Promise<Outcome<void>>
  /** Answers with those the server has taken, or can never take. */
  setFlags(path: string, changes: readonly FlagChange[]): Promise<Outcome<readonly FlagChange[]>>
  /** Answers with those the server has confirmed to be gone for good. */
  remove(path: string, serverIds: readonly string[]): Promise<Outcome<readonly string[]>>
  /** To another folder of those listed. What was refused half way may stand in both, and never in none. */
  move(path: string, serverIds: readonly string[], to: string): Promise<Outcome<void>>
  /** The folders alone; nothing is looked into. Before `holds` and `append`, in a session that did not `list`. */
  names(): Promise<Outcome<readonly ServerFolder[]>>
  /** Those of these Message-IDs (with their angle brackets) that the folder has a message of, which came there no earlier than `since`. */
  holds(path: string, messageIds: readonly string[], since: Date): Promise<Outcome<ReadonlySet<string>>>
  /** Puts a message into the folder, as read. Not ok and no longer `usable`: nobody knows whether it is there. */
  append(path: string, message: AppendedMessage): Promise<Outcome<void>>
  /** Makes, renames or deletes a folder; one that has a use, or still holds messages, is refused. */
  change(change: FolderChange): Promise<Outcome<void>>
}

/** A finished message, streamed from its file. */
export interface AppendedMessage {
  readonly file: string
  readonly size: number
  /** When it was sent. */
  readonly at: Date
}

/** An inbox somebody is signed in to. One call at a time. */
export interface InboxSession {
  /** null = the protocol knows one folder and no flags. */
  readonly folders: FolderSession | null
  list(): Promise<Outcome<readonly ServerMessage[]>>
  /** How messages begin: their headers, byte for byte. Those that can't be had without all of the message are left out. */
  headers(serverIds: readonly string[]): Promise<Outcome<ReadonlyMap<string, Buffer>>>
  /** Brings the messages, over IMAP in whatever order the server sends them. Not ok = the connection is of no more use. */
  fetch(serverIds: readonly string[], receiver: MessageReceiver): Promise<Outcome<void>>
  /**
   * Removes messages from the server and answers with those the server has confirmed for good (POP3: +OK to QUIT, RFC 1939
   * section 6; IMAP: the EXPUNGE's OK). The session is over afterwards.
   */
  removeAndClose(serverIds: readonly string[]): Promise<Outcome<readonly string[]>>
  /** What is unusual about this inbox, as far as this session met it. */
  advice(): readonly ServerAdvice[]
  close(): Promise<void>
  /**
   * Ends without a good-bye, for when not all that was fetched is kept: a POP3 server may take QUIT for the receipt of every
   * message it sent, and remove them (RFC 2449 section 6.7, EXPIRE 0).
   */
  hangUp(): Promise<void>
}

export interface RecipientAnswer {
  readonly address: string
  readonly accepted: boolean
  /** null where the server's answer to the whole message (DATA) decided. */
  readonly replyCode: number | null
  readonly words: string | null
}

export interface SubmitRequest {
  readonly mailFrom: string
  readonly recipients: readonly string[]
  /** The finished message, streamed from this file. */
  readonly file: string
  readonly size: number
  /** RFC 3461; null = not asked for. */
  readonly envelopeId: string | null
  /**
   * Asked once, before the end of the message goes out, without which no server may take it (RFC 5321 section 4.1.1.4): what this writes must
   * be on disk when it resolves. False = it must not be submitted any more.
   */
  submitting(): boolean | Promise<boolean>
}

export interface Submitted {
  /** The server's answer to the message, as it said it. */
  readonly words: string
  readonly replyCode: number
  readonly recipients: readonly RecipientAnswer[]
}

export type Submission = Outcome<Submitted> & {
  /** Who was refused even when the mail was taken, and the other way round. */
  readonly recipients: readonly RecipientAnswer[]
  /** False = the connection ended before the server came to this mail: nothing that is said here is about it. */
  readonly tried: boolean
}

/** A connection to a submission server (RFC 6409). One call at a time, but for `submit`. */
export interface SubmissionSession {
  /**
   * So many `submit` may be under way at a time. They are served in the order of the calls; where the server can do it, the next one's
   * envelope goes out behind the message before, without waiting for the answer to that one (RFC 2920 section 3.1).
   */
  readonly ahead: number
  /**
   * Not ok: `send.outcome-unknown` only when the message went out and no answer came back; every other code means that the
   * server does not have it.
   */
  submit(request: SubmitRequest): Promise<Submission>
  /** MAIL FROM and RCPT TO without DATA, then RSET: would this be taken? (B7, B8) */
  rehearse(mailFrom: string, recipient: string): Promise<Outcome<string>>
  /** Does somebody else wait for this connection's place at the server, who has fewer of them? `as-much`: it is a matter of taking turns. Left out = nobody ever does. */
  claim?(): 'none' | 'as-much' | 'more'
  close(): Promise<void>
}
