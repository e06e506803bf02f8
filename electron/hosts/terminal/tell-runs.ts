/** Progress of fetching and sending while it runs, and one line for how each account's run ended. */
import { explain } from '../../../shared/failures/catalogue.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import { isOver, type Job } from '../../../shared/model/job.ts'
import type { Session } from './session.ts'

export async function tellRuns({ caller, output, words, format, language }: Session): Promise<(job: Job) => void> {
  const listed = await caller.call('accounts.list', {})
  const names = new Map<AccountId, string>(listed.ok ? listed.value.accounts.map(({ account }) => [account.id, account.name]) : [])
  const told = new Set<string>()
  return (job) => {
    const name = names.get(job.accountId ?? '') ?? job.accountId ?? ''
    if (!isOver(job.state)) {
      const { done, total } = job.progress
      return output.progress(words.progress(`${words.jobs[job.kind]} ${name}`, format.number(done), total === null ? null : format.number(total)))
    }
    if (told.has(job.id)) return
    told.add(job.id)
    const { detail, failure } = job
    if (failure !== null) output.note(`${name}: ${explain(failure, language).title}`)
    if (failure !== null && job.progress.done === 0) return
    if (detail.kind === 'fetch-mail') output.line(words.summaries[detail.kind](detail, name, format))
    if (detail.kind === 'send-mail') output.line(words.summaries[detail.kind](detail, name, format))
  }
}
