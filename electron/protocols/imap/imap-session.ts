/**
 * An IMAP inbox somebody is signed in to (RFC 9051), on imapflow. Ids are `UIDVALIDITY:UID`: when a server numbers its
 * messages anew, all ids simply differ. Nothing is marked as read by fetching.
 */
import type { ImapFlow } from 'imapflow'
import { done, failure, refused } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { ServerAdvice } from '../../../shared/model/server-advice.ts'
import type { InboxSession, ServerMessage } from '../mail-session.ts'
import type { MessageReceiver } from '../net/server-target.ts'
import { ImapFetch } from './imap-fetch.ts'
import { imapflowFailure } from './imap-failure.ts'

/** UIDs to a command that marks and removes. */
const removalBatch = 500
const goodbyeMilliseconds = 2000

export class ImapSession implements InboxSession {
  readonly #client: ImapFlow
  readonly #evidence: Evidence
  readonly #whyClosed: () => Failure | null
  readonly #uidValidity: string
  readonly #count: number
  #sizes: ReadonlyMap<string, number> | null = null

  /** The client has INBOX selected. `whyClosed`: what ended the connection, where that is known better than the library tells. */
  constructor(client: ImapFlow, evidence: Evidence, whyClosed: () => Failure | null) {
    this.#client = client
    this.#evidence = evidence
    this.#whyClosed = whyClosed
    this.#uidValidity = client.mailbox === false ? '' : String(client.mailbox.uidValidity)
    this.#count = client.mailbox === false ? 0 : client.mailbox.exists
  }

  async list(): Promise<Outcome<readonly ServerMessage[]>> {
    const messages: ServerMessage[] = []
    try {
      if (this.#count > 0) {
        for await (const message of this.#client.fetch('1:*', { uid: true, flags: true, size: true })) {
          // Without a size it is news of flags that somebody else changed meanwhile.
          if (message.size === undefined) continue
          messages.push({ serverId: `${this.#uidValidity}:${message.uid}`, size: message.size, seen: message.flags?.has('\\Seen') ?? false })
        }
      }
    } catch (error) {
      return this.#refused(error)
    }
    this.#sizes = new Map(messages.map(({ serverId, size }) => [serverId, size]))
    return done(messages)
  }

  async fetch(serverIds: readonly string[], receiver: MessageReceiver): Promise<Outcome<void>> {
    if (this.#sizes === null) {
      const listed = await this.list()
      if (!listed.ok) return listed
    }
    const wanted = serverIds.map((serverId) => ({ serverId, uid: this.#uidOf(serverId), size: this.#sizes?.get(serverId) ?? 0 }))
    return new ImapFetch(this.#client, receiver, this.#evidence, this.#whyClosed).bring(wanted)
  }

  async removeAndClose(serverIds: readonly string[]): Promise<Outcome<readonly string[]>> {
    const wanted = serverIds.map((serverId) => ({ serverId, uid: this.#uidOf(serverId) })).filter(({ uid }) => uid !== null)
    const removed: string[] = []
    try {
      for (let at = 0; at < wanted.length; at += removalBatch) {
        const batch = wanted.slice(at, at + removalBatch)
        const uids = batch.map(({ uid }) => uid)
        if (!(await this.#mayExpunge(uids))) break
        // STORE +FLAGS \Deleted, then UID EXPUNGE; true only after the OK to both.
        if (!(await this.#client.messageDelete(uids.join(','), { uid: true }))) break
        removed.push(...batch.map(({ serverId }) => serverId))
      }
    } catch (error) {
      if (removed.length === 0) return this.#refused(error)
    }
    if (wanted.length > 0 && removed.length === 0) {
      // imapflow answers a connection that broke here as it answers a NO.
      const reason = this.#whyClosed() ?? failure(this.#client.usable ? 'server.refused' : 'connect.lost', this.#evidence)
      await this.close()
      return refused(reason)
    }
    await this.close()
    return done(removed)
  }

  advice(): readonly ServerAdvice[] {
    return []
  }

  async hangUp(): Promise<void> {
    this.#client.close()
  }

  async close(): Promise<void> {
    // The answer to LOGOUT is of no interest, and a broken connection has none: it is waited for only so that it is sent.
    const goodbye = this.#client.logout().catch(() => {})
    const patience = setTimeout(() => this.#client.close(), goodbyeMilliseconds)
    await goodbye
    clearTimeout(patience)
    this.#client.close()
  }

  /** Without UIDPLUS (RFC 4315) EXPUNGE removes all that is marked \Deleted, by whomever: then only if nothing else is. */
  async #mayExpunge(uids: readonly (number | null)[]): Promise<boolean> {
    if (this.#client.capabilities.has('UIDPLUS')) return true
    const marked = await this.#client.search({ deleted: true }, { uid: true })
    return Array.isArray(marked) && marked.every((uid) => uids.includes(uid))
  }

  #uidOf(serverId: string): number | null {
    const [, validity, uid] = /^(\d{1,20}):(\d{1,10})$/.exec(serverId) ?? []
    return validity === this.#uidValidity ? Number(uid) : null
  }

  #refused(error: unknown): Outcome<never> {
    return refused(this.#whyClosed() ?? imapflowFailure(error, 'command', this.#evidence))
  }
}
