import { expect, it } from 'vitest'
import { createDispatcher } from '../../../electron/ipc/create-dispatcher.ts'
import type { Handlers } from '../../../electron/ipc/handlers.ts'
import { createRemoteCaller } from '../../../electron/ipc/remote-caller.ts'
import { maxTextLength, serveConnection } from '../../../electron/ipc/serve-connection.ts'
import { done, failed } from '../../../shared/failures/failure.ts'

/** A dispatcher with these handlers only, and all that it logged. */
function dispatcherWith(handlers: Partial<Handlers>) {
  const logged: string[] = []
  const log = (event: string, facts?: unknown) => void logged.push(JSON.stringify([event, facts]))
  return { dispatcher: createDispatcher({ handlers: handlers as Handlers, log: { error: log } }), logged, log }
}

it('an answer that does not fit the contract never goes out: it is a mistake of the program, and logged', async () => {
  const { dispatcher, logged } = dispatcherWith({ 'wizard.kept': () => done({ state: 7 } as never) })
  expect(await dispatcher.caller.call('wizard.kept', {})).toMatchObject({ ok: false, failure: { code: 'program.error' } })
  expect(logged).toEqual([expect.stringContaining('wizard.kept')])
})

it('what a handler adds to its answer beyond the contract is left behind', async () => {
  const { dispatcher } = dispatcherWith({ 'wizard.kept': () => done({ state: null, password: 'x' } as never) })
  expect(await dispatcher.caller.call('wizard.kept', {})).toEqual({ ok: true, value: { state: null } })
})

it('an exception is answered and logged without a word of what the handler was given', async () => {
  const { dispatcher, logged } = dispatcherWith({
    'secrets.unlockVault': ({ passphrase }) => { throw new TypeError(`cannot use ${passphrase}`) },
    'secrets.makeVault': ({ passphrase }) => Promise.reject(passphrase),
  })
  for (const method of ['secrets.unlockVault', 'secrets.makeVault'] as const) {
    const outcome = await dispatcher.caller.call(method, { passphrase: 'open sesame now' })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'program.error' } })
    expect(JSON.stringify(outcome)).not.toContain('sesame')
  }
  expect(logged).toHaveLength(2)
  expect(logged.join('')).not.toContain('sesame')
  expect(logged[0]).toContain('dispatcher.test.ts')
})

it('a listener that throws keeps no event from the others', () => {
  const { dispatcher, logged } = dispatcherWith({})
  const heard: unknown[] = []
  dispatcher.caller.on('accounts.changed', () => { throw new Error('a bug') })
  dispatcher.caller.on('accounts.changed', (data) => heard.push(data))
  dispatcher.emit('accounts.changed', {})
  dispatcher.emit('mail.changed', { accountId: 5 } as never)
  expect(heard).toEqual([{}])
  expect(logged).toHaveLength(2)
})

it('a peer that sends what is no call is not answered, one that sends too much is, and neither ends the connection', async () => {
  const { dispatcher, log } = dispatcherWith({ 'wizard.kept': () => done({ state: 'here' }) })
  const sent: string[] = []
  const connection = serveConnection(dispatcher, (text) => sent.push(text), { warn: log })
  for (const text of ['', 'null', '[]', '{', '{"id":"1","method":"wizard.kept"}', '{"id":-1,"method":"wizard.kept"}', '{"id":1}']) connection.receive(text)
  expect(sent).toEqual([])
  connection.receive(`{"id":8,"method":"wizard.keep","params":"${'x'.repeat(maxTextLength)}"}`)
  expect(sent.map((text) => JSON.parse(text))).toMatchObject([{ id: 8, outcome: { ok: false } }])
  const answered = new Promise<string>((resolve) => { sent.push = (text) => { resolve(text); return 0 } })
  connection.receive('{"id":9,"method":"wizard.kept","params":{}}')
  expect(JSON.parse(await answered)).toEqual({ id: 9, outcome: { ok: true, value: { state: 'here' } } })
})

it('after a connection is closed nothing is sent over it, answers and events alike', async () => {
  const late = Promise.withResolvers<void>()
  const { dispatcher, log } = dispatcherWith({ 'wizard.kept': async () => { await late.promise; return done({ state: null }) } })
  const sent: string[] = []
  const connection = serveConnection(dispatcher, (text) => sent.push(text), { warn: log })
  connection.receive('{"id":1,"method":"wizard.kept","params":{}}')
  connection.close()
  dispatcher.emit('accounts.changed', {})
  late.resolve()
  await dispatcher.dispatch('wizard.kept', {})
  connection.receive('{"id":2,"method":"wizard.kept","params":{}}')
  expect(sent).toEqual([])
})

it('a caller gets nothing that does not fit the contract, whoever answers', async () => {
  let deliver: (text: string) => void = () => undefined
  const sent: string[] = []
  const caller = createRemoteCaller({ send: (text) => void sent.push(text), onMessage: (listener) => { deliver = listener } })
  const heard: unknown[] = []
  caller.on('mail.changed', (data) => heard.push(data))
  for (const text of ['{', '{"event":"mail.changed","data":{"accountId":1}}', '{"event":"__proto__","data":{}}', '{"id":99,"outcome":{"ok":true}}']) deliver(text)
  const wrong = caller.call('wizard.kept', {})
  deliver('{"id":1,"outcome":{"ok":true,"value":{"state":5}}}')
  expect(await wrong).toMatchObject({ ok: false, failure: { code: 'program.error' } })
  const refusedOne = caller.call('wizard.kept', {})
  deliver(JSON.stringify({ id: 2, outcome: failed('storage.full') }))
  expect(await refusedOne).toEqual(failed('storage.full'))
  deliver('{"event":"mail.changed","data":{"accountId":null}}')
  expect(heard).toEqual([{ accountId: null }])
})

it('when the transport is lost every call that waits ends, and so does every later one', async () => {
  const caller = createRemoteCaller({ send: () => undefined, onMessage: () => undefined })
  const waiting = caller.call('wizard.kept', {})
  caller.lost()
  expect(await waiting).toMatchObject({ failure: { code: 'job.interrupted' } })
  expect(await caller.call('wizard.kept', {})).toMatchObject({ failure: { code: 'job.interrupted' } })
})
