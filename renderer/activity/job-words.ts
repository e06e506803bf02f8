/** What a job is called and how it went, in one line of words. */
import { assertNever } from '../../shared/failures/failure.ts'
import { rateOf, type Job } from '../../shared/model/job.ts'
import type { Texts } from '../text/en/all.ts'
import type { Formats } from '../text/format.ts'
import type { Pace } from './run-pace.ts'

export function jobTitle(job: Job, accountName: string, words: Texts['activity']): string {
  return words.jobTitle[job.kind](job.detail.kind === 'look-up' ? job.detail.findings.address : accountName)
}

/** How far running work is: what it does, counts, bytes, how fast it goes and how long it still takes. */
export function runningFigures(job: Job, { bytesPerSecond, millisecondsLeft }: Pace, words: Texts['activity'], ui: Texts['ui'], format: Formats): readonly string[] {
  const { state, detail, progress } = job
  if (state === 'queued') return [words.waitingTurn]
  const { done, total } = progress
  const count = total === null ? ui.progress.soFar(format.number(done)) : ui.progress.of(format.number(done), format.number(total))
  const left = millisecondsLeft === null ? [] : [words.left(format.duration(Math.ceil(millisecondsLeft / 1000) * 1000))]
  if (detail.kind !== 'fetch-mail') return [count, ...left]
  if (detail.phase !== 'fetch' || total === 0) return [words.phases[detail.phase === 'fetch' ? 'list' : detail.phase]]
  const bytes = detail.bytes === 0 ? [] : [detail.bytesTotal === null || detail.bytesTotal < detail.bytes ? format.bytes(detail.bytes) : words.ofBytes(format.bytes(detail.bytes), format.bytes(detail.bytesTotal))]
  return [count, ...bytes, ...(bytesPerSecond === null ? [] : [words.rate(format.bytes(bytesPerSecond))]), ...left]
}

/** The figures that matter, the telling ones first; what is nought is left out. */
export function jobFigures(job: Job, words: Texts['activity'], format: Formats): readonly string[] {
  const { detail, state } = job
  const rate = rateOf(job)
  const figure = (count: number, say: (count: string) => string) => (count === 0 ? [] : [say(format.number(count))])
  switch (detail.kind) {
    case 'fetch-mail':
      return [
        ...(detail.fetched === 0 ? (state === 'done' ? [words.nothingNew] : []) : [words.fetched(format.number(detail.fetched)), format.bytes(detail.bytes)]),
        ...(rate === null ? [] : [words.rate(format.bytes(rate))]),
        ...figure(detail.removed, words.removed),
        ...figure(detail.skippedTotal, words.skipped),
      ]
    case 'send-mail': {
      const figures = [...figure(detail.sent, words.sent), ...figure(detail.failed, words.refused), ...figure(detail.unknown, words.unknown)]
      return figures.length === 0 && state === 'done' ? [words.nothingSent] : figures
    }
    case 'check-account':
      return detail.steps.length === 0 ? [] : [words.steps(format.number(detail.steps.filter(({ state }) => state === 'done').length), format.number(detail.steps.length))]
    case 'look-up': {
      const found = detail.findings.incoming.length + detail.findings.outgoing.length
      return [found === 0 ? words.nothingFound : words.found(format.number(found))]
    }
    case 'index':
      return [
        ...(detail.indexed === 0 ? (state === 'done' ? [words.nothingToIndex] : []) : [words.indexed(format.number(detail.indexed))]),
        ...figure(detail.skipped.length, words.notIndexed),
      ]
    case 'doctor': {
      const { files, mended, left } = detail.report
      const figures = [words.filesLooked(format.number(files)), ...figure(mended, words.mended), ...figure(left, words.problemsLeft)]
      return state === 'done' && left === 0 ? [...figures, words.allAgree] : figures
    }
    case 'batch':
      return [detail.phase === 'queue' && state === 'done' ? words.madeMails(format.number(job.progress.done)) : words.checked(format.number(job.progress.done)), ...figure(detail.problems, words.rowsWrong)]
    case 'sign-in':
      return [detail.provider, detail.signedInAs ?? ''].filter((word) => word !== '')
    default:
      return assertNever(detail)
  }
}
