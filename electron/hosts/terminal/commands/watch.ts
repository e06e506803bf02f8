/** `mailroom watch …`: folders in which other programs put tables and PDFs. */
import { resolve } from 'node:path'
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import { explain } from '../../../../shared/failures/catalogue.ts'
import { isOver, type Job } from '../../../../shared/model/job.ts'
import type { FolderReach, WatchedFolder } from '../../../../shared/model/watched-folder.ts'
import { folderReachWords } from '../../../../shared/words/watched-folder.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { senderAccount } from '../sender-account.ts'
import { type Command, ok, type Session } from '../session.ts'
import { tellRuns } from '../tell-runs.ts'

export interface WatchOptions {
  readonly template: string
  readonly account?: string
  readonly files?: string
  readonly polling?: boolean
}

export const listWatched: Command = async ({ caller, output, words, format, language }) => {
  const listed = await caller.call('watched.list', {})
  if (!listed.ok) return listed
  output.document(listed.value)
  const rows = listed.value.folders.map(({ id, path, templateName, last, reach }) => [String(id), path, templateName, reach !== 'ok' ? folderReachWords[language][reach] : last === null ? '' : `${last.name} (${format.date(last.at)}): ${words.watch.outcomes[last.outcome]}`])
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

export interface WatchRunOptions {
  readonly once?: boolean
  readonly send?: boolean
}

export const runWatched = (options: WatchRunOptions): Command => (options.once === true ? takeOnce(options) : keepWatching(options))

/** What stands there now; ends as the first table that could not be queued says. */
const takeOnce = ({ send }: WatchRunOptions): Command => async (session) => {
  const { caller, output, words } = session
  const followed = await followJobs(session, async () => {
    const started = await caller.call('watched.look', {})
    return started.ok ? done(started.value.jobIds) : started
  })
  if (!followed.ok) return followed
  if (followed.value.length === 0) output.line(words.watch.nothing)
  for (const job of followed.value) tellTable(session, job)
  const sent = send === true && followed.value.some(({ state }) => state === 'done') ? await sendAll(session) : done(undefined)
  if (!sent.ok) return sent
  const outcome = failureAmong(followed.value)
  return outcome.ok ? ok : outcome
}

/** Milliseconds. */
const askEvery = 10_000

/** Until Ctrl+C. Whoever owns the data folder watches; this tells what becomes of each table. */
const keepWatching = ({ send }: WatchRunOptions): Command => async (session) => {
  const { caller, output, words, interrupted, language } = session
  const reached = new Map<number, FolderReach>()
  const tellReach = async (): Promise<Outcome<readonly WatchedFolder[]>> => {
    const listed = await caller.call('watched.list', {})
    if (!listed.ok) return listed
    const folders = listed.value.folders.filter(({ enabled }) => enabled)
    for (const { id, path, reach } of folders) {
      const before = reached.get(id) ?? 'ok'
      if (reach !== before) output.note(`${path}: ${reach === 'ok' ? words.watch.back : folderReachWords[language][reach]}`)
      reached.set(id, reach)
    }
    return done(folders)
  }
  const folders = await tellReach()
  if (!folders.ok) return folders
  if (folders.value.length === 0) {
    output.line(words.watch.none)
    return ok
  }
  const over = Promise.withResolvers<Outcome<number>>()
  const stopListening = caller.on('job.changed', (job) => {
    if (job.detail.kind !== 'batch' || job.cause !== 'schedule' || !isOver(job.state)) return
    tellTable(session, job)
    if (send === true && job.detail.batchId !== null) void sendAll(session).then((sent) => !sent.ok && output.failure(sent.failure))
  })
  const asking = setInterval(() => void tellReach().then((asked) => !asked.ok && over.resolve(asked)), askEvery)
  const end = () => over.resolve(ok)
  interrupted.addEventListener('abort', end, { once: true })
  try {
    const kept = await caller.call('watched.keep', {})
    if (!kept.ok) return kept
    output.event('watching', { folders: folders.value.map(({ path }) => path) })
    output.note(words.watch.watching(folders.value.map(({ path }) => path).join(', ')))
    return await over.promise
  } finally {
    stopListening()
    clearInterval(asking)
    interrupted.removeEventListener('abort', end)
  }
}

function tellTable({ output, words, format, language }: Session, job: Job): void {
  const { detail, progress, failure } = job
  if (detail.kind !== 'batch') return
  output.event('table', { name: detail.name, batchId: detail.batchId, mails: progress.done, failure: failure?.code ?? null })
  if (detail.batchId !== null) output.line(`${detail.name}: ${words.batch.queued(format.number(progress.done), detail.batchId)}`)
  else if (failure?.code === 'batch.files-awaited') output.note(`${detail.name}: ${explain(failure, language).title}`)
  else if (failure !== null) output.note(`${detail.name}: ${words.watch.outcomes.failed}`)
}

async function sendAll(session: Session): Promise<Outcome<void>> {
  const { caller } = session
  const teller = await tellRuns(session)
  const followed = await followJobs(session, async () => {
    const started = await caller.call('outbox.run', { accountIds: null })
    return started.ok ? done(started.value.jobIds) : started
  }, teller)
  return followed.ok ? failureAmong(followed.value) : followed
}

async function find({ caller }: Session, folder: string): Promise<Outcome<WatchedFolder>> {
  const listed = await caller.call('watched.list', {})
  if (!listed.ok) return listed
  const found = listed.value.folders.find(({ id, path }) => path === resolve(folder) || String(id) === folder)
  return found === undefined ? failed('folder.unknown', { name: folder }) : done(found)
}
