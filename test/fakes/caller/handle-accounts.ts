/** The fake's answers about accounts, checks and look-ups. */
import type { AccountOverview } from '../../../shared/contract/methods.ts'
import { done, failed, type Failure } from '../../../shared/failures/failure.ts'
import { type Account, type AccountDraft, canSend, needsSecret } from '../../../shared/model/account.ts'
import type { Findings } from '../../../shared/model/findings.ts'
import type { CheckStep, Job, JobDetail } from '../../../shared/model/job.ts'
import type { FakeTools, Handlers } from './fake-caller.ts'
import { signInHandlers } from './handle-sign-in.ts'
import { checkSteps, findingsFor } from './play-job.ts'

type Own = Pick<Handlers, Extract<keyof Handlers, `accounts.${string}` | `discovery.${string}` | `signIn.${string}`>>

export function accountHandlers({ world, emit, after }: FakeTools): Own {
  let made = 0
  const find = (id: string) => world.accounts.find(({ account }) => account.id === id)

  const settleDefault = () => {
    const before = world.defaultAccountId
    const still = world.accounts.find(({ account }) => account.id === before && canSend(account))
    world.defaultAccountId = (still ?? world.accounts.find(({ account }) => canSend(account)))?.account.id ?? null
    world.accounts = world.accounts.map((one) => ({ ...one, isDefault: one.account.id === world.defaultAccountId }))
    emit('accounts.changed', {})
    return { defaultAccountId: world.defaultAccountId, promoted: before !== null && before !== world.defaultAccountId }
  }

  const overview = (account: Account): AccountOverview => ({
    account, isDefault: false, lastCheck: null, lastFetch: null, nextFetchAt: null, paused: null, webSignIn: null, messageCount: 0, unseenCount: 0, waitingCount: 0, unconfirmedRemovals: null,
    secrets: { incoming: needsSecret(account, 'incoming') ? 'stored' : 'not-needed', outgoing: needsSecret(account, 'outgoing') ? 'stored' : 'not-needed' },
  })

  /** Plays a job from frame to frame; a cancelled one stops where it is. */
  const play = (accountId: string | null, kind: Job['kind'], frames: readonly { detail: JobDetail; done: number; total: number; wait: number }[], failure: Failure | null) => {
    const id = `fake-job-${String(++made)}`
    const first = frames[0]!
    const put = (job: Job) => {
      world.jobs = [job, ...world.jobs.filter((one) => one.id !== id)]
      emit('job.changed', job)
    }
    const start: Job = {
      id, kind, accountId, state: 'running', cause: 'person', createdAt: world.now, startedAt: world.now, endedAt: null,
      progress: { done: first.done, total: first.total }, detail: first.detail, failure: null,
    }
    put(start)
    const next = (index: number) => {
      if (world.jobs.find((one) => one.id === id)?.state === 'cancelled') return
      const frame = frames[index]
      if (frame === undefined) return
      const last = index === frames.length - 1
      put({
        ...start, detail: frame.detail, progress: { done: frame.done, total: frame.total },
        ...(last ? { state: failure === null ? 'done' : 'failed', endedAt: world.now, failure } : {}),
      })
      after(frame.wait, () => next(index + 1))
    }
    after(first.wait, () => next(1))
    return done({ jobId: id })
  }

  return {
    'accounts.list': () => done({ accounts: world.accounts }),
    'accounts.names': ({ keys }) => {
      const named = world.accounts.map(({ account: { id, name } }) => ({ id, name }))
      return done({ accounts: keys === null ? named : named.filter(({ id, name }) => keys.includes(id) || keys.includes(name)) })
    },
    'accounts.find': ({ key }) => {
      const found = world.accounts.filter(({ account }) => [account.id, account.name, account.user.address].includes(key))
      return found.length === 1 ? done(found[0]!) : failed(found.length === 0 ? 'account.unknown' : 'account.ambiguous', { name: key })
    },
    'accounts.add': ({ draft }) => {
      if (world.secretStore.state !== 'ready') return failed(world.secretStore.state === 'locked' ? 'secrets.locked' : 'secrets.absent', { name: world.secretStore.name })
      const account: Account = { id: `account-${String(++made)}`, ...draft }
      world.accounts = [...world.accounts, overview(account)]
      return done({ account, ...settleDefault() })
    },
    'accounts.change': ({ id, draft }) => {
      if (find(id) === undefined) return failed('account.unknown')
      const account: Account = { id, ...draft }
      world.accounts = world.accounts.map((one) => (one.account.id === id ? { ...one, account, paused: null } : one))
      return done({ account, ...settleDefault() })
    },
    'accounts.remove': ({ id }) => {
      world.accounts = world.accounts.filter(({ account }) => account.id !== id)
      return done(settleDefault())
    },
    'accounts.setDefault': ({ id }) => {
      const chosen = find(id)
      if (chosen === undefined) return failed('account.unknown')
      if (!canSend(chosen.account)) return failed('account.cannot-send', { name: chosen.account.name })
      world.defaultAccountId = id
      return done({ ...settleDefault(), promoted: false })
    },
    'accounts.check': ({ subject, testMessage, sendAs }) => {
      const draft: AccountDraft | undefined = subject.is === 'draft' ? subject.draft : find(subject.id)?.account
      if (draft === undefined) return failed('account.unknown')
      const sendAsStep: CheckStep = { side: 'outgoing', step: 'send-as', state: 'done', milliseconds: 20, words: '250 2.1.5 Ok', failure: null }
      const ended = [...checkSteps(draft, subject.is === 'draft' ? subject.secrets : {}, testMessage), ...(sendAs === null ? [] : [sendAsStep])]
      const frames = Array.from({ length: ended.length + 1 }, (_, at) => ({
        detail: { kind: 'check-account' as const, steps: ended.map((step, index): CheckStep => (index < at ? step : { ...step, state: index === at ? 'running' : 'waiting', milliseconds: null, words: null, failure: null })) },
        done: at, total: ended.length, wait: 120,
      }))
      const failure = ended.find((step) => step.failure !== null)?.failure ?? null
      return play(subject.is === 'account' ? subject.id : subject.id, 'check-account', frames, failure)
    },
    'accounts.resume': ({ id }) => {
      world.accounts = world.accounts.map((one) => (one.account.id === id ? { ...one, paused: null } : one))
      emit('accounts.changed', {})
      return done({})
    },
    ...signInHandlers(world, (accountId, frames, failure) => play(accountId, 'sign-in', frames, failure)),
    'discovery.lookUp': ({ address }) => {
      const found = findingsFor(address)
      const asking: Findings = { ...found, sources: found.sources.map(({ source }) => ({ source, state: 'running', milliseconds: null, failure: null })), incoming: [], outgoing: [], guidance: null }
      const half: Findings = { ...found, sources: [found.sources[0]!, ...asking.sources.slice(1)], incoming: [], outgoing: [] }
      const frames = [asking, half, found].map((findings, at) => ({ detail: { kind: 'look-up' as const, findings }, done: 4 * at, total: 8, wait: 500 }))
      return play(null, 'look-up', frames, null)
    },
  }
}
