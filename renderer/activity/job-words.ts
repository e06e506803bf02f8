/** What a job is called and how it went, in one line of words. */
import { assertNever } from '../../shared/failures/failure.ts'
import type { Job } from '../../shared/model/job.ts'
import type { Texts } from '../text/en/all.ts'
import type { Formats } from '../text/format.ts'

export function jobTitle(job: Job, accountName: string, words: Texts['activity']): string {
  return words.jobTitle[job.kind](job.detail.kind === 'look-up' ? job.detail.findings.address : accountName)
}

/** The figures that matter, the telling ones first; what is nought is left out. */
export function jobFigures({ detail, state }: Job, words: Texts['activity'], format: Formats): readonly string[] {
  const figure = (count: number, say: (count: string) => string) => (count === 0 ? [] : [say(format.number(count))])
  switch (detail.kind) {
    case 'fetch-mail':
      return [
        ...(detail.fetched === 0 ? (state === 'done' ? [words.nothingNew] : []) : [words.fetched(format.number(detail.fetched)), format.bytes(detail.bytes)]),
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
    default:
      return assertNever(detail)
  }
}
