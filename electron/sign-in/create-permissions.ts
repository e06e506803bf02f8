/**
 * Access tokens in memory, refresh tokens in the keychain, and the provider asked as seldom as can be.
 *
 *   tokenFor ─▶ one that lives on? ── yes ─▶ that one
 *                 │ no
 *                 ▼
 *   renewing (one at a time) ─▶ ask the provider ─▶ keep the replaced refresh token ─▶ hand out the access token
 *                                  │ permission over        │ keychain locked
 *                                  ▼                        ▼
 *                      ended, until somebody signs in     kept in memory, written before anything else is done
 *
 * A refresh is not cut off when whoever asked no longer wants it: the answer may hold the only refresh token there is.
 */
import { randomUUID } from 'node:crypto'
import { assertNever, done, failed, failure, refused, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import type { AccountId, Direction } from '../../shared/model/account.ts'
import type { OAuthClient } from '../protocols/oauth/oauth-client.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { FreshToken, Permissions, TokenOwner } from './access-tokens.ts'
import { issuerOf, permissionText, readPermission, type Permission } from './permission.ts'

export interface PermissionsParts {
  readonly client: Pick<OAuthClient, 'refresh'>
  readonly secrets: Pick<SecretKeeper, 'read' | 'write'>
  /** Is the permission of this account kept for good, or in memory only? */
  readonly remembers: (id: AccountId, direction: Direction) => boolean
  /** Told every token that passes, so that the log can leave it out. */
  readonly redact: (secret: string) => void
  readonly now?: () => Date
}

/** Milliseconds. Where the provider does not say how long a token lives (RFC 6749 section 5.1 only recommends it). */
const unsaidLife = 5 * 60_000
/** A token is renewed so long before its end, or in the last quarter of its life where that is shorter. */
const ahead = 2 * 60_000
/** After a provider failed to answer it is left alone for so long, however many connections ask. */
export const restAfterFault = 10_000

interface Held {
  access: { readonly token: string; readonly renewAt: number } | null
  /** Nothing but a new sign-in helps. */
  ended: Failure | null
  fault: { readonly until: number; readonly failure: Failure } | null
  renewing: Promise<Outcome<string>> | null
  /** A replaced permission that the keychain did not take yet. */
  unwritten: Permission | null
}

export function createPermissions({ client, secrets, remembers, redact, now = () => new Date() }: PermissionsParts): Permissions {
  const held = new Map<string, Held>()
  const inHand = new Map<string, string>()

  function heldOf(owner: TokenOwner): Held {
    const known = held.get(keyOf(owner))
    if (known !== undefined) return known
    const fresh: Held = { access: null, ended: null, fault: null, renewing: null, unwritten: null }
    held.set(keyOf(owner), fresh)
    return fresh
  }

  function read(owner: TokenOwner): Promise<Outcome<string | null>> {
    return owner.of === 'account' ? secrets.read(owner.id, owner.direction) : Promise.resolve(done(inHand.get(owner.id) ?? null))
  }

  async function write(owner: TokenOwner, permission: Permission): Promise<Outcome<void>> {
    const text = permissionText(permission)
    switch (owner.of) {
      case 'account':
        return secrets.write(owner.id, owner.direction, text, remembers(owner.id, owner.direction))
      case 'sign-in':
        inHand.set(owner.id, text)
        return done(undefined)
      default:
        return assertNever(owner)
    }
  }

  function accessOf({ accessToken, seconds }: FreshToken, since: Date): NonNullable<Held['access']> {
    redact(accessToken)
    // Counted from before the question, on this machine's own clock: neither a slow answer nor a clock that differs from theirs matters.
    const life = seconds === null ? unsaidLife : seconds * 1000
    return { token: accessToken, renewAt: since.getTime() + life - Math.min(ahead, life / 4) }
  }

  function renewed(owner: TokenOwner, state: Held, signal: AbortSignal): Promise<Outcome<string>> {
    if (state.ended !== null) return Promise.resolve(refused(state.ended))
    if (state.fault !== null && now().getTime() < state.fault.until) return Promise.resolve(refused(state.fault.failure))
    state.renewing ??= renew(owner, state).finally(() => {
      state.renewing = null
    })
    return orCancelled(state.renewing, signal)
  }

  async function renew(owner: TokenOwner, state: Held): Promise<Outcome<string>> {
    const permission = await permissionOf(owner, state)
    if (!permission.ok) return permission
    const asked = now()
    const granted = await client.refresh(issuerOf(permission.value), permission.value.refreshToken)
    if (!granted.ok) return notGranted(state, granted.failure)
    const { refreshToken } = granted.value
    // Somebody signed in anew or removed the account meanwhile: what this brought belongs to nobody.
    if (held.get(keyOf(owner)) !== state) return failed('job.cancelled')
    if (refreshToken !== null && refreshToken !== permission.value.refreshToken) {
      redact(refreshToken)
      state.unwritten = { ...permission.value, refreshToken }
      const kept = await writeWaiting(owner, state)
      if (!kept.ok) return kept
    }
    state.access = accessOf(granted.value, asked)
    return done(state.access.token)
  }

  async function permissionOf(owner: TokenOwner, state: Held): Promise<Outcome<Permission>> {
    if (state.unwritten !== null) {
      const waiting = state.unwritten
      const kept = await writeWaiting(owner, state)
      return kept.ok ? done(waiting) : kept
    }
    const text = await read(owner)
    if (!text.ok) return text
    const permission = text.value === null ? null : readPermission(text.value)
    if (permission === null) return failed('signin.again')
    redact(permission.refreshToken)
    return done(permission)
  }

  async function writeWaiting(owner: TokenOwner, state: Held): Promise<Outcome<void>> {
    if (state.unwritten === null) return done(undefined)
    const kept = await write(owner, state.unwritten)
    if (kept.ok) state.unwritten = null
    return kept
  }

  function notGranted(state: Held, reason: Failure): Outcome<never> {
    if (reason.code === 'signin.again' || reason.code === 'signin.provider-refused') state.ended = reason
    else state.fault = { until: now().getTime() + restAfterFault, failure: reason }
    return refused(reason)
  }

  return {
    async tokenFor(owner, signal) {
      const state = heldOf(owner)
      if (state.access !== null && now().getTime() < state.access.renewAt) return done(state.access.token)
      return renewed(owner, state, signal)
    },
    async tokenInsteadOf(owner, given, signal) {
      const state = heldOf(owner)
      if (state.access !== null && state.access.token !== given && now().getTime() < state.access.renewAt) return done(state.access.token)
      state.access = null
      return renewed(owner, state, signal)
    },
    keep(permission, fresh) {
      const id = randomUUID()
      redact(permission.refreshToken)
      inHand.set(id, permissionText(permission))
      heldOf({ of: 'sign-in', id }).access = accessOf(fresh, now())
      return id
    },
    textOf: (signInId) => inHand.get(signInId) ?? null,
    async replace(owner, permission, fresh) {
      redact(permission.refreshToken)
      await release(owner)
      const kept = await write(owner, permission)
      await release(owner)
      if (kept.ok) heldOf(owner).access = accessOf(fresh, now())
      return kept
    },
    release,
  }

  async function release(owner: TokenOwner): Promise<void> {
    const state = held.get(keyOf(owner))
    held.delete(keyOf(owner))
    if (owner.of === 'sign-in') inHand.delete(owner.id)
    await state?.renewing
  }
}

function keyOf(owner: TokenOwner): string {
  return owner.of === 'account' ? `${owner.id}/${owner.direction}` : `sign-in:${owner.id}`
}

/** Who no longer wants the answer does not wait for it. */
async function orCancelled<T>(answer: Promise<Outcome<T>>, signal: AbortSignal): Promise<Outcome<T>> {
  const cancelled = refused(failure('job.cancelled'))
  if (signal.aborted) return cancelled
  let stop = () => {}
  const aborted = new Promise<Outcome<T>>((resolve) => {
    stop = () => resolve(cancelled)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([answer, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
