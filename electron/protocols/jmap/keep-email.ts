/** Finished messages put into a mailbox (Email/import, RFC 8621 section 4.8), and looked for in one by their Message-ID. */
import { z } from 'zod'
import { done, failed, refused, type Outcome } from '../../../shared/failures/failure.ts'
import type { AppendedMessage } from '../mail-session.ts'
import type { JmapClient } from './jmap-client.ts'
import { errorSchema, setFailure } from './jmap-failure.ts'
import { idSchema } from './session-resource.ts'

const importSchema = z.object({
  created: z.record(z.string(), z.object({ id: idSchema })).nullish(),
  notCreated: z.record(z.string(), errorSchema.extend({ existingId: idSchema.optional() })).nullish(),
})

/** Answers with the message's id; one that the server has already, byte for byte, is that one. */
export async function importEmail(client: JmapClient, blobId: string, mailboxId: string, keywords: readonly string[], receivedAt: Date): Promise<Outcome<string>> {
  const email = { blobId, mailboxIds: { [mailboxId]: true }, keywords: Object.fromEntries(keywords.map((keyword) => [keyword, true])), receivedAt: utc(receivedAt) }
  const answers = await client.call([{ method: 'Email/import', with: { emails: { one: email } }, as: 'import' }])
  if (!answers.ok) return answers
  const answer = answers.value.read('import', 'Email/import', importSchema)
  if (!answer.ok) return answer
  const created = answer.value.created?.['one']
  const error = answer.value.notCreated?.['one']
  if (created !== undefined) return done(created.id)
  if (error?.existingId !== undefined) return done(error.existingId)
  return error === undefined ? failed('server.protocol', client.evidence) : refused(setFailure(error, client.evidence))
}

export async function appendEmail(client: JmapClient, mailboxId: string, { file, size, at }: AppendedMessage): Promise<Outcome<void>> {
  const blob = await client.upload(file, size)
  if (!blob.ok) return blob
  const kept = await importEmail(client, blob.value, mailboxId, ['$seen'], at)
  return kept.ok ? done(undefined) : kept
}

const foundSchema = z.object({ ids: z.array(idSchema).max(10_000) })
const namesSchema = z.object({ list: z.array(z.object({ messageId: z.array(z.string().max(2000)).nullish() })).max(10_000) })

/** A server's clock may be behind ours. */
const slack = 24 * 60 * 60_000
/** Pages of what came since. */
const mostPages = 50

/**
 * Those of these Message-IDs (with their angle brackets) that the mailbox has a message of, which came no earlier than `since`. All that
 * came since is looked at, not searched for: what a server finds by a header depends on its index.
 */
export async function findMessageIds(client: JmapClient, mailboxId: string, messageIds: readonly string[], since: Date): Promise<Outcome<ReadonlySet<string>>> {
  const sought = new Set(messageIds)
  const found = new Set<string>()
  const limit = client.session.limits.objectsInGet
  for (let page = 0; page < mostPages && found.size < sought.size; page += 1) {
    const answers = await client.call([
      { method: 'Email/query', with: { filter: { inMailbox: mailboxId, after: utc(new Date(since.getTime() - slack)) }, sort: [{ property: 'receivedAt', isAscending: false }], position: page * limit, limit }, as: 'query' },
      { method: 'Email/get', with: { '#ids': { resultOf: 'query', name: 'Email/query', path: '/ids' }, properties: ['messageId'] }, as: 'names' },
    ])
    if (!answers.ok) return answers
    const ids = answers.value.read('query', 'Email/query', foundSchema)
    if (!ids.ok) return ids
    const names = answers.value.read('names', 'Email/get', namesSchema)
    if (!names.ok) return names
    for (const { messageId } of names.value.list) for (const id of messageId ?? []) if (sought.has(`<${id}>`)) found.add(`<${id}>`)
    if (ids.value.ids.length === 0) break
  }
  return done(found)
}

/** RFC 8620 section 1.4: UTCDate, without fractions of a second. */
function utc(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z')
}
