import { expect, test } from 'vitest'
import { wireCaller } from '../../../../renderer/bridge/wire-caller.ts'

function fakeWire() {
  const sent: { id: number; method: string; params: unknown }[] = []
  let receive: (text: string) => void = () => {}
  const caller = wireCaller({ send: (text) => void sent.push(JSON.parse(text)), onMessage: (listener) => void (receive = listener) })
  return { caller, sent, receive: (message: unknown) => receive(typeof message === 'string' ? message : JSON.stringify(message)) }
}

test('each answer reaches the call it belongs to, in any order', async () => {
  const { caller, sent, receive } = fakeWire()
  const first = caller.call('wizard.kept', {})
  const second = caller.call('wizard.kept', {})
  receive({ id: sent[1]?.id, outcome: { ok: true, value: { state: 'second' } } })
  receive({ id: sent[0]?.id, outcome: { ok: true, value: { state: 'first' } } })
  expect(await first).toEqual({ ok: true, value: { state: 'first' } })
  expect(await second).toEqual({ ok: true, value: { state: 'second' } })
})

test('an answer that is not what the contract says comes out as a failure, never as data', async () => {
  const { caller, sent, receive } = fakeWire()
  const answer = caller.call('wizard.kept', {})
  receive({ id: sent[0]?.id, outcome: { ok: true, value: { state: 7 } } })
  expect(await answer).toMatchObject({ ok: false, failure: { code: 'program.error' } })
})

test('an expected failure arrives as it was sent', async () => {
  const { caller, sent, receive } = fakeWire()
  const answer = caller.call('accounts.find', { key: 'x' })
  receive({ id: sent[0]?.id, outcome: { ok: false, failure: { code: 'account.unknown', evidence: { name: 'x' } } } })
  expect(await answer).toEqual({ ok: false, failure: { code: 'account.unknown', evidence: { name: 'x' } } })
})

test('texts that belong to nothing are dropped', async () => {
  const { caller, sent, receive } = fakeWire()
  const answer = caller.call('wizard.kept', {})
  for (const text of ['', '{', '[]', 'null', '{"id":999,"outcome":{"ok":true,"value":{}}}', '{"event":"no.such","data":{}}']) receive(text)
  receive({ id: sent[0]?.id, outcome: { ok: true, value: { state: null } } })
  expect(await answer).toEqual({ ok: true, value: { state: null } })
})

test('events reach their listeners parsed, until they stop listening', () => {
  const { caller, receive } = fakeWire()
  const heard: unknown[] = []
  const stop = caller.on('app.goTo', (data) => heard.push(data))
  receive({ event: 'app.goTo', data: { place: 'outbox' } })
  receive({ event: 'app.goTo', data: { place: 'nowhere' } })
  stop()
  receive({ event: 'app.goTo', data: { place: 'mail' } })
  expect(heard).toEqual([{ place: 'outbox' }])
})
