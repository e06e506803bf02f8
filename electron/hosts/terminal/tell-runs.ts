/** Progress of fetching and sending while it runs, of all accounts as one, and one line for how each account's run ended. */
import { explain } from '../../../shared/failures/catalogue.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import { isOver, type Job } from '../../../shared/model/job.ts'
import type { Session } from './session.ts'

export async function tellRuns({ caller, output, words, format, language }: Session): Promise<(job: Job) => void> {
  const named = await caller.call('accounts.names', { keys: null })
  const names = new Map<AccountId, string>(named.ok ? named.value.accounts.map(({ id, name }) => [id, name]) : [])
  const told = new Set<string>()
  const open = new Map<string, Job>()
  return (job) => {
    const name = names.get(job.accountId ?? '') ?? job.accountId ?? ''
    if (!isOver(job.state)) {
      open.set(job.id, job)
      return output.progress(() => {
        const { done, total, bytes } = sumOf([...open.values()])
        const who = open.size === 1 ? name : words.accountsAtOnce(format.number(open.size))
        const progress = words.progress(`${words.jobs[job.kind]} ${who}`, format.number(done), total === null ? null : format.number(total))
        return bytes === 0 ? progress : `${progress}, ${format.size(bytes)}`
      })
    }
    open.delete(job.id)
    if (told.has(job.id)) return
    told.add(job.id)
    const { detail, failure } = job
    if (failure !== null) output.note(`${name}: ${explain(failure, language).title}`)
    if (output.json || (failure !== null && job.progress.done === 0)) return
    if (detail.kind === 'fetch-mail') output.line(words.summaries[detail.kind](detail, name, format))
    if (detail.kind === 'send-mail') output.line(words.summaries[detail.kind](detail, name, format))
  }
}

/** Several runs as one: the total is known when each one's is. */
function sumOf(jobs: readonly Job[]) {
  const totals = jobs.map(({ progress }) => progress.total)
  return {
    done: jobs.reduce((sum, { progress }) => sum + progress.done, 0),
    total: totals.includes(null) ? null : totals.reduce((sum: number, total) => sum + (total ?? 0), 0),
    bytes: jobs.reduce((sum, { detail }) => sum + (detail.kind === 'fetch-mail' ? detail.bytes : 0), 0),
  }
}
