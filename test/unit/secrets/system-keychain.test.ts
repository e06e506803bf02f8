import { describe, expect, it } from 'vitest'
import { type Keyring, type KeyringAnswer, type KeyringRequest, KeyringThread } from '../../../electron/secrets/keyring-thread.ts'
import { keychainName, SystemKeychain } from '../../../electron/secrets/system-keychain.ts'

/** A keyring that answers as told, and remembers what it was asked. */
function keyringSaying(...answers: (KeyringAnswer | 'nothing')[]): Keyring & { readonly asked: KeyringRequest[] } {
  const asked: KeyringRequest[] = []
  return {
    asked,
    ask: (request) => {
      asked.push(request)
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      return answer === undefined || answer === 'nothing' ? new Promise(() => undefined) : Promise.resolve(answer)
    },
  }
}
const failing = (code: string) => ({ ok: false, failure: { code } })

describe('the keychain of the system', () => {
  it('keeps entries under the name people will find them by', async () => {
    const keyring = keyringSaying({ value: null })
    const keychain = new SystemKeychain({ keyring })
    await keychain.write('a-1/incoming', 'x')
    await keychain.read('a-1/incoming')
    await keychain.remove('a-1/incoming')
    expect(keyring.asked).toEqual([
      { do: 'write', service: 'Mailroom', key: 'a-1/incoming', secret: 'x' },
      { do: 'read', service: 'Mailroom', key: 'a-1/incoming' },
      { do: 'remove', service: 'Mailroom', key: 'a-1/incoming' },
    ])
    expect([keychainName('linux'), keychainName('darwin'), keychainName('win32')]).toEqual(['Secret Service', 'macOS Keychain', 'Windows Credential Manager'])
  })

  it.each<[NodeJS.Platform, string, string]>([
    ['linux', "Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'secrets.locked'],
    ['linux', 'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files', 'secrets.absent'],
    ['linux', 'Platform failure: DBus error: Failed to connect to socket /run/user/1000/bus: No such file or directory', 'secrets.absent'],
    ['linux', 'Platform failure: DBus error: Did not receive a reply. Possible causes include: …', 'secrets.failed'],
    ['linux', 'Entry is matched by 2 credentials', 'secrets.failed'],
    ['darwin', 'Platform failure: User interaction is not allowed.', 'secrets.locked'],
    ['darwin', 'Platform failure: User canceled the operation.', 'secrets.locked'],
    ['darwin', 'Platform failure: One or more parameters passed to a function were not valid.', 'secrets.failed'],
    ['win32', "Couldn't access platform storage: A specified logon session does not exist.", 'secrets.absent'],
    ['win32', 'Platform failure: Windows ERROR_INVALID_FLAGS', 'secrets.failed'],
    ['linux', 'something nobody has seen yet', 'secrets.failed'],
  ])('on %s reads %j as %s, for reading, writing and removing alike', async (platform, error, code) => {
    const keychain = new SystemKeychain({ keyring: keyringSaying({ error }), platform })
    expect(await keychain.read('a')).toMatchObject(failing(code))
    expect(await keychain.write('a', 'x')).toMatchObject(failing(code))
    expect(await keychain.remove('a')).toMatchObject(failing(code))
  })

  it('is absent where its library has no part for this machine', async () => {
    const keychain = new SystemKeychain({ keyring: new KeyringThread(() => { throw new Error('Cannot find module @napi-rs/keyring') }) })
    expect(await keychain.state()).toBe('absent')
    expect(await keychain.read('a')).toMatchObject(failing('secrets.absent'))
  })

  it('is absent where the library cannot be loaded', async () => {
    const keychain = new SystemKeychain({ keyring: new KeyringThread(() => '/no/such/module') })
    expect(await keychain.read('a')).toMatchObject(failing('secrets.absent'))
  })

  it('listens for the end of the program only while it is asked', async () => {
    const before = process.listenerCount('exit')
    const keyring = new KeyringThread(() => '/no/such/module')
    const asked = [keyring.ask({ do: 'read', service: 's', key: 'a' }), keyring.ask({ do: 'read', service: 's', key: 'b' })]
    expect(process.listenerCount('exit')).toBe(before + 1)
    await Promise.all(asked)
    expect(process.listenerCount('exit')).toBe(before)
  })

  it('never opens a dialog to learn its state: it looks up an entry that does not exist, once, and then tells what it last met', async () => {
    const keyring = keyringSaying({ value: null }, { error: "Couldn't access platform storage: dismissed" }, { value: 'x' })
    const keychain = new SystemKeychain({ keyring, platform: 'linux' })
    expect(await keychain.state()).toBe('ready')
    expect(await keychain.state()).toBe('ready')
    await keychain.read('a')
    expect(await keychain.state()).toBe('locked')
    await keychain.read('a')
    expect(await keychain.state()).toBe('ready')
    expect(keyring.asked.map((request) => request.key)).toEqual(['is-there-a-keychain', 'a', 'a'])
  })

  it('that does not answer is locked after a while', async () => {
    const keychain = new SystemKeychain({ keyring: keyringSaying('nothing'), waitSeconds: 0.01 })
    expect(await keychain.read('a')).toMatchObject(failing('secrets.locked'))
  })

  it('is waited for no longer once the program stops, and not asked any more', async () => {
    const stop = new AbortController()
    const keyring = keyringSaying('nothing')
    const keychain = new SystemKeychain({ keyring, signal: stop.signal })
    const answer = keychain.read('a')
    stop.abort()
    expect(await answer).toMatchObject(failing('secrets.failed'))
    expect(await keychain.write('a', 'x')).toMatchObject(failing('secrets.failed'))
    expect(keyring.asked).toHaveLength(1)
  })
})
