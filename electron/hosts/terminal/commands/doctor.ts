/** `mailroom doctor [--rebuild]`: 0 when message files and index agree, 65 when a problem is left. */
import { done } from '../../../../shared/failures/failure.ts'
import { storeFindings, type StoreReport } from '../../../../shared/model/store-findings.ts'
import { storeFindingWords } from '../../../../shared/words/store-findings.ts'
import { exitCodes } from '../exit-codes.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { type Command, ok, type Session } from '../session.ts'

export const examineStore = (options: { readonly rebuild?: boolean }): Command => async (session) => {
  const { caller, output, words, format } = session
  const rebuild = options.rebuild === true
  const followed = await followJobs(session, async () => {
    const started = await caller.call(rebuild ? 'store.rebuild' : 'store.check', {})
    return started.ok ? done([started.value.jobId]) : started
  }, ({ kind, progress }) => output.progress(() => words.progress(words.jobs[kind], format.number(progress.done), progress.total === null ? null : format.number(progress.total))))
  if (!followed.ok) return followed
  const [job] = followed.value
  if (job?.detail.kind !== 'doctor') return ok
  tell(session, job.detail.report, rebuild)
  const outcome = failureAmong([job])
  if (!outcome.ok) return outcome
  return job.detail.report.left > 0 ? done(exitCodes.badData) : ok
}

function tell({ output, words: { doctor }, format, language }: Session, report: StoreReport, rebuild: boolean): void {
  const { findings, advice } = storeFindingWords[language]
  output.line(doctor.looked(format.number(report.files)))
  for (const finding of storeFindings) {
    const count = report.found[finding]
    if (count === undefined) continue
    const meaning = advice[finding]
    output.line(`${findings[finding]}: ${format.number(count)}`)
    for (const { file } of report.named.filter((named) => named.finding === finding)) output.line(`  ${file}`)
    if (meaning !== undefined) output.line(`  ${rebuild ? meaning.rebuilt : meaning.found}`)
  }
  if (report.mended > 0) output.line(doctor.mended(format.number(report.mended)))
  if (report.left > 0) output.line(rebuild ? doctor.left(format.number(report.left)) : doctor.canRebuild(format.number(report.left)))
  else output.line(doctor.fine)
}
