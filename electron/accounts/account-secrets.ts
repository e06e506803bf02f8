/**
 * Puts the passwords of an account, or of a level's server, where its next version wants them, before that version is written,
 * and can take all of it back.
 * What cannot be read is not written over; where nothing changes, the keychain is not touched at all.
 */
import { type AccountDraft, type AccountId, type Direction, needsSecret, ownSignIn } from '../../shared/model/account.ts'
import type { Secrets } from '../../shared/contract/methods.ts'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'

/** Brings the passwords back to what they were; it does what it can, because the failure that led here is the one to tell. */
export type Undo = () => Promise<void>

/** Which passwords there are to be, and whether each is kept for good or in memory only. */
export type Needs = Readonly<Record<Direction, { readonly remember: boolean } | null>>
export const needsNone: Needs = { incoming: null, outgoing: null }

export function needsOf(draft: AccountDraft): Needs {
  return {
    incoming: draft.incoming === null ? null : { remember: draft.incoming.signIn.rememberPassword },
    outgoing: needsSecret(draft, 'outgoing') ? { remember: ownSignIn(draft, 'outgoing')?.rememberPassword ?? false } : null,
  }
}

type Step = (undo: Undo[]) => Promise<Outcome<void>>

export async function moveSecrets(keeper: SecretKeeper, id: AccountId, before: Needs, after: Needs, typed: Secrets): Promise<Outcome<Undo>> {
  const undos: Undo[] = []
  const undo: Undo = async () => {
    for (const takeBack of undos.splice(0).reverse()) await takeBack()
  }
  for (const direction of ['incoming', 'outgoing'] as const) {
    const step = stepFor(keeper, id, direction, before[direction], after[direction], typed[direction])
    const outcome = (await step?.(undos)) ?? done(undefined)
    if (!outcome.ok) {
      await undo()
      return outcome
    }
  }
  return done(undo)
}

/** For an account or a level about to be removed. */
export async function removeSecrets(keeper: SecretKeeper, id: AccountId, needs: Needs): Promise<Outcome<Undo>> {
  const kept: Undo[] = []
  for (const direction of ['incoming', 'outgoing'] as const) {
    const need = needs[direction]
    if (need === null) continue
    const old = await readOld(keeper, id, direction, false)
    if (!old.ok) return old
    if (old.value !== null) kept.push(putBack(keeper, id, direction, old.value, need.remember))
  }
  const undo: Undo = async () => {
    for (const takeBack of kept) await takeBack()
  }
  const removed = await keeper.removeAll(id)
  if (removed.ok) return done(undo)
  await undo()
  return removed
}

type Need = Needs[Direction]

/** null = nothing to do. */
function stepFor(keeper: SecretKeeper, id: AccountId, direction: Direction, before: Need, after: Need, typed: string | undefined): Step | null {
  if (after === null) return before === null ? null : remove(keeper, id, direction, before.remember)
  if (before === null) return typed === undefined ? null : write(keeper, id, direction, typed, after.remember)
  if (typed === undefined && after.remember === before.remember) return null
  return rewrite(keeper, id, direction, typed, after.remember, before.remember)
}

const write = (keeper: SecretKeeper, id: AccountId, direction: Direction, secret: string, remember: boolean): Step => (undo) => {
  undo.push(async () => void (await keeper.remove(id, direction)))
  return keeper.write(id, direction, secret, remember)
}

/** Another password, or the same one in memory instead of in the keychain or the other way round. */
const rewrite = (keeper: SecretKeeper, id: AccountId, direction: Direction, typed: string | undefined, remember: boolean, remembered: boolean): Step => async (undo) => {
  const old = await readOld(keeper, id, direction, remember)
  if (!old.ok) return old
  const secret = typed ?? old.value
  if (secret === null) return done(undefined)
  undo.push(old.value === null ? async () => void (await keeper.remove(id, direction)) : putBack(keeper, id, direction, old.value, remembered))
  return keeper.write(id, direction, secret, remember)
}

const remove = (keeper: SecretKeeper, id: AccountId, direction: Direction, remembered: boolean): Step => async (undo) => {
  const old = await readOld(keeper, id, direction, false)
  if (!old.ok) return old
  if (old.value !== null) undo.push(putBack(keeper, id, direction, old.value, remembered))
  return keeper.remove(id, direction)
}

const putBack = (keeper: SecretKeeper, id: AccountId, direction: Direction, secret: string, remember: boolean): Undo => async () => {
  await keeper.write(id, direction, secret, remember)
}

/** Where nothing shall be put into a keychain, one that is not there is as good as one without an entry. */
async function readOld(keeper: SecretKeeper, id: AccountId, direction: Direction, remember: boolean): Promise<Outcome<string | null>> {
  const old = await keeper.read(id, direction)
  return !old.ok && old.failure.code === 'secrets.absent' && !remember ? done(null) : old
}
