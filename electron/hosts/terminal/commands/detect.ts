/**
 * `mailroom detect`: who was asked about an address, what each said, and the servers that came of it. With `--json` the findings as one
 * document (shared/model/findings.ts), also where nothing was found: it says why.
 */
import { explain } from '../../../../shared/failures/catalogue.ts'
import { done, type Failure, refused } from '../../../../shared/failures/failure.ts'
import { type Findings, type FoundServer, type SourceAnswer, whyNoMail } from '../../../../shared/model/findings.ts'
import { followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { type Command, ok, type Session } from '../session.ts'
import { guidanceLines } from '../guidance-lines.ts'

type Speaking = Pick<Session, 'words' | 'language' | 'format'>

export const detectSettings = (address: string): Command => async (session) => {
  const { caller, output, words } = session
  const quiet = { ...session, output: { ...output, event: () => undefined } }
  const followed = await followJobs(quiet, async () => {
    const started = await caller.call('discovery.lookUp', { address })
    return started.ok ? done([started.value.jobId]) : started
  }, ({ kind, progress }) => output.progress(() => words.progress(words.jobs[kind], `${progress.done}`, progress.total === null ? null : `${progress.total}`)))
  if (!followed.ok) return followed
  const job = followed.value[0]
  // Nobody was asked about what is no address.
  if (job?.detail.kind === 'look-up' && job.detail.findings.sources.length > 0) {
    const { findings } = job.detail
    output.document(findings)
    for (const line of findingLines(findings, session)) output.line(line)
    if (findings.guidance !== null) for (const line of guidanceLines(findings.guidance, session.language)) output.line(line)
  }
  return job !== undefined && job.failure !== null ? refused(job.failure) : ok
}

export function findingLines({ sources, incoming, outgoing, provider }: Findings, speaking: Speaking): readonly string[] {
  const { words, format } = speaking
  const asked = sources.filter(({ state }) => state !== 'not-needed').map((answer) => [words.sources[answer.source], answerOf(answer, speaking), answer.milliseconds === null ? '' : `${Math.round(answer.milliseconds)} ms`])
  const servers = [...incoming, ...outgoing].map((server) => rowOf(server, speaking))
  const undecided = [incoming, outgoing].some((side) => side.length > 0 && side.every(({ cautions }) => cautions.length > 0))
  const noMail = whyNoMail({ sources })
  const facts = provider != null && (provider.perDay !== null || provider.passwordOff.incoming !== null)
  return [
    table(words.askedHeadings, asked),
    '',
    ...(servers.length === 0 ? [] : [table(words.foundHeadings, servers)]),
    ...(servers.length === 0 || noMail === null ? [] : noMailLines(noMail, speaking)),
    ...(undecided ? [words.mustChoose] : []),
    ...(facts ? [words.providerFacts(provider.name, provider.perDay === null ? null : format.number(provider.perDay), provider.passwordOff.incoming)] : []),
  ]
}

function noMailLines(failure: Failure, { language }: Speaking): readonly string[] {
  const { title, cause, remedy } = explain(failure, language)
  return [`${title}. ${cause} ${remedy}`]
}

const titleOf = (failure: Failure, { language }: Speaking) => explain(failure, language).title

function answerOf({ state, failure }: SourceAnswer, speaking: Speaking): string {
  return failure === null ? speaking.words.sourceStates[state] : titleOf(failure, speaking)
}

function rowOf(server: FoundServer, speaking: Speaking): readonly string[] {
  const { words } = speaking
  const { protocol, host, sessionUrl, port, security, userName, source, agreed, cautions, answered, failure } = server
  const sources = [words.sources[source], ...agreed.map((other) => words.alsoFrom(words.sources[other]))].join(', ')
  // What went wrong says more than that something did.
  const marks = cautions.filter((caution) => caution !== 'no-answer' && !(caution === 'certificate' && failure !== null)).map((caution) => words.cautions[caution])
  const reached = answered === null ? [] : [answered ? words.serverAnswers : failure === null ? words.cautions['no-answer'] : titleOf(failure, speaking)]
  return [protocol.toUpperCase(), sessionUrl ?? host, String(port), words.securities[security], userName, [...marks, ...reached].join(', '), sources]
}
