/** Passwords and passphrases on their way in: only from standard input, or typed on a terminal without being shown. */
import type { Secrets } from '../../../shared/contract/methods.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { AccountId, Direction } from '../../../shared/model/account.ts'
import { askHidden, readFirstLine, readSecrets } from './read-input.ts'
import type { Session } from './session.ts'

export type SecretPlaceName = 'keychain' | 'vault' | 'session'

/** `--secret-place`: chosen by the person, before anything is kept. A vault is made where there is none, and unlocked. */
export async function preparePlace(session: Session, place: SecretPlaceName | undefined, passphrase: string | null): Promise<Outcome<void>> {
  const { caller } = session
  const now = await caller.call('secrets.store', {})
  if (!now.ok) return now
  const wanted = place ?? now.value.place
  if (wanted !== now.value.place) {
    const used = await caller.call('secrets.usePlace', { place: wanted })
    if (!used.ok) return wanted === 'vault' && used.failure.code === 'secrets.absent' ? makeVault(session, passphrase) : used
  }
  return wanted === 'vault' ? openVault(session, passphrase) : done(undefined)
}

async function makeVault(session: Session, given: string | null): Promise<Outcome<void>> {
  const passphrase = given ?? (await askPassphrase(session, true))
  if (passphrase === null) return failed('input.invalid', { fields: [{ path: 'passphrase', problem: 'empty' }] })
  const made = await session.caller.call('secrets.makeVault', { passphrase })
  return made.ok ? done(undefined) : made
}

/** Unlocks the vault where it is locked. Without a passphrase and nobody to ask: `secrets.locked`. */
export async function openVault(session: Session, given: string | null): Promise<Outcome<void>> {
  const { caller, words } = session
  const store = await caller.call('secrets.store', {})
  if (!store.ok) return store
  const { place, state, name } = store.value
  if (state === 'ready') return done(undefined)
  if (place === 'vault' && state === 'absent') return makeVault(session, given)
  // A keychain is unlocked with the computer's own sign-in, not here.
  const passphrase = place === 'vault' ? (given ?? (await askPassphrase(session, false))) : null
  if (passphrase === null) return failed(state === 'absent' ? 'secrets.absent' : 'secrets.locked', { name: place === 'keychain' ? name : words.vault })
  const opened = await caller.call('secrets.unlockVault', { passphrase })
  return opened.ok ? done(undefined) : opened
}

async function askPassphrase({ io, words, output }: Session, twice: boolean): Promise<string | null> {
  if (io.input.isTTY !== true) return null
  const first = await askHidden(io, words.ask.passphrase)
  if (!twice || first === null) return first
  const second = await askHidden(io, words.ask.again)
  if (second === first) return first
  output.note(words.ask.notSame)
  return null
}

export async function passphraseFromInput({ io }: Session, wanted: boolean): Promise<Outcome<string | null>> {
  return wanted ? readFirstLine(io) : done(null)
}

/** The passwords a new or changed account needs: from `--secrets-stdin`, or asked for where somebody sits at a terminal. */
export async function secretsFor(
  session: Session,
  wanted: readonly Direction[],
  options: { readonly secretsStdin?: boolean; readonly secretPlace?: SecretPlaceName },
  ask: boolean,
): Promise<Outcome<Secrets>> {
  const given = options.secretsStdin === true ? await readSecrets(session.io) : done({ secrets: {}, passphrase: null })
  if (!given.ok) return given
  const prepared = await preparePlace(session, options.secretPlace, given.value.passphrase)
  if (!prepared.ok) return prepared
  if (options.secretsStdin === true || !ask || session.io.input.isTTY !== true) return done(given.value.secrets)
  const typed: Partial<Record<Direction, string>> = {}
  for (const direction of wanted) {
    const secret = await askHidden(session.io, session.words.ask[direction])
    if (secret !== null && secret !== '') typed[direction] = secret
  }
  return done(typed)
}

/** `--secrets-stdin` of a command that uses an account: passwords for this run, kept where the account says. */
export async function provideSecrets(session: Session, accountId: AccountId, secretsStdin: boolean | undefined): Promise<Outcome<void>> {
  if (secretsStdin !== true) return unlockForPerson(session)
  const given = await readSecrets(session.io)
  if (!given.ok) return given
  if (given.value.passphrase !== null) {
    const opened = await openVault(session, given.value.passphrase)
    if (!opened.ok) return opened
  }
  if (Object.keys(given.value.secrets).length === 0) return done(undefined)
  const provided = await session.caller.call('secrets.provide', { accountId, secrets: given.value.secrets })
  return provided.ok ? done(undefined) : provided
}

/** A locked vault with somebody at the terminal: asks once; whoever says nothing goes on without. */
async function unlockForPerson(session: Session): Promise<Outcome<void>> {
  if (session.io.input.isTTY !== true) return done(undefined)
  const store = await session.caller.call('secrets.store', {})
  if (!store.ok) return store
  return store.value.place === 'vault' && store.value.state === 'locked' ? openVault(session, null) : done(undefined)
}
