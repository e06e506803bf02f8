/** `mailroom folders …`: the folders of an account, and what a person does with them on its server. */
import { done } from '../../../../shared/failures/failure.ts'
import type { FolderChange } from '../../../../shared/model/folder.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { type Command, ok } from '../session.ts'
import { tellRuns } from '../tell-runs.ts'

export const listFolders = (account: string): Command => async ({ caller, output, words, format }) => {
  const found = await caller.call('accounts.find', { key: account })
  if (!found.ok) return found
  const listed = await caller.call('mail.folders', { accountId: found.value.account.id })
  if (!listed.ok) return listed
  output.document(listed.value)
  const rows = listed.value.folders.map(({ path, use, messages, unseen }) => [path === '' ? words.folders.notOnServer : path, use === null ? '' : words.folders.uses[use], format.number(messages), format.number(unseen)])
  output.line(table(words.folders.headings, rows))
  return ok
}

/** And then fetches, so that what it changed shows here. */
export const moveMail = (ids: readonly number[], options: { readonly to: string; readonly folder?: string }): Command => async (session) => {
  const { caller, output, words, format } = session
  const teller = await tellRuns(session)
  const followed = await followJobs(session, async () => {
    const moved = await caller.call('mail.move', { ids: [...ids], from: options.folder ?? null, to: options.to })
    if (!moved.ok) return moved
    output.line(words.folders.moved(format.number(ids.length), options.to))
    return done(moved.value.jobIds)
  }, teller)
  if (!followed.ok) return followed
  const outcome = failureAmong(followed.value)
  return outcome.ok ? ok : outcome
}

/** And then fetches, so that what it changed shows here. */
export const changeFolder = (account: string, change: FolderChange): Command => async (session) => {
  const { caller, output, words } = session
  const found = await caller.call('accounts.find', { key: account })
  if (!found.ok) return found
  const teller = await tellRuns(session)
  const followed = await followJobs(session, async () => {
    const changed = await caller.call('mail.changeFolder', { accountId: found.value.account.id, change })
    if (!changed.ok) return changed
    output.line(words.folders.changed[change.do](change.path, change.do === 'rename' ? change.to : ''))
    return done([changed.value.jobId])
  }, teller)
  if (!followed.ok) return followed
  const outcome = failureAmong(followed.value)
  return outcome.ok ? ok : outcome
}
