/** A check, told step by step. */
import { explain } from '../../../shared/failures/catalogue.ts'
import type { CheckStep, Job } from '../../../shared/model/job.ts'
import type { Session } from './session.ts'

/** Each step once, as soon as it is over; what runs now as progress. */
export function stepTeller({ output, words, format, language }: Session): (job: Job) => void {
  const told = new Set<string>()
  const nameOf = ({ side, step }: CheckStep) => `${words.sides[side]}: ${words.steps[step]}`
  return ({ detail }) => {
    if (detail.kind !== 'check-account') return
    for (const step of detail.steps) {
      if (step.state === 'running') output.progress(() => `… ${nameOf(step)}`)
      if (step.state === 'running' || step.state === 'waiting' || told.has(nameOf(step))) continue
      told.add(nameOf(step))
      if (step.state === 'skipped') output.line(`- ${nameOf(step)}: ${words.skipped}`)
      else if (step.failure !== null) output.line(`✗ ${nameOf(step)}: ${explain(step.failure, language).title}`)
      else output.line(`✓ ${nameOf(step)}${step.words === null ? '' : `: ${step.words}`} (${format.number(Math.round(step.milliseconds ?? 0))} ms)`)
    }
  }
}
