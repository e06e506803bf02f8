/**
 * The list of steps a check shows, and the one place that changes it.
 *
 *   waiting ─▶ running ─▶ done | failed      after a failure, the rest of that side: skipped
 */
import type { Failure } from '../../../shared/failures/failure.ts'
import type { CheckSide, CheckStep } from '../../../shared/model/job.ts'
import type { ConnectStep, StepWatcher } from '../../protocols/net/server-target.ts'

export type CheckStepName = CheckStep['step']

const opening: readonly ConnectStep[] = ['name', 'connect', 'secure', 'sign-in']

/** Which steps there are for these halves, in the order they are shown. */
export function stepsFor(halves: { readonly incoming: boolean; readonly outgoing: boolean; readonly testMessage: boolean; readonly sendAs: boolean }): CheckStep[] {
  const steps: [CheckSide, CheckStepName][] = []
  if (halves.incoming) for (const step of [...opening, 'mailbox' as const]) steps.push(['incoming', step])
  if (halves.outgoing) for (const step of [...opening, 'sender' as const]) steps.push(['outgoing', step])
  if (halves.outgoing && halves.sendAs) steps.push(['outgoing', 'send-as'])
  if (halves.testMessage && halves.outgoing) steps.push(['test-message', 'submit'])
  if (halves.testMessage && halves.outgoing && halves.incoming) steps.push(['test-message', 'arrive'])
  return steps.map(([side, step]) => ({ side, step, state: 'waiting', milliseconds: null, words: null, failure: null }))
}

export function createStepList(begin: readonly CheckStep[], now: () => Date, tell: (steps: CheckStep[]) => void) {
  const steps = [...begin]
  const began = new Map<string, number>()

  function change(side: CheckSide, step: CheckStepName, next: Partial<CheckStep>): void {
    const index = steps.findIndex((one) => one.side === side && one.step === step)
    const old = steps[index]
    if (old === undefined) return
    steps[index] = { ...old, ...next }
    tell([...steps])
  }
  const elapsed = (side: CheckSide, step: CheckStepName) => {
    const from = began.get(`${side} ${step}`)
    return from === undefined ? null : Math.max(0, now().getTime() - from)
  }

  const list = {
    steps: (): CheckStep[] => [...steps],
    begin(side: CheckSide, step: CheckStepName): void {
      began.set(`${side} ${step}`, now().getTime())
      change(side, step, { state: 'running' })
    },
    end(side: CheckSide, step: CheckStepName, words: string | null): void {
      change(side, step, { state: 'done', milliseconds: elapsed(side, step), words })
    },
    /** The step that was running failed; where none was, the given one. The rest of the side is skipped. */
    fail(side: CheckSide, otherwise: CheckStepName, failure: Failure): void {
      const running = steps.find((one) => one.side === side && one.state === 'running')
      const step = running?.step ?? otherwise
      change(side, step, { state: 'failed', milliseconds: elapsed(side, step), failure })
      list.skipRest(side)
    },
    /** What did not happen and will not, such as a sign-in nobody asked for. */
    skipRest(side: CheckSide, among?: readonly CheckStepName[]): void {
      for (const one of [...steps]) {
        if (one.side !== side || (among !== undefined && !among.includes(one.step))) continue
        if (one.state === 'waiting' || one.state === 'running') change(side, one.step, { state: 'skipped' })
      }
    },
    watcher(side: CheckSide): StepWatcher {
      // Opening begins with the name. Once more, as with another user name, what was shown before is over.
      const begins = (step: ConnectStep) => {
        if (step === 'name') for (const one of opening) if (steps.some((shown) => shown.side === side && shown.step === one)) change(side, one, { state: 'waiting', milliseconds: null, words: null })
        list.begin(side, step)
      }
      return { began: begins, ended: (step, words) => list.end(side, step, words) }
    },
    /** Opening a session is over: steps it did not need are skipped. */
    opened: (side: CheckSide) => list.skipRest(side, opening),
  }
  return list
}

export type StepList = ReturnType<typeof createStepList>
