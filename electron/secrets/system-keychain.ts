/**
 * The operating system's keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
 *
 * Locked, absent and "no such entry" are three answers, told apart here and nowhere else by the texts of `@napi-rs/keyring`,
 * which has no codes: "Couldn't access platform storage" (its NoStorageAccess) and "Platform failure" (its PlatformFailure),
 * each followed by the system's own words. A text that is not known is `secrets.failed`, never "no such entry".
 *
 * Nothing is asked of the keychain merely to learn its state: on a locked one that would open the system's dialog. `state`
 * is what the last call met; only before the first, and while there is none, an entry that is never written is looked up,
 * which asks no one for a password.
 */
import { done, type Failure, failure, type Outcome, refused } from '../../shared/failures/failure.ts'
import { type Keyring, type KeyringRequest, KeyringThread } from './keyring-thread.ts'
import type { SecretPlace } from './secret-keeper.ts'

export interface SystemKeychainOptions {
  readonly keyring?: Keyring
  readonly platform?: NodeJS.Platform
  /** A person may have to type a password into the system's dialog. Default 120. */
  readonly waitSeconds?: number
  /** Ends every wait: the program stops. */
  readonly signal?: AbortSignal
}

type State = 'ready' | 'locked' | 'absent'

const service = 'Mailroom'
const neverWritten = 'is-there-a-keychain'

export class SystemKeychain implements SecretPlace {
  readonly #keyring: Keyring
  readonly #platform: NodeJS.Platform
  readonly #waitSeconds: number
  readonly #signal: AbortSignal | undefined
  #met: State | null = null

  constructor(options: SystemKeychainOptions = {}) {
    this.#keyring = options.keyring ?? new KeyringThread()
    this.#platform = options.platform ?? process.platform
    this.#waitSeconds = options.waitSeconds ?? 120
    this.#signal = options.signal
  }

  async state(): Promise<State> {
    if (this.#met === null || this.#met === 'absent') await this.read(neverWritten)
    return this.#met ?? 'absent'
  }

  read(key: string): Promise<Outcome<string | null>> {
    return this.#ask({ do: 'read', service, key })
  }

  async write(key: string, secret: string): Promise<Outcome<void>> {
    const answer = await this.#ask({ do: 'write', service, key, secret })
    return answer.ok ? done(undefined) : answer
  }

  async remove(key: string): Promise<Outcome<void>> {
    const answer = await this.#ask({ do: 'remove', service, key })
    return answer.ok ? done(undefined) : answer
  }

  async #ask(request: KeyringRequest): Promise<Outcome<string | null>> {
    const answer = await this.#withinTime(request)
    if (answer === 'too-late') {
      this.#met = 'locked'
      return refused(failure('secrets.locked', { seconds: this.#waitSeconds }))
    }
    if (answer === 'stopped') return refused(failure('secrets.failed', { detail: 'the program stops' }))
    if ('value' in answer) {
      this.#met = 'ready'
      return done(answer.value)
    }
    const reason = 'unloadable' in answer ? failure('secrets.absent', { detail: bounded(answer.unloadable) }) : this.#meaningOf(answer.error)
    if (reason.code === 'secrets.locked') this.#met = 'locked'
    if (reason.code === 'secrets.absent') this.#met = 'absent'
    return refused(reason)
  }

  async #withinTime(request: KeyringRequest) {
    if (this.#signal?.aborted) return 'stopped' as const
    const { promise: ended, resolve: end } = Promise.withResolvers<'too-late' | 'stopped'>()
    const stop = () => end('stopped')
    const timer = setTimeout(() => end('too-late'), this.#waitSeconds * 1000)
    this.#signal?.addEventListener('abort', stop, { once: true })
    try {
      return await Promise.race([this.#keyring.ask(request), ended])
    } finally {
      clearTimeout(timer)
      this.#signal?.removeEventListener('abort', stop)
    }
  }

  #meaningOf(text: string): Failure {
    const detail = bounded(text)
    const noAccess = text.startsWith("Couldn't access platform storage")
    switch (this.#platform) {
      case 'darwin':
        // errSecInteractionNotAllowed, errSecUserCanceled and errSecAuthFailed in the words of Security.framework.
        if (noAccess || /interaction is not allowed|canceled the operation|passphrase you entered/i.test(text)) return failure('secrets.locked', { detail })
        return failure('secrets.failed', { detail })
      case 'win32':
        // ERROR_NO_SUCH_LOGON_SESSION: a session without a credential set, such as a service's.
        return failure(noAccess ? 'secrets.absent' : 'secrets.failed', { detail })
      default:
        if (noAccess) return failure('secrets.locked', { detail })
        if (/DBus error: Did not receive a reply/.test(text)) return failure('secrets.failed', { detail })
        return failure(/^Platform failure: (?:DBus error|.*secret service)/i.test(text) ? 'secrets.absent' : 'secrets.failed', { detail })
    }
  }
}

/** What the person who uses it calls it. */
export function keychainName(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return 'macOS Keychain'
  return platform === 'win32' ? 'Windows Credential Manager' : 'Secret Service'
}

function bounded(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 300)
}
