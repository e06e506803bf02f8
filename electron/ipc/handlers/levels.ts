/** `levels.…`: the organization and its units, and their outgoing servers. */
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

export function levelsHandlers({ levels, accounts, pauses, runs, changed }: Pick<Parts, 'levels' | 'accounts' | 'pauses' | 'runs' | 'changed'>): HandlersOf<'levels'> {
  /** What a level changes, it changes for its accounts. */
  const andTell = <T>(outcome: Outcome<T>): Outcome<T> => {
    if (!outcome.ok) return outcome
    // Whatever was wrong with a shared sign-in may be right now: the next run finds out.
    for (const { id, outgoing } of accounts.list()) if (outgoing?.server.use === 'shared') pauses.resume(id)
    changed('accounts.changed')
    return outcome
  }
  return {
    async 'levels.list'() {
      const { organization, units } = levels.levels()
      const all = accounts.list()
      return done({
        organization,
        secret: await levels.secretState({ is: 'organization' }),
        units: await Promise.all(units.map(async (unit) => ({
          unit,
          secret: await levels.secretState({ is: 'unit', id: unit.id }),
          accounts: all.filter(({ unitId }) => unitId === unit.id).map(({ name }) => name),
        }))),
      })
    },
    async 'levels.findUnit'({ key }) {
      const found = levels.findUnit(key)
      return found.ok ? done({ unit: found.value, secret: await levels.secretState({ is: 'unit', id: found.value.id }) }) : found
    },
    'levels.changeOrganization': async ({ organization, secret }) => andTell(await levels.changeOrganization(organization, secret)),
    'levels.addUnit': async ({ draft, secret }) => andTell(await levels.addUnit(draft, secret)),
    'levels.changeUnit': async ({ id, draft, secret }) => andTell(await levels.changeUnit(id, draft, secret)),
    'levels.removeUnit': async ({ id }) => andTell(await levels.removeUnit(id)),
    'levels.check': (params) => done({ jobId: runs.checkServer(params) }),
  }
}
