/**
 * What every transport of the contract keeps, run over each of them: every method with good and with bad parameters, events,
 * and what comes of a caller that does not keep to the rules.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../shared/contract/caller.ts'
import { chunkBytes, type MethodName, methods } from '../../shared/contract/methods.ts'
import { examples, expectRight, over, sendingDraft, valueOf, type World } from './examples.ts'

export interface Connected {
  readonly caller: Caller
  /** Ends the connection and the program behind it. */
  close(): Promise<void>
}

const vaultMethods: readonly MethodName[] = ['secrets.makeVault', 'secrets.unlockVault', 'secrets.usePlace']
const names = Object.keys(methods) as MethodName[]

/** `connect` starts a program on a fresh data folder and answers with a caller over the transport under test. */
export function contractSuite(name: string, connect: () => Promise<Connected>): void {
  describe(`the contract over ${name}`, () => {
    let connected: Connected
    let world: World

    beforeAll(async () => {
      connected = await connect()
      const { caller } = connected
      await valueOf(caller.call('secrets.usePlace', { place: 'session' }))
      const { draft, secrets } = await valueOf(caller.call('practice.start', {}))
      const { account } = await valueOf(caller.call('accounts.add', { draft, secrets }))
      const { jobIds } = await valueOf(caller.call('mail.fetch', { accountIds: [account.id] }))
      for (const id of jobIds) expect(await over(caller, id)).toMatchObject({ state: 'done' })
      const { messages } = await valueOf(caller.call('mail.list', { accountId: account.id }))
      const [first, second] = messages
      if (first === undefined || second === undefined) throw new Error('the practice server has no mail')
      world = { caller, account, messageId: first.id, spareMessageId: second.id }
    })
    afterAll(() => connected?.close())

    it.each(names.filter((method) => !vaultMethods.includes(method)))('%s answers a good call with what the contract says', async (method) => {
      const { good, also } = examples[method]
      const outcome = await world.caller.call(method, (await good(world)) as never)
      expectRight(outcome, also)
      // Parsing again must change nothing: what arrives is exactly what the schema lets through.
      if (outcome.ok) expect(methods[method].result.parse(outcome.value)).toEqual(outcome.value)
    })

    it('the vault is made, locked out of by nobody, and left again', async () => {
      for (const method of vaultMethods) {
        const { good } = examples[method]
        expectRight(await world.caller.call(method, (await good(world)) as never))
      }
      expect(await valueOf(world.caller.call('secrets.store', {}))).toMatchObject({ place: 'session', state: 'ready' })
    })

    it.each(names)('%s refuses bad parameters as such', async (method) => {
      const { bad, code = 'input.invalid' } = examples[method]
      expect(await world.caller.call(method, bad as never)).toMatchObject({ ok: false, failure: { code } })
      expect(await world.caller.call(method, null as never)).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    })

    it('a method that is not in the contract is answered, as a mistake of the program that asked', async () => {
      for (const method of ['app.quit', 'toString', '__proto__', '']) {
        expect(await world.caller.call(method as never, {} as never)).toMatchObject({ ok: false, failure: { code: 'program.error' } })
      }
    })

    it('the fields that are wrong are named, each with its own problem', async () => {
      const draft = { ...sendingDraft(), name: '', user: { displayName: 'A\nB', address: 'nobody' } }
      const outcome = await world.caller.call('accounts.add', { draft, secrets: {} })
      expect(outcome).toMatchObject({
        ok: false,
        failure: { evidence: { fields: [{ path: 'name', problem: 'empty' }, { path: 'user.displayName', problem: 'line-break' }, { path: 'user.address', problem: 'not-an-address' }] } },
      })
    })

    it('a change made by one call is told as an event to whoever listens', async () => {
      const told = new Promise<unknown>((resolve) => world.caller.on('accounts.changed', resolve))
      await valueOf(world.caller.call('accounts.add', { draft: sendingDraft(), secrets: {} }))
      expect(await told).toEqual({})
    })

    it('a listener that was taken away hears nothing more', async () => {
      let heard = 0
      const stop = world.caller.on('preferences.changed', () => { heard += 1 })
      stop()
      const told = new Promise<unknown>((resolve) => world.caller.on('preferences.changed', resolve))
      await valueOf(world.caller.call('preferences.change', { change: { theme: 'light' } }))
      await told
      expect(heard).toBe(0)
    })

    it('a change of one preference leaves the others alone', async () => {
      await valueOf(world.caller.call('preferences.change', { change: { language: 'nl' } }))
      await valueOf(world.caller.call('preferences.change', { change: { notifications: false } }))
      expect(await valueOf(world.caller.call('preferences.get', {}))).toMatchObject({ language: 'nl', notifications: false })
    })

    it('many calls at once are each answered with their own answer', async () => {
      const sizes = Array.from({ length: 50 }, (_, index) => index + 1)
      const answers = await Promise.all(sizes.map((size) => world.caller.call('files.begin', { name: `f${size}`, size })))
      const handles = await Promise.all(answers.map(async (answer) => (await valueOf(answer)).handle))
      expect(new Set(handles).size).toBe(sizes.length)
      // A handle takes exactly the bytes it was begun with: one more is refused, so every answer belongs to its call.
      for (const [index, handle] of handles.entries()) {
        const size = sizes[index] ?? 0
        expect(await world.caller.call('files.append', { handle, base64: btoa('x'.repeat(size + 1)) })).toMatchObject({ ok: false, failure: { code: 'file.too-large' } })
        expect(await world.caller.call('files.append', { handle, base64: btoa('x'.repeat(size)) })).toMatchObject({ ok: true })
      }
    })

    it('a piece of a file may be as large as the contract says and no larger', async () => {
      const { handle } = await valueOf(world.caller.call('files.begin', { name: 'big', size: chunkBytes * 2 }))
      expect(await world.caller.call('files.append', { handle, base64: btoa('x'.repeat(chunkBytes)) })).toMatchObject({ ok: true })
      expect(await world.caller.call('files.append', { handle, base64: btoa('x'.repeat(chunkBytes + 3)) })).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    })

    it('a call far beyond every bound is refused, and the next one is answered', async () => {
      expect(await world.caller.call('wizard.keep', { state: 'x'.repeat(300_000) })).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
      expect(await world.caller.call('app.info', {})).toMatchObject({ ok: true })
    })

    it('letters of every kind arrive as they left', async () => {
      const state = JSON.stringify({ text: 'Jörg Müller 発票 \u2028 \u0000 😀 </script> "\\' })
      await valueOf(world.caller.call('wizard.keep', { state }))
      expect(await valueOf(world.caller.call('wizard.kept', {}))).toEqual({ state })
    })

    it('a password goes in and never comes out again', async () => {
      const secret = 'x9-never-seen-again'
      const { account } = await valueOf(world.caller.call('accounts.add', {
        draft: sendingDraft({ outgoing: { server: { use: 'own', host: '127.0.0.1', port: 1, security: 'none', clearTextConfirmed: true }, signIn: { use: 'own', signIn: { userName: 'u' } } } }),
        secrets: { outgoing: secret },
      }))
      const heard: unknown[] = []
      world.caller.on('job.changed', (job) => heard.push(job))
      const { jobId } = await valueOf(world.caller.call('accounts.check', { subject: { is: 'account', id: account.id } }))
      heard.push(await over(world.caller, jobId))
      for (const method of ['accounts.list', 'jobs.list', 'outbox.list', 'app.info', 'secrets.store', 'preferences.get'] as const) {
        heard.push(await world.caller.call(method, {}))
      }
      expect(JSON.stringify(heard)).not.toContain(secret)
      expect(await valueOf(world.caller.call('accounts.find', { key: account.id }))).toMatchObject({ secrets: { outgoing: 'stored' } })
    })
  })
}
