import { expect, test } from 'vitest'
import { accountsBelow, hostOf, levelUse } from '../../../../renderer/settings/level-use.ts'
import type { Account } from '../../../../shared/model/account.ts'
import { type Levels, organizationSchema, unitSchema } from '../../../../shared/model/levels.ts'
import { draftOf } from '../../../fakes/one-account.ts'

const server = (host: string, enabled = true) => ({ host, enabled, security: 'tls', signIn: { userName: 'u@shop.example' } })
const levels: Levels = {
  organization: organizationSchema.parse({ name: 'Group', server: server('house.example') }),
  units: [unitSchema.parse({ id: 'pay', name: 'Payroll', server: server('pay.example') }), unitSchema.parse({ id: 'off', name: 'Sales', server: server('sales.example', false) })],
}
const account = (name: string, unitId: string | null, shared: boolean): Account => {
  const draft = draftOf({ name, unitId })
  return { id: name, ...draft, outgoing: draft.outgoing === null ? null : { ...draft.outgoing, ...(shared ? { server: { use: 'shared' as const }, signIn: { use: 'server' as const } } : {}) } }
}
const accounts = [account('Anna', null, true), account('Ben', 'off', true), account('Cas', 'pay', true), account('Dirk', 'pay', false)]

test('a level says who uses its server, and who has a nearer one', () => {
  expect(levelUse({ is: 'organization' }, accounts, levels)).toEqual({ accounts: ['Anna', 'Ben'], units: ['Payroll'], own: ['Dirk'] })
  expect(levelUse({ is: 'unit', id: 'pay' }, accounts, levels)).toEqual({ accounts: ['Cas'], units: [], own: ['Dirk'] })
  expect(levelUse({ is: 'unit', id: 'off' }, accounts, levels)).toEqual({ accounts: [], units: [], own: [] })
})

test('an account says through which host it sends, and stands below its unit', () => {
  expect(accounts.slice(0, 3).map((one) => hostOf(one, levels))).toEqual(['house.example', 'house.example', 'pay.example'])
  expect(hostOf({ ...account('Eva', null, true), outgoing: null }, levels)).toBeNull()
  const below = accountsBelow(accounts, levels)
  expect([below.none, ...below.units.map((one) => one.accounts)].map((some) => some.map(({ name }) => name))).toEqual([['Anna'], ['Cas', 'Dirk'], ['Ben']])
})
