/** The fake's answers about the organization and its units. */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { HouseServer, Unit } from '../../../shared/model/levels.ts'
import type { FakeTools, Handlers } from './fake-caller.ts'

type Own = Pick<Handlers, Extract<keyof Handlers, `levels.${string}`>>

export function levelsHandlers({ world, emit, after }: FakeTools): Own {
  let made = 0
  const secretOf = (server: HouseServer | null) => (server?.signIn == null ? 'not-needed' : 'stored')
  const settled = () => {
    emit('accounts.changed', {})
    return { defaultAccountId: world.defaultAccountId, promoted: false }
  }
  const find = (key: string) => world.units.find(({ id, name }) => id === key || name === key)
  return {
    'levels.list': () =>
      done({
        organization: world.organization,
        secret: secretOf(world.organization.server),
        units: world.units.map((unit) => ({ unit, secret: secretOf(unit.server), accounts: world.accounts.filter(({ account }) => account.unitId === unit.id).map(({ account }) => account.name) })),
      }),
    'levels.findUnit': ({ key }) => {
      const unit = find(key)
      return unit === undefined ? failed('unit.unknown', { name: key }) : done({ unit, secret: secretOf(unit.server) })
    },
    'levels.changeOrganization': ({ organization }) => {
      world.organization = organization
      return done(settled())
    },
    'levels.addUnit': ({ draft }) => {
      if (find(draft.name) !== undefined) return failed('input.invalid', { fields: [{ path: 'name', problem: 'taken' }] })
      const unit: Unit = { id: `unit-${String(++made)}`, ...draft }
      world.units = [...world.units, unit]
      return done({ unit, ...settled() })
    },
    'levels.changeUnit': ({ id, draft }) => {
      if (find(id) === undefined) return failed('unit.unknown', { name: id })
      const unit: Unit = { id, ...draft }
      world.units = world.units.map((one) => (one.id === id ? unit : one))
      return done({ unit, ...settled() })
    },
    'levels.removeUnit': ({ id }) => {
      world.units = world.units.filter((one) => one.id !== id)
      world.accounts = world.accounts.map((one) => (one.account.unitId === id ? { ...one, account: { ...one.account, unitId: null } } : one))
      return done(settled())
    },
    'levels.check': ({ server, sender }) => {
      const id = `fake-server-check-${String(++made)}`
      const steps = (['name', 'connect', 'secure', 'sign-in', 'sender'] as const).map((step) => ({
        side: 'outgoing' as const, step, state: step === 'sender' && sender === null ? ('skipped' as const) : ('done' as const), milliseconds: 12, words: step === 'name' ? server.host : null, failure: null,
      }))
      const job = {
        id, kind: 'check-account' as const, accountId: null, state: 'done' as const, cause: 'person' as const, createdAt: world.now, startedAt: world.now, endedAt: world.now,
        progress: { done: 5, total: 5 }, detail: { kind: 'check-account' as const, steps }, failure: null,
      }
      world.jobs = [job, ...world.jobs]
      after(50, () => emit('job.changed', job))
      return done({ jobId: id })
    },
  }
}
