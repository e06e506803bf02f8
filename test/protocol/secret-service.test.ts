import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { lab } from '../servers/lab.ts'
import { PrivateKeyring } from '../servers/private-keyring.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

interface Asked {
  readonly answer: unknown
  /** How often a 5 ms timer of the same process ran meanwhile. */
  readonly ticks: number
}

/** Mailroom's keychain in a process whose session bus is at `address`; null = it has none. */
function keychainAt(address: string | null, waitSeconds = 120) {
  const { DBUS_SESSION_BUS_ADDRESS: _, XDG_RUNTIME_DIR: __, DISPLAY: ___, ...rest } = process.env
  const env = address === null ? rest : { ...rest, DBUS_SESSION_BUS_ADDRESS: address }
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'ask-keychain.ts'), String(waitSeconds)], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  stops.push(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const askAll = async (...request: string[]): Promise<Asked> => {
    child.stdin!.write(`${JSON.stringify(request)}\n`)
    const line = await lines.next()
    if (line.done) throw new Error('the keychain process ended')
    return JSON.parse(line.value) as Asked
  }
  return {
    ask: async (...request: string[]) => (await askAll(...request)).answer,
    askAll,
    /** Lets the process end by itself. */
    end: async () => {
      child.stdin!.end()
      return ended
    },
  }
}

async function privateKeyring(): Promise<PrivateKeyring> {
  const keyring = await PrivateKeyring.start()
  stops.push(() => keyring.stop())
  return keyring
}

const freshKey = () => `${randomUUID()}/incoming`
const done = (value?: unknown) => (value === undefined ? { ok: true } : { ok: true, value })
const failing = (code: string) => ({ ok: false, failure: { code } })

describe('the Secret Service', () => {
  it('keeps a password beyond the process that wrote it, and forgets it when told to', async () => {
    const key = freshKey()
    const first = keychainAt(lab.dbusAddress)
    expect(await first.ask('state')).toBe('ready')
    expect(await first.ask('read', key)).toEqual(done(null))
    expect(await first.ask('write', key, 'first')).toMatchObject(done())
    expect(await first.ask('write', key, 'påsswörd 秘密 \n "x" \\ 🔑')).toMatchObject(done())
    await first.end()

    const second = keychainAt(lab.dbusAddress)
    expect(await second.ask('read', key)).toEqual(done('påsswörd 秘密 \n "x" \\ 🔑'))
    expect(await second.ask('read', freshKey())).toEqual(done(null))
    expect(await second.ask('remove', key)).toMatchObject(done())
    expect(await second.ask('remove', key)).toMatchObject(done())
    expect(await second.ask('read', key)).toEqual(done(null))
  })

  it('keeps the longest password there may be', async () => {
    const keychain = keychainAt(lab.dbusAddress)
    const key = freshKey()
    await keychain.ask('write', key, 'x'.repeat(4096))
    expect(await keychain.ask('read', key)).toEqual(done('x'.repeat(4096)))
    await keychain.ask('remove', key)
  })

  it('that is locked is never taken for "no such entry", and nothing in it is written over', async () => {
    const keyring = await privateKeyring()
    await keyring.serve()
    const keychain = keychainAt(keyring.address)
    expect(await keychain.ask('write', 'a/incoming', 'the password')).toMatchObject(done())
    await keyring.lock()

    expect(await keychain.ask('read', 'a/incoming')).toMatchObject(failing('secrets.locked'))
    expect(await keychain.ask('state')).toBe('locked')
    expect(await keychain.ask('write', 'a/incoming', 'another')).toMatchObject(failing('secrets.locked'))
    expect(await keychain.ask('write', 'b/incoming', 'another')).toMatchObject(failing('secrets.locked'))
    expect(await keychain.ask('remove', 'a/incoming')).toMatchObject(failing('secrets.locked'))

    await keyring.silence()
    await keyring.serve()
    expect(await keychain.ask('read', 'a/incoming')).toEqual(done('the password'))
    expect(await keychain.ask('read', 'b/incoming')).toEqual(done(null))
    expect(await keychain.ask('state')).toBe('ready')
  })

  it('that is not on the bus is absent, and found when it comes', async () => {
    const keyring = await privateKeyring()
    const keychain = keychainAt(keyring.address)
    expect(await keychain.ask('state')).toBe('absent')
    expect(await keychain.ask('read', 'a/incoming')).toMatchObject(failing('secrets.absent'))
    expect(await keychain.ask('write', 'a/incoming', 'x')).toMatchObject(failing('secrets.absent'))
    await keyring.serve()
    expect(await keychain.ask('state')).toBe('ready')
    expect(await keychain.ask('read', 'a/incoming')).toEqual(done(null))
  })

  it('that went away while the program ran is absent, not empty', async () => {
    const keyring = await privateKeyring()
    await keyring.serve()
    const keychain = keychainAt(keyring.address)
    await keychain.ask('write', 'a/incoming', 'x')
    await keyring.silence()
    expect(await keychain.ask('read', 'a/incoming')).toMatchObject(failing('secrets.absent'))
  })

  it('on a machine without a session bus is absent, and the kernel keyring is not used in its place', async () => {
    const keychain = keychainAt(null)
    const key = freshKey()
    expect(await keychain.ask('state')).toBe('absent')
    expect(await keychain.ask('write', key, 'x')).toMatchObject(failing('secrets.absent'))
    expect(await keychain.ask('read', key)).toMatchObject(failing('secrets.absent'))
  })

  it('that hangs is a failure and neither absent nor empty, and the program runs on meanwhile', async () => {
    const keyring = await privateKeyring()
    await keyring.serve()
    const keychain = keychainAt(keyring.address)
    await keychain.ask('write', 'a/incoming', 'x')
    keyring.hangService()
    const { answer, ticks } = await keychain.askAll('read', 'a/incoming')
    expect(answer).toMatchObject(failing('secrets.failed'))
    expect(ticks).toBeGreaterThan(10)
  })

  it('behind a bus that hangs for ever is given up after a while, and does not keep the program from ending', async () => {
    const keyring = await privateKeyring()
    await keyring.serve()
    const keychain = keychainAt(keyring.address, 1)
    expect(await keychain.ask('state')).toBe('ready')
    keyring.hangBus()
    const { answer, ticks } = await keychain.askAll('read', 'a/incoming')
    expect(answer).toMatchObject(failing('secrets.locked'))
    expect(ticks).toBeGreaterThan(10)
    await keychain.end()
  })
})
