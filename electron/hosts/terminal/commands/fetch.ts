/** `mailroom fetch [NAME…|--all]` */
import { explain } from '../../../../shared/failures/catalogue.ts'
import { serverAdviceWords } from '../../../../shared/words/server-advice.ts'
import { done } from '../../../../shared/failures/failure.ts'
import { exitCodes } from '../exit-codes.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { provideSecrets } from '../give-secrets.ts'
import { type Command, ok } from '../session.ts'
import { tellRuns } from '../tell-runs.ts'

export const fetchMail = (keys: readonly string[], options: { readonly all?: boolean; readonly secretsStdin?: boolean }): Command => async (session) => {
  const { caller, output, words, language } = session
  if ((options.all === true) === keys.length > 0 || (options.secretsStdin === true && keys.length !== 1)) {
    output.usage(words.usage.fetchWhat)
    return done(exitCodes.usage)
  }
  const named = await caller.call('accounts.names', { keys: [...keys] })
  if (!named.ok) return named
  const ids = named.value.accounts.map(({ id }) => id)
  const provided = await provideSecrets(session, ids[0] ?? '', options.secretsStdin)
  if (!provided.ok) return provided
  const teller = await tellRuns(session)
  const followed = await followJobs(session, async () => {
    const started = await caller.call('mail.fetch', { accountIds: options.all === true ? null : ids })
    if (!started.ok) return started
    if (started.value.joined.length > 0) output.note(words.joined(started.value.joined.length))
    return done(started.value.jobIds)
  }, teller)
  if (!followed.ok) return followed
  if (followed.value.length === 0) output.line(words.none.work)
  for (const { detail } of followed.value) {
    if (detail.kind !== 'fetch-mail') continue
    for (const advice of detail.advice) output.note(serverAdviceWords(advice, language))
    for (const { serverId, failure } of detail.skipped) output.note(words.leftOnServer(serverId, explain(failure, language).title))
  }
  const outcome = failureAmong(followed.value)
  return outcome.ok ? ok : outcome
}
