import { expect, it } from 'vitest'
import { heldSignIn, holderFor, waitingFor } from '../../../electron/accounts/web-sign-in.ts'
import type { Account } from '../../../shared/model/account.ts'
import { type Levels, organizationSchema, unitSchema } from '../../../shared/model/levels.ts'
import { draftOf } from '../../fakes/one-account.ts'

const web = (host: string) => ({ host, signIn: { userName: `post@${host}`, method: 'oauth2' } })
const levels: Levels = {
  organization: organizationSchema.parse({ name: 'Group', server: web('house.example') }),
  units: [unitSchema.parse({ id: 'pay', name: 'Payroll', server: web('pay.example') }), unitSchema.parse({ id: 'post', name: 'Post room', server: { host: 'post.example', signIn: { userName: 'post' } } })],
}
const shared = { enabled: true, server: { use: 'shared' as const }, signIn: { use: 'server' as const } }
const account = (id: string, change: Partial<Account>): Account => ({ id, ...draftOf({ name: id, incoming: null, outgoing: shared }), ...change })
const overTheWeb = { protocol: 'imap' as const, host: 'imap.example', port: null, security: 'tls' as const, clearTextConfirmed: false, trustedCertificate: null, signIn: { userName: 'anna', method: 'oauth2' as const, rememberPassword: true, issuer: null } }
const anna = account('anna', {})
const ben = account('ben', { unitId: 'pay' })
const cas = account('cas', { unitId: 'post' })
const dirk = account('dirk', { incoming: overTheWeb })
const own = account('own', { incoming: overTheWeb, outgoing: null })
const all = [anna, ben, cas, dirk, own]
const house = { is: 'level', level: { is: 'organization' } } as const

it('whoever sends through a server waits for its sign-in, and nobody else does', () => {
  const names = (holder: Parameters<typeof waitingFor>[0]) => waitingFor(holder, all, levels).map(({ account: { name } }) => name)
  expect(names(house)).toEqual(['anna', 'dirk'])
  expect(names({ is: 'level', level: { is: 'unit', id: 'pay' } })).toEqual(['ben'])
  expect(names({ is: 'level', level: { is: 'unit', id: 'post' } })).toEqual([])
  expect(names({ is: 'account', id: 'own' })).toEqual(['own'])
})

it('an account asks for the sign-in that its paused half needs: its own, or the shared server’s', () => {
  expect(all.map((one) => holderFor(one, null, levels))).toEqual([house, { is: 'level', level: { is: 'unit', id: 'pay' } }, null, { is: 'account', id: 'dirk' }, { is: 'account', id: 'own' }])
  expect(holderFor(dirk, 'outgoing', levels)).toEqual(house)
  expect(holderFor(dirk, 'incoming', levels)).toEqual({ is: 'account', id: 'dirk' })
  expect(holderFor(own, 'outgoing', levels)).toEqual({ is: 'account', id: 'own' })
})

it('a level’s server is signed in as its user, at the provider of its address and name', () => {
  expect(heldSignIn(house, all, levels)).toMatchObject({ ok: true, value: { owner: { id: 'server-of-organization', direction: 'outgoing' }, name: 'house.example', userName: 'post@house.example', address: 'post@house.example', names: ['house.example', 'house.example'] } })
  expect(heldSignIn({ is: 'level', level: { is: 'unit', id: 'post' } }, all, levels)).toMatchObject({ ok: false, failure: { code: 'account.no-web-sign-in' } })
  expect(heldSignIn({ is: 'level', level: { is: 'unit', id: 'gone' } }, all, levels)).toMatchObject({ ok: false, failure: { code: 'unit.unknown' } })
  expect(heldSignIn({ is: 'account', id: 'cas' }, all, levels)).toMatchObject({ ok: false, failure: { code: 'account.no-web-sign-in' } })
})
