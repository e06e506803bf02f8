/** `mailroom check`: proves the settings of an account, told step by step. */
import { done, refused } from '../../../../shared/failures/failure.ts'
import { levelWords } from '../../../../shared/words/levels.ts'
import { followJobs } from '../follow-jobs.ts'
import { provideSecrets } from '../give-secrets.ts'
import { type Command, ok } from '../session.ts'
import { stepTeller } from '../tell-steps.ts'

export const checkAccount = (key: string, options: { readonly testMessage?: boolean; readonly sendAs?: string; readonly secretsStdin?: boolean }): Command => async (session) => {
  const { caller, output, words, language } = session
  const found = await caller.call('accounts.find', { key })
  if (!found.ok) return found
  const { account } = found.value
  const provided = await provideSecrets(session, account.id, options.secretsStdin)
  if (!provided.ok) return provided
  const followed = await followJobs(session, async () => {
    const started = await caller.call('accounts.check', { subject: { is: 'account', id: account.id }, testMessage: options.testMessage === true, sendAs: options.sendAs ?? null })
    return started.ok ? done([started.value.jobId]) : started
  }, stepTeller(session))
  if (!followed.ok) return followed
  const failure = followed.value[0]?.failure ?? null
  if (failure !== null) return refused(failure)
  if (options.sendAs !== undefined) output.line(`${levelWords[language].sendAsYes(options.sendAs)} ${levelWords[language].sendAsOpen}`)
  output.line(words.allWorks(account.name))
  return ok
}
