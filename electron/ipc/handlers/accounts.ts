/** `accounts.…`: the list, one account, and its check. */
import type { AccountOverview } from '../../../shared/contract/methods.ts'
import { done, failed } from '../../../shared/failures/failure.ts'
import { type Account, type AccountId, type Direction, directionSchema, needsSecret } from '../../../shared/model/account.ts'
import type { JobKind } from '../../../shared/model/job.ts'
import { sameRemovals } from '../../../shared/model/removal.ts'
import { holderFor } from '../../accounts/web-sign-in.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

type AccountParts = Pick<Parts, 'accounts' | 'levels' | 'secrets' | 'mail' | 'outbox' | 'jobs' | 'pauses' | 'schedule' | 'runs' | 'changed'>

export function accountsHandlers(parts: AccountParts): HandlersOf<'accounts'> {
  const { accounts, mail, jobs, pauses, runs } = parts

  return {
    'accounts.names'({ keys }) {
      const found: { readonly id: AccountId; readonly name: string }[] = []
      for (const key of keys ?? accounts.list().map(({ id }) => id)) {
        const account = accounts.find(key)
        if (!account.ok) return account
        found.push({ id: account.value.id, name: account.value.name })
      }
      return done({ accounts: found })
    },
    'accounts.list': async () => done({ accounts: await Promise.all(accounts.list().map((account) => overviewOf(parts, account))) }),
    async 'accounts.find'({ key }) {
      const found = accounts.find(key)
      return found.ok ? done(await overviewOf(parts, found.value)) : found
    },
    'accounts.add': ({ draft, secrets }) => accounts.add(draft, secrets),
    async 'accounts.change'({ id, draft, secrets }) {
      const before = accounts.get(id)
      const saved = await accounts.change(id, draft, secrets)
      if (!saved.ok) return saved
      // Changed back later, it would take what has come since: that is to be seen first.
      if (before.ok && !sameRemovals(before.value.delivery, draft.delivery)) mail.agreeToRemovals(id, null)
      // Whatever was wrong before may be right now: the next run finds out.
      pauses.resume(id)
      return saved
    },
    async 'accounts.remove'({ id, mail: fate }) {
      const known = accounts.get(id)
      if (!known.ok) return known
      await jobs.endAll(id)
      const removed = await accounts.remove(id)
      if (!removed.ok || fate === 'keep') return removed
      const deleted = await mail.deleteAccount(id)
      return deleted.ok ? removed : deleted
    },
    async 'accounts.setDefault'({ id }) {
      const set = await accounts.setDefault(id)
      return set.ok ? done({ defaultAccountId: accounts.defaultAccountId(), promoted: false }) : set
    },
    'accounts.check'(params) {
      const { subject, testMessage } = params
      if (subject.is === 'account') {
        const known = accounts.get(subject.id)
        if (!known.ok) return known
        if (testMessage && known.value.outgoing === null) return failed('account.cannot-send', { name: known.value.name })
      }
      return done({ jobId: runs.check(params) })
    },
    'accounts.resume'({ id }) {
      const known = accounts.get(id)
      if (!known.ok) return known
      pauses.resume(id)
      return done({})
    },
  }
}

async function overviewOf({ accounts, levels, secrets, mail, outbox, jobs, pauses, schedule }: AccountParts, account: Account): Promise<AccountOverview> {
  const { messages, unseen } = mail.counts(account.id)
  const secretOf = async (direction: Direction) => {
    if (!needsSecret(account, direction)) return 'not-needed'
    const read = await secrets.read(account.id, direction)
    if (!read.ok) return 'unknown'
    return read.value === null ? 'missing' : 'stored'
  }
  const lastOf = (kind: JobKind) => {
    const job = jobs.last(account.id, kind)
    return job === null ? null : { at: job.endedAt ?? job.createdAt, failure: job.failure }
  }
  const [incoming, outgoing] = await Promise.all([secretOf('incoming'), secretOf('outgoing')])
  return {
    account,
    isDefault: accounts.defaultAccountId() === account.id,
    secrets: { incoming, outgoing },
    lastCheck: lastOf('check-account'),
    lastFetch: lastOf('fetch-mail'),
    nextFetchAt: schedule.nextFetch(account.id)?.toISOString() ?? null,
    paused: pauses.of(account.id),
    webSignIn: holderFor(account, directionSchema.options.find((one) => pauses.of(account.id, one) !== null) ?? null, levels.levels()),
    messageCount: messages,
    unseenCount: unseen,
    waitingCount: outbox.waitingCount(account.id),
    unconfirmedRemovals: account.incoming === null || mail.mayRemove(account.id, account.delivery) ? null : mail.previewRemovals(account.id, account.delivery).due,
  }
}
