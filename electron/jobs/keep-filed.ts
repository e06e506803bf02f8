/**
 * Puts what was fetched on its contacts' records when the fetch is over, so that whoever opens a record does not wait for it. Where it
 * fails, nothing is lost: whoever opens one has it done, and is told.
 */
import { isOver } from '../../shared/model/job.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { JobEngine } from './job-engine.ts'

/** Answers with a function that ends it. */
export function keepFiled({ jobs, contacts }: { readonly jobs: Pick<JobEngine, 'onChange'>; readonly contacts: Pick<Contacts, 'fileNewMail'> }): () => void {
  const file = () => void contacts.fileNewMail().catch(() => undefined)
  file()
  return jobs.onChange((job) => {
    if (job.kind === 'fetch-mail' && isOver(job.state)) file()
  })
}
