/** `mailroom check` and `mailroom detect`: long work that proves or finds settings, told step by step. */
import { done, refused } from '../../../../shared/failures/failure.ts'
import { levelWords } from '../../../../shared/words/levels.ts'
import { followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { provideSecrets } from '../give-secrets.ts'
import { guidanceLines } from './sign-in.ts'
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

export const detectSettings = (address: string): Command => async (session) => {
  const { caller, output, words } = session
  const followed = await followJobs(session, async () => {
    const started = await caller.call('discovery.lookUp', { address })
    return started.ok ? done([started.value.jobId]) : started
  }, ({ kind, progress }) => output.progress(() => words.progress(words.jobs[kind], `${progress.done}`, progress.total === null ? null : `${progress.total}`)))
  if (!followed.ok) return followed
  const job = followed.value[0]
  if (job?.detail.kind === 'look-up') {
    const { incoming, outgoing, guidance, sources, provider } = job.detail.findings
    const rows = [...incoming, ...outgoing].map((found) => [
      found.protocol.toUpperCase(), found.host, String(found.port), words.securities[found.security], found.userName,
      [words.sources[found.source], ...found.agreed.map((source) => words.alsoFrom(words.sources[source])), ...found.cautions.map((caution) => words.cautions[caution])].join(', '),
    ])
    const asked = sources.filter(({ state }) => state !== 'not-needed').map(({ source, state, milliseconds }) => [words.sources[source], words.sourceStates[state], milliseconds === null ? '' : `${Math.round(milliseconds)} ms`])
    output.line(table(words.askedHeadings, asked))
    output.line('')
    if (rows.length > 0) output.line(table(words.foundHeadings, rows))
    if (provider != null && (provider.perDay !== null || provider.passwordOff.incoming !== null)) {
      output.line(words.providerFacts(provider.name, provider.perDay === null ? null : session.format.number(provider.perDay), provider.passwordOff.incoming))
    }
    if (guidance !== null) for (const line of guidanceLines(guidance, session)) output.line(line)
  }
  return job !== undefined && job.failure !== null ? refused(job.failure) : ok
}
