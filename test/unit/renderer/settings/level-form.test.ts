import { expect, test } from 'vitest'
import { type LevelForm, levelFormOf, levelOf, levelProblems, newUnitForm, senderOf } from '../../../../renderer/settings/level-form.ts'
import { organizationSchema, unitSchema } from '../../../../shared/model/levels.ts'

const organization = organizationSchema.parse({ name: 'Acme', footer: { text: 'KvK', html: '<b>KvK</b>' }, server: { enabled: false, host: 'smtp.acme.example', port: 2525, security: 'starttls', signIn: { userName: 'house@acme.example', rememberPassword: false }, noReplyAddress: 'no-reply@acme.example' } })
const withServer = (change: Partial<LevelForm['server']>, form = newUnitForm()): LevelForm => ({ ...form, name: 'Sales', usesServer: true, server: { ...form.server, ...change } })

test('what is shown and saved again is what it was, also of a server that is switched off', () => {
  const form = levelFormOf(organization)
  expect(organizationSchema.parse(levelOf(form))).toEqual(organization)
  const unit = unitSchema.parse({ id: 'u', name: 'Sales', kind: 'department' })
  expect(levelOf(levelFormOf(unit))).toEqual({ name: 'Sales', footer: { text: '', html: '' }, server: null })
})

test('with an own server on, every field of it is required, the password too where none is kept', () => {
  expect(levelProblems({ ...newUnitForm(), name: 'Sales' }, false)).toEqual([])
  expect(levelProblems(withServer({}), false)).toEqual([{ path: 'server.host', problem: 'empty' }, { path: 'server.signIn.userName', problem: 'empty' }, { path: 'secret', problem: 'empty' }])
  const filled = withServer({ host: 'smtp.acme.example', userName: 'sales', userNameMustBeAddress: true })
  expect(levelProblems({ ...filled, secret: 'x' }, false)).toEqual([{ path: 'server.signIn.userName', problem: 'must-be-address' }])
  expect(levelProblems(withServer({ host: 'smtp.acme.example', userName: 'sales@acme.example' }), true)).toEqual([])
  expect(levelProblems(withServer({ host: 'smtp.acme.example', signsIn: false }), false)).toEqual([])
})

test('a test asks for the one sender, else for the user name where that is an address, else for nobody', () => {
  expect(senderOf(levelFormOf(organization).server)).toBe('no-reply@acme.example')
  expect(senderOf(withServer({ userName: 'sales@acme.example' }).server)).toBe('sales@acme.example')
  expect(senderOf(withServer({ userName: 'sales' }).server)).toBeNull()
})
