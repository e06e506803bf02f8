/**
 * What became of a folder since it was last in step: everything the first time; later no more than what changed, as far as the
 * server can tell.
 *
 *   QRESYNC    SELECT answers with changed flags and vanished UIDs itself (RFC 7162 section 3.2.5)
 *   CONDSTORE  changed flags by CHANGEDSINCE; vanished ones by listing UIDs, only when the count does not come out even
 *   neither    flags of all
 *
 * New messages are asked for in the same breath. UIDs told to be gone need never have been known.
 */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { FolderMark, FolderMessage, FolderNews, ServerFlags } from '../../../shared/model/server-folder.ts'
import { codeIn, type ImapConnection } from './imap-connection.ts'
import { createFlagsReader } from './imap-flags.ts'
import { listIn, type Response, textIn, type Value } from './imap-responses.ts'
import { quoted } from './mailbox-name.ts'
import { uidsIn } from './uid-set.ts'
import { spareMemoryAt } from '../spare-memory.ts'

/** As a folder says when it is opened (RFC 9051 section 6.3.2). */
export interface OpenedFolder {
  readonly uidValidity: string
  readonly exists: number
  readonly modseq: string | null
  /** Flags that can be changed for good; null = not told, so all. */
  readonly permanentFlags: ReadonlySet<string> | null
  readonly readOnly: boolean
}

export interface FolderLook {
  readonly news: FolderNews
  readonly opened: OpenedFolder
}

/** More UIDs told to be gone than this are cheaper found out by listing those that are left. */
const mostVanished = 200_000
/** No mailbox has more; a server that tells of more never ends. */
const mostMessages = 1_000_000
/** RFC 9051 section 2.3.1.1: 32 bits. */
const largestUid = 0xffff_ffff

/** A message as it is told; what is told of one there are 200,000 of is made once, and handed on as it is. */
interface Listed {
  readonly uid: number
  serverId: string
  /** null = not told yet. */
  size: number | null
  flags: ServerFlags | null
  objectId: string | null
}
type Complete = Listed & { readonly size: number; readonly flags: ServerFlags }

/** What is asked of a message that is new, and what it is called in every folder where the server tells that (RFC 8474 section 5.3). */
function newItems({ capabilities }: ImapConnection): string {
  return `UID FLAGS RFC822.SIZE${capabilities.has('X-GM-EXT-1') ? ' X-GM-MSGID' : capabilities.has('OBJECTID') ? ' EMAILID' : ''}`
}

/** Sends all that can be sent at once; what the server answers is read when it is waited for. */
export function lookIntoFolder(connection: ImapConnection, name: string, mark: FolderMark | null, count: number): () => Promise<Outcome<FolderLook>> {
  const { capabilities } = connection
  const way = mark === null ? 'all' : mark.modseq === null ? 'flags' : capabilities.has('QRESYNC') ? 'qresync' : capabilities.has('CONDSTORE') ? 'condstore' : 'flags'
  const parameter = way === 'qresync' ? ` (QRESYNC (${mark?.uidValidity} ${mark?.modseq}))` : capabilities.has('CONDSTORE') ? ' (CONDSTORE)' : ''
  const from = mark?.uidNext ?? 1
  const selectTag = connection.send(`SELECT ${quoted(name) ?? '""'}${parameter}`)
  const flagsTag = from <= 1 || way === 'qresync' ? null : connection.send(`UID FETCH 1:${from - 1} (UID FLAGS)${way === 'condstore' ? ` (CHANGEDSINCE ${mark?.modseq})` : ''}`)
  const newTag = connection.send(`UID FETCH ${from}:* (${newItems(connection)})`)

  return async () => {
    const opening = createOpening()
    const heard = createHearing()
    const selected = await connection.until(selectTag, (response) => {
      opening.take(response)
      heard.take(response)
    })
    const answers = [selected]
    for (const tag of [flagsTag, newTag]) {
      if (tag !== null) answers.push(await connection.until(tag, heard.take))
    }
    for (const answer of answers) {
      const accepted = connection.accepted(answer)
      if (!accepted.ok) return accepted
    }
    const opened = opening.done(selected.ok ? selected.value.text : '')
    if (mark !== null && mark.uidValidity !== opened.uidValidity) return lookAgain(opened)
    return settle(opened, heard)
  }

  async function settle(opened: OpenedFolder, heard: Hearing): Promise<Outcome<FolderLook>> {
    const idOf = (uid: number) => `${opened.uidValidity}:${uid}`
    const flags: { readonly serverId: string; readonly flags: ServerFlags }[] = []
    let fresh = 0
    for (const { uid, flags: carried } of heard.messages.values()) {
      if (uid >= from) fresh += 1
      else if (carried !== null) flags.push({ serverId: idOf(uid), flags: carried })
    }
    const left = way === 'flags' ? new Set(flags.map(({ serverId }) => serverId)) : way === 'condstore' ? await leftIn(opened, fresh) : done(null)
    const kept = left instanceof Set ? done(left) : left
    if (!kept.ok) return kept
    const vanished = heard.vanished()
    if (vanished === null) return lookAgain(opened)
    const { messages, uidNext } = heard.from(from, opened.uidValidity)
    const newMark = { uidValidity: opened.uidValidity, uidNext, modseq: opened.modseq }
    const news: FolderNews = { mark: newMark, numberedAnew: mark === null, messages, flags, left: kept.value, vanished: vanished.map(idOf) }
    return done({ news, opened })
  }

  /** null = none can have gone. */
  async function leftIn(opened: OpenedFolder, fresh: number): Promise<Outcome<ReadonlySet<string> | null>> {
    if (opened.exists === count + fresh || from <= 1) return done(null)
    const uids: number[] = []
    const searched = await connection.ask(`UID SEARCH UID 1:${from - 1}`, (response) => {
      if (response.name !== 'SEARCH') return
      for (const value of response.values.slice(0, mostMessages - uids.length)) uids.push(Number(textIn(value)))
    })
    return searched.ok ? done(new Set(uids.map((uid) => `${opened.uidValidity}:${uid}`))) : searched
  }

  /** Numbered anew, or too much to tell: as if it had never been looked into. The folder is open. */
  async function lookAgain(opened: OpenedFolder): Promise<Outcome<FolderLook>> {
    const heard = createHearing()
    const listed = await connection.ask(`UID FETCH 1:* (${newItems(connection)})`, heard.take)
    if (!listed.ok) return listed
    const { messages, uidNext } = heard.from(1, opened.uidValidity)
    const newMark = { uidValidity: opened.uidValidity, uidNext, modseq: opened.modseq }
    return done({ news: { mark: newMark, numberedAnew: true, messages, flags: [], left: null, vanished: [] }, opened })
  }
}

/** Opens a folder to work in it. Another numbering than `uidValidity` is a folder that is not there any more. */
export function openFolder(connection: ImapConnection, name: string, uidValidity: string | null): () => Promise<Outcome<OpenedFolder>> {
  const tag = connection.send(`SELECT ${quoted(name) ?? '""'}`)
  return async () => {
    const opening = createOpening()
    const answer = connection.accepted(await connection.until(tag, opening.take))
    if (!answer.ok) return answer
    const opened = opening.done(answer.value)
    return uidValidity === null || opened.uidValidity === uidValidity ? done(opened) : failed('mailbox.missing', { ...connection.evidence, name })
  }
}

function createOpening() {
  let exists = 0
  let permanentFlags: ReadonlySet<string> | null = null
  const codes = new Map<string, string>()
  return {
    take: ({ name, number, text }: Response): void => {
      if (name === 'EXISTS') exists = number ?? 0
      const code = name === 'OK' ? codeIn(text) : null
      if (code === null) return
      codes.set(code.name, code.value)
      if (code.name === 'PERMANENTFLAGS') permanentFlags = new Set(code.value.replaceAll(/[()]/g, '').toLowerCase().split(' '))
    },
    done(words: string): OpenedFolder {
      const digits = (name: string) => /^\d{1,20}$/.exec(codes.get(name) ?? '')?.[0] ?? null
      const modseq = digits('HIGHESTMODSEQ')
      return { uidValidity: digits('UIDVALIDITY') ?? '0', exists, modseq: modseq === '0' ? null : modseq, permanentFlags, readOnly: codeIn(words)?.name === 'READ-ONLY' }
    },
  }
}

type Hearing = ReturnType<typeof createHearing>

function createHearing() {
  const messages = new Map<number, Listed>()
  const readFlags = createFlagsReader()
  let gone: number[] | null = []
  return {
    messages,
    /** null = too many to be told one by one. */
    vanished: (): readonly number[] | null => gone,
    /**
     * Those from that UID on, and where to go on next time: only what was listed counts as seen, whatever the server says of its next
     * UID; what was listed by half is listed again.
     */
    from(first: number, uidValidity: string): { readonly messages: readonly FolderMessage[]; readonly uidNext: number } {
      const prefix = `${uidValidity}:`
      const complete: FolderMessage[] = []
      let [next, firstByHalf] = [first, Number.POSITIVE_INFINITY]
      for (const message of messages.values()) {
        if (message.uid < first) continue
        next = Math.max(next, Math.min(message.uid + 1, largestUid))
        if (isComplete(message)) {
          message.serverId = prefix + message.uid
          complete.push(message)
        } else firstByHalf = Math.min(firstByHalf, message.uid)
      }
      return { messages: complete, uidNext: Math.min(next, firstByHalf) }
    },
    take: ({ name, values }: Response): void => {
      if (name === 'VANISHED') {
        const uids = uidsIn(textIn(values.at(-1)) ?? '', mostVanished)
        if (gone === null || uids === null || gone.length + uids.length > mostVanished) gone = null
        else for (const uid of uids) gone.push(uid)
      }
      if (name !== 'FETCH') return
      const items = listIn(values[0])
      const uid = numberIn(itemIn(items, 'UID')) ?? 0
      if (uid < 1 || uid > largestUid || messages.size >= mostMessages) return
      const message: Listed = messages.get(uid) ?? { uid, serverId: '', size: null, flags: null, objectId: null }
      // A size that is none says nothing, and the message comes all the same.
      const size = itemIn(items, 'RFC822.SIZE')
      if (size !== undefined) message.size = numberIn(size) ?? 0
      const flags = itemIn(items, 'FLAGS')
      if (flags !== undefined) message.flags = readFlags(flags)
      message.objectId = objectIdIn(items) ?? message.objectId
      spareMemoryAt(messages.size)
      messages.set(uid, message)
    },
  }
}

function isComplete(message: Listed): message is Complete {
  return message.size !== null && message.flags !== null
}

function numberIn(value: Value | undefined): number | null {
  const text = textIn(value) ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** Of a list of names and values; undefined = it is not there. */
function itemIn(items: readonly Value[], name: string): Value | undefined {
  for (let at = 0; at + 1 < items.length; at += 2) {
    const item = items[at]
    if (item === name || (typeof item === 'string' && item.length === name.length && item.toUpperCase() === name)) return items[at + 1]
  }
  return undefined
}

/** With the kind in front: a server may change from one to the other. */
function objectIdIn(items: readonly Value[]): string | null {
  const gmail = textIn(itemIn(items, 'X-GM-MSGID'))
  if (gmail !== null && /^\d{1,20}$/.test(gmail)) return `gmail ${gmail}`
  const email = textIn(listIn(itemIn(items, 'EMAILID'))[0])
  return email !== null && /^[\w-]{1,255}$/.test(email) ? `email ${email}` : null
}

/** The items of a FETCH response by name, upper case; sections with their brackets (RFC 9051 section 7.5.2). */
export function itemsIn(value: Value | undefined): ReadonlyMap<string, Value> {
  const list = listIn(value)
  const items = new Map<string, Value>()
  for (let at = 0; at + 1 < list.length; at += 2) items.set((textIn(list[at]) ?? '').toUpperCase(), list[at + 1] ?? null)
  return items
}
