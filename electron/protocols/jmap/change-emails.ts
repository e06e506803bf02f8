/** Changes of messages on the server (Email/set, RFC 8621 section 4.6): keywords, and going from a mailbox, for good where it was the only one. */
import { z } from 'zod'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { FlagChange } from '../../../shared/model/server-folder.ts'
import type { JmapClient } from './jmap-client.ts'
import { errorSchema } from './jmap-failure.ts'
import { keywordOf } from './keywords.ts'
import { idSchema } from './session-resource.ts'

const setSchema = z.object({
  updated: z.record(idSchema, z.unknown()).nullish(),
  destroyed: z.array(idSchema).nullish(),
  notUpdated: z.record(idSchema, errorSchema).nullish(),
  notDestroyed: z.record(idSchema, errorSchema).nullish(),
})

/** What another time brings nothing else; of everything else it might. */
const forGood: ReadonlySet<string> = new Set(['notFound', 'forbidden', 'invalidPatch', 'invalidProperties', 'tooManyKeywords', 'willDestroy', 'singleton'])

/** Answers with those the server has taken, or can never take. */
export async function changeKeywords(client: JmapClient, changes: readonly FlagChange[]): Promise<Outcome<readonly FlagChange[]>> {
  const settled: FlagChange[] = []
  const byMessage = new Map<string, FlagChange[]>()
  for (const change of changes) {
    if (keywordOf(change.flag) === null || !idSchema.safeParse(change.serverId).success) settled.push(change)
    else byMessage.set(change.serverId, [...(byMessage.get(change.serverId) ?? []), change])
  }
  const messages = [...byMessage]
  const step = client.session.limits.objectsInSet
  for (let at = 0; at < messages.length; at += step) {
    const group = messages.slice(at, at + step)
    const update = Object.fromEntries(group.map(([id, own]) => [id, Object.fromEntries(own.map(({ flag, isSet }) => [`keywords/${pointer(keywordOf(flag) ?? '')}`, isSet ? true : null]))]))
    const answer = await set(client, { update })
    if (!answer.ok) return client.usable() ? done(settled) : answer
    const { updated, notUpdated } = answer.value
    for (const [id, own] of group) if (updated?.[id] !== undefined || forGood.has(notUpdated?.[id]?.type ?? '')) settled.push(...own)
  }
  return done(settled)
}

/** RFC 6901 section 3. */
function pointer(keyword: string): string {
  return keyword.replaceAll('~', '~0').replaceAll('/', '~1')
}

const placesSchema = z.object({ state: z.string().max(1000), list: z.array(z.object({ id: idSchema, mailboxIds: z.record(idSchema, z.boolean()) })), notFound: z.array(idSchema).default([]) })

/** So often a removal is begun anew because something else happened in the account meanwhile. */
const mostAttempts = 5

/**
 * Answers with those that are gone from this mailbox. A message that stands in others too only leaves this one; where it stands is read
 * and acted on as one (`ifInState`), or somebody who moved it in between would lose it.
 */
export async function removeEmails(client: JmapClient, mailboxId: string, serverIds: readonly string[]): Promise<Outcome<readonly string[]>> {
  const removed: string[] = []
  const step = Math.min(client.session.limits.objectsInSet, client.session.limits.objectsInGet)
  for (let at = 0; at < serverIds.length; at += step) {
    const group = await removeGroup(client, mailboxId, serverIds.slice(at, at + step))
    if (!group.ok) return group
    removed.push(...group.value)
  }
  return done(removed)
}

async function removeGroup(client: JmapClient, mailboxId: string, ids: readonly string[]): Promise<Outcome<readonly string[]>> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const answers = await client.call([{ method: 'Email/get', with: { ids, properties: ['id', 'mailboxIds'] }, as: 'places' }])
    if (!answers.ok) return answers
    const places = answers.value.read('places', 'Email/get', placesSchema)
    if (!places.ok) return places
    // What was not asked for is not taken away, and not noted as gone.
    const asked = new Set(ids)
    const list = places.value.list.filter(({ id }) => asked.has(id))
    const here = list.filter(({ mailboxIds }) => mailboxIds[mailboxId] === true)
    const elsewhere = list.filter(({ mailboxIds }) => mailboxIds[mailboxId] !== true).map(({ id }) => id)
    const last = here.filter(({ mailboxIds }) => Object.values(mailboxIds).filter(Boolean).length === 1).map(({ id }) => id)
    const others = here.map(({ id }) => id).filter((id) => !last.includes(id))
    const gone = [...places.value.notFound.filter((id) => asked.has(id)), ...elsewhere]
    if (here.length === 0) return done(gone)
    const update = Object.fromEntries(others.map((id) => [id, { [`mailboxIds/${mailboxId}`]: null }]))
    const answer = await set(client, { ifInState: places.value.state, update, destroy: last })
    if (!answer.ok && answer.failure.evidence.detail === 'stateMismatch') continue
    if (!answer.ok) return answer
    const { updated, destroyed, notDestroyed } = answer.value
    return done([...gone, ...last.filter((id) => destroyed?.includes(id) === true), ...last.filter((id) => notDestroyed?.[id]?.type === 'notFound'), ...others.filter((id) => updated?.[id] !== undefined)])
  }
  return failed('server.unavailable', { ...client.evidence, detail: 'stateMismatch' })
}

/** From one mailbox to another, each message in one step; where else it stands it stays. */
export async function moveEmails(client: JmapClient, from: string, to: string, serverIds: readonly string[]): Promise<Outcome<void>> {
  const step = client.session.limits.objectsInSet
  for (let at = 0; at < serverIds.length; at += step) {
    const update = Object.fromEntries(serverIds.slice(at, at + step).map((id) => [id, { [`mailboxIds/${from}`]: null, [`mailboxIds/${to}`]: true }]))
    const answer = await set(client, { update })
    if (!answer.ok) return answer
    const [refusal] = Object.values(answer.value.notUpdated ?? {})
    if (refusal !== undefined) return failed(refusal.type === 'notFound' ? 'message.gone' : 'server.refused', { ...client.evidence, detail: refusal.type })
  }
  return done(undefined)
}

async function set(client: JmapClient, what: Readonly<Record<string, unknown>>): Promise<Outcome<z.infer<typeof setSchema>>> {
  const answers = await client.call([{ method: 'Email/set', with: what, as: 'set' }])
  return answers.ok ? answers.value.read('set', 'Email/set', setSchema) : answers
}
