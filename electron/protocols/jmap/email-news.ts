/**
 * What became of an account's messages since it was last in step: Email/changes (RFC 8620 section 5.2) where the server still knows, else all
 * of a mailbox by Email/query. One set of changes serves all mailboxes. The state a mark goes by is always asked for before what it
 * stands for: what happens meanwhile is told once more next time, which does no harm.
 */
import { z } from 'zod'
import { done, failed, refused, type Outcome } from '../../../shared/failures/failure.ts'
import type { FolderMark, FolderMessage, FolderNews } from '../../../shared/model/server-folder.ts'
import type { Answers, Call, JmapClient } from './jmap-client.ts'
import { createKeywordsReader } from './keywords.ts'
import { idSchema } from './session-resource.ts'

/** No mailbox has more; a server that tells of more never ends. */
const mostMessages = 1_000_000
/** Of changes since a state: with so many, it would have forgotten that state long ago. */
const mostRounds = 2000
/** Of messages that changed: it is no more work to look at all of them. */
const mostChanged = 100_000
/** A mailbox that somebody takes messages from while it is listed is listed again, so often. */
const mostAttempts = 3

const stateSchema = z.string().min(1).max(1000)
const emailSchema = z.object({ id: idSchema, size: z.number().int().nonnegative(), keywords: z.record(z.string().max(255), z.boolean()).default({}), mailboxIds: z.record(idSchema, z.boolean()).default({}) })
type Email = z.infer<typeof emailSchema>
const emailsSchema = z.object({ state: stateSchema, list: z.array(emailSchema).max(10_000) })
const pageSchema = z.object({ ids: z.array(idSchema).max(10_000), limit: z.number().int().positive().optional() })
const changesSchema = z.object({
  newState: stateSchema, hasMoreChanges: z.boolean(), created: z.array(idSchema).max(10_000), updated: z.array(idSchema).max(10_000), destroyed: z.array(idSchema).max(10_000),
})

const properties = ['id', 'size', 'keywords', 'mailboxIds']

interface Changes {
  readonly newState: string
  /** As they are now; null = gone. */
  readonly emails: ReadonlyMap<string, Email | null>
}

export const askForState: Call = { method: 'Email/get', with: { ids: [], properties: ['id'] }, as: 'state' }

export function stateIn(answers: Answers): Outcome<string> {
  const answer = answers.read('state', 'Email/get', z.object({ state: stateSchema }))
  return answer.ok ? done(answer.value.state) : answer
}

export function createEmailNews(client: JmapClient) {
  const { limits } = client.session
  const flagsOf = createKeywordsReader()
  const known = new Map<string, Outcome<Changes | null>>()

  const messageOf = ({ id, size, keywords }: Email): FolderMessage => ({ serverId: id, size, flags: flagsOf(keywords), objectId: id })

  /** null = the server does not know any more. */
  async function changesSince(state: string): Promise<Outcome<Changes | null>> {
    const found = known.get(state) ?? (await askForChanges(state))
    known.set(state, found)
    return found
  }

  async function askForChanges(since: string): Promise<Outcome<Changes | null>> {
    const emails = new Map<string, Email | null>()
    for (let state = since, rounds = 1; ; rounds += 1) {
      const answers = await client.call([
        { method: 'Email/changes', with: { sinceState: state, maxChanges: limits.objectsInGet }, as: 'changes' },
        { method: 'Email/get', with: { '#ids': { resultOf: 'changes', name: 'Email/changes', path: '/created' }, properties }, as: 'created' },
        { method: 'Email/get', with: { '#ids': { resultOf: 'changes', name: 'Email/changes', path: '/updated' }, properties }, as: 'updated' },
      ])
      if (!answers.ok) return answers
      if (answers.value.errorOf('changes') === 'cannotCalculateChanges') return done(null)
      const changes = answers.value.read('changes', 'Email/changes', changesSchema)
      if (!changes.ok) return changes
      const { created, updated, destroyed, newState, hasMoreChanges } = changes.value
      // More at once than may be asked for, or than is of use: all of it is looked at instead.
      if (created.length > limits.objectsInGet || updated.length > limits.objectsInGet || emails.size + created.length + updated.length + destroyed.length > mostChanged) return done(null)
      for (const id of [...created, ...updated, ...destroyed]) emails.set(id, null)
      for (const as of ['created', 'updated']) {
        const told = answers.value.read(as, 'Email/get', emailsSchema)
        if (!told.ok) return told
        for (const email of told.value.list) if (emails.has(email.id)) emails.set(email.id, email)
      }
      if (!hasMoreChanges) return done({ newState, emails })
      if (newState === state || rounds === mostRounds) return failed('server.protocol', { ...client.evidence, detail: 'changes without end' })
      state = newState
    }
  }

  async function allIn(mailboxId: string): Promise<Outcome<FolderNews>> {
    for (let attempt = 1; ; attempt += 1) {
      const listed = await listAll(mailboxId)
      if (!listed.ok || listed.value !== null) return listed.ok && listed.value !== null ? done(listed.value) : refusedOf(listed)
      if (attempt === mostAttempts) return failed('server.unavailable', { ...client.evidence, detail: 'the mailbox changes all the time' })
    }
  }

  /** null = the message it was to go on from is gone. */
  async function listAll(mailboxId: string): Promise<Outcome<FolderNews | null>> {
    const messages: FolderMessage[] = []
    const listed = new Set<string>()
    let state: string | null = null
    for (let anchor: string | null = null; ; ) {
      const limit = limits.objectsInGet
      const answers = await client.call([
        ...(state === null ? [askForState] : []),
        { method: 'Email/query', with: { filter: { inMailbox: mailboxId }, sort: [{ property: 'receivedAt', isAscending: true }], limit, ...(anchor !== null && { anchor, anchorOffset: 1 }) }, as: 'page' },
        { method: 'Email/get', with: { '#ids': { resultOf: 'page', name: 'Email/query', path: '/ids' }, properties }, as: 'emails' },
      ])
      if (!answers.ok) return answers
      if (answers.value.errorOf('page') === 'anchorNotFound') return done(null)
      const began: Outcome<string> = state === null ? stateIn(answers.value) : done(state)
      if (!began.ok) return began
      state = began.value
      const page = answers.value.read('page', 'Email/query', pageSchema)
      if (!page.ok) return page
      const emails = answers.value.read('emails', 'Email/get', emailsSchema)
      if (!emails.ok) return emails
      const { ids } = page.value
      if (listed.size + ids.length > mostMessages || ids.some((id) => listed.has(id))) return failed('server.protocol', { ...client.evidence, detail: 'a list without end' })
      // Each once, and none that was not asked for.
      const told = new Map(emails.value.list.map((email) => [email.id, email]))
      for (const id of new Set(ids)) {
        listed.add(id)
        const email = told.get(id)
        if (email !== undefined) messages.push(messageOf(email))
      }
      anchor = ids.at(-1) ?? null
      if (anchor === null || ids.length < Math.min(limit, page.value.limit ?? limit)) {
        const mark = { uidValidity: mailboxId, uidNext: 0, modseq: state }
        return done({ mark, numberedAnew: true, messages, flags: [], left: null, vanished: [] })
      }
    }
  }

  return {
    async of(mailboxId: string, mark: FolderMark | null): Promise<Outcome<FolderNews>> {
      if (mark === null || mark.uidValidity !== mailboxId || mark.modseq === null) return allIn(mailboxId)
      const changes = await changesSince(mark.modseq)
      if (!changes.ok) return changes
      if (changes.value === null) return allIn(mailboxId)
      const messages: FolderMessage[] = []
      const vanished: string[] = []
      for (const [id, email] of changes.value.emails) {
        if (email?.mailboxIds[mailboxId] === true) messages.push(messageOf(email))
        else vanished.push(id)
      }
      return done({ mark: { ...mark, modseq: changes.value.newState }, numberedAnew: false, messages, flags: [], left: null, vanished })
    },
  }
}

function refusedOf<T>(outcome: Outcome<T>): Outcome<never> {
  return outcome.ok ? failed('server.protocol') : refused(outcome.failure)
}
