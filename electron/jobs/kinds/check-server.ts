/** Proves the outgoing server of a level, saved or not, step by step, without sending mail (B8). */
import { done, refused } from '../../../shared/failures/failure.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { Route } from '../../accounts/account-book.ts'
import type { openSubmission } from '../../protocols/open-submission.ts'
import type { Work } from '../job-engine.ts'
import { checkOutgoing } from './check-account.ts'
import { createStepList, stepsFor } from './check-steps.ts'

export interface CheckServerParts {
  readonly openSubmission: typeof openSubmission
  readonly route: () => Promise<Outcome<Route>>
  readonly now?: () => Date
}

/** `sender` null = nobody is known to send through it: whether it takes mail is not asked. */
export function checkServer({ openSubmission, route, now = () => new Date() }: CheckServerParts, sender: string | null): Work<'check-account'> {
  const begin = stepsFor({ incoming: false, outgoing: true, testMessage: false, sendAs: false })
  return {
    kind: 'check-account',
    accountId: null,
    begin: { kind: 'check-account', steps: begin },
    lane: null,
    async run(context) {
      const list = createStepList(begin, now, (steps) => {
        const over = steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length
        context.report({ done: over, total: steps.length }, { kind: 'check-account', steps })
      })
      const outcome = await checkOutgoing(
        async (watcher) => {
          const to = await route()
          return to.ok ? openSubmission({ ...to.value.server, signal: context.signal }, to.value.credentials, watcher) : to
        },
        list,
        { as: sender, to: sender ?? '', sendAs: null },
      )
      if (sender === null) list.skipRest('outgoing')
      return outcome.ok ? done(undefined) : refused(outcome.failure)
    },
  }
}
