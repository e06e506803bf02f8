/** `mailroom doctor [--rebuild]`: 0 when message files and index agree, 65 when a problem is left. `--moved`: the data folder was moved, not copied. */
import { done, type Outcome } from '../../../../shared/failures/failure.ts'
import type { CopiedFolderView } from '../../../../shared/model/outgoing-mail.ts'
import { storeFindings, type StoreReport } from '../../../../shared/model/store-findings.ts'
import { storeFindingWords } from '../../../../shared/words/store-findings.ts'
import { exitCodes } from '../exit-codes.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { type Command, ok, type Session } from '../session.ts'

export const examineStore = (options: { readonly rebuild?: boolean; readonly moved?: boolean }): Command => async (session) => {
  const { caller, output, words, format } = session
  if (options.moved === true) return sayMoved(session)
  const rebuild = options.rebuild === true
  const followed = await followJobs(session, async () => {
    const started = await caller.call(rebuild ? 'store.rebuild' : 'store.check', {})
    return started.ok ? done([started.value.jobId]) : started
  }, ({ kind, progress }) => output.progress(() => words.progress(words.jobs[kind], format.number(progress.done), progress.total === null ? null : format.number(progress.total))))
  if (!followed.ok) return followed
  const [job] = followed.value
  if (job?.detail.kind !== 'doctor') return ok
  tell(session, job.detail.report, rebuild)
  const seen = await caller.call('outbox.copiedFolder', {})
  if (seen.ok && seen.value.copied !== null) {
    tellCopied(session, seen.value.copied)
    output.line(words.doctor.sayMoved)
  }
  const outcome = failureAmong([job])
  if (!outcome.ok) return outcome
  return job.detail.report.left > 0 ? done(exitCodes.badData) : ok
}

/** What it is about is said before it is done. */
async function sayMoved(session: Session): Promise<Outcome<number>> {
  const { caller, output, words, format } = session
  const seen = await caller.call('outbox.copiedFolder', {})
  if (!seen.ok) return seen
  if (seen.value.copied === null) output.line(words.doctor.notCopied)
  else tellCopied(session, seen.value.copied)
  const moved = await caller.call('outbox.wasMoved', {})
  if (!moved.ok) return moved
  output.document(moved.value)
  if (seen.value.copied !== null) output.line(words.changedMails(format.number(moved.value.changed.length)))
  return ok
}

function tellCopied({ output, words, format }: Session, { path, host, mails }: CopiedFolderView): void {
  output.line(words.doctor.copied([path, host === null ? null : `(${host})`].filter((part) => part !== null).join(' '), format.number(mails)))
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
