/** `mailroom watch …`: folders in which other programs put tables and PDFs. */
import { resolve } from 'node:path'
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import type { WatchedFolder } from '../../../../shared/model/watched-folder.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { senderAccount } from '../sender-account.ts'
import { type Command, ok, type Session } from '../session.ts'

export interface WatchOptions {
  readonly template: string
  readonly account?: string
  readonly files?: string
  readonly polling?: boolean
}

export const listWatched: Command = async ({ caller, output, words, format }) => {
  const listed = await caller.call('watched.list', {})
  if (!listed.ok) return listed
  output.document(listed.value)
  const rows = listed.value.folders.map(({ id, path, templateName, last }) => [String(id), path, templateName, last === null ? '' : `${last.name} (${format.date(last.at)}): ${words.watch.outcomes[last.outcome]}`])
  output.line(rows.length === 0 ? words.watch.none : table(words.watch.headings, rows))
  return ok
}

export const addWatched = (folder: string, options: WatchOptions): Command => async (session) => {
  const { caller, output, words } = session
  const template = await caller.call('templates.find', { key: options.template })
  if (!template.ok) return template
  const account = options.account === undefined ? null : await senderAccount(session, [options.account])
  if (account !== null && !account.ok) return account
  const known = await find(session, folder)
  const draft = { path: resolve(folder), templateId: template.value.id, accountId: account?.value.id ?? null, files: options.files ?? null, polling: options.polling === true }
  const saved = await caller.call('watched.save', { id: known.ok ? known.value.id : null, draft })
  if (!saved.ok) return saved
  output.document(saved.value)
  output.line(words.watch.added(saved.value.path))
  return ok
}

export const removeWatched = (folder: string): Command => async (session) => {
  const found = await find(session, folder)
  if (!found.ok) return found
  const removed = await session.caller.call('watched.remove', { id: found.value.id })
  if (!removed.ok) return removed
  session.output.document({ removed: found.value.path })
  session.output.line(session.words.watch.removed(found.value.path))
  return ok
}

/** What stands there now; ends as the first table that could not be queued says. */
export const runWatched: Command = async (session) => {
  const { caller, output, words, format } = session
  const followed = await followJobs(session, async () => {
    const started = await caller.call('watched.look', {})
    return started.ok ? done(started.value.jobIds) : started
  })
  if (!followed.ok) return followed
  if (followed.value.length === 0) output.line(words.watch.nothing)
  for (const { detail, progress, failure } of followed.value) {
    if (detail.kind !== 'batch') continue
    if (failure === null && detail.batchId !== null) output.line(`${detail.name}: ${words.batch.queued(format.number(progress.done), detail.batchId)}`)
    else output.note(`${detail.name}: ${words.watch.outcomes.failed}`)
  }
  const outcome = failureAmong(followed.value)
  return outcome.ok ? ok : outcome
}

async function find({ caller }: Session, folder: string): Promise<Outcome<WatchedFolder>> {
  const listed = await caller.call('watched.list', {})
  if (!listed.ok) return listed
  const found = listed.value.folders.find(({ id, path }) => path === resolve(folder) || String(id) === folder)
  return found === undefined ? failed('folder.unknown', { name: folder }) : done(found)
}
