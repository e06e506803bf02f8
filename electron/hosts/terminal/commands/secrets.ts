/** `mailroom secrets …`: where passwords are kept. */
import { type SecretPlaceName, openVault, passphraseFromInput, preparePlace } from '../give-secrets.ts'
import { type Command, ok, type Session } from '../session.ts'

export const secretsStatus: Command = async (session) => tellStore(session)

export const useSecretPlace = (place: SecretPlaceName, options: { readonly passphraseStdin?: boolean }): Command => async (session) => {
  const passphrase = await passphraseFromInput(session, options.passphraseStdin === true)
  if (!passphrase.ok) return passphrase
  const prepared = await preparePlace(session, place, passphrase.value)
  return prepared.ok ? tellStore(session) : prepared
}

export const unlockSecrets = (options: { readonly passphraseStdin?: boolean }): Command => async (session) => {
  const passphrase = await passphraseFromInput(session, options.passphraseStdin === true)
  if (!passphrase.ok) return passphrase
  const opened = await openVault(session, passphrase.value)
  return opened.ok ? tellStore(session) : opened
}

async function tellStore({ caller, output, words }: Session) {
  const store = await caller.call('secrets.store', {})
  if (!store.ok) return store
  output.document(store.value)
  output.line(words.store(store.value.place, store.value.name, store.value.state))
  return ok
}
