/** `signIn.…`: signing in over the web. No token ever crosses here, in either direction. */
import { done, failed, failure, type Outcome } from '../../../shared/failures/failure.ts'
import type { SignInHolder } from '../../../shared/model/levels.ts'
import { guidanceFor } from '../../discovery/guidance.ts'
import { domainOf, heldSignIn, waitingFor } from '../../accounts/web-sign-in.ts'
import { readPermission } from '../../sign-in/permission.ts'
import { signOut } from '../../sign-in/sign-out.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

export function signInHandlers({ webSignIn, accounts, levels, secrets, pauses, runs, changed }: Pick<Parts, 'webSignIn' | 'accounts' | 'levels' | 'secrets' | 'pauses' | 'runs' | 'changed'>): HandlersOf<'signIn'> {
  const { providers, registrations, pages, openPage } = webSignIn

  const held = (holder: SignInHolder) => heldSignIn(holder, accounts.list(), levels.levels())
  const toldAll = (outcome: Outcome<void>): Outcome<Record<string, never>> => {
    if (!outcome.ok) return outcome
    changed('accounts.changed')
    return done({})
  }

  return {
    'signIn.options'({ address, servers, issuer }) {
      const found = issuer === null ? providers.byNames([domainOf(address), ...servers]) : providers.byIssuer(issuer, false)
      // Whether one that is not known lets Mailroom register itself, only asking it would tell.
      return done({ guidance: guidanceFor([domainOf(address), ...servers.map((name) => name.toLowerCase())]), provider: found === null ? null : { name: found.name, issuer: found.issuer, ready: found.registration !== null || found.scopes === null } })
    },
    'signIn.providers': () => done({ providers: [...providers.list()] }),
    'signIn.setProvider': async ({ provider }) => toldAll(await registrations.set(provider)),
    'signIn.removeProvider': async ({ issuer }) => toldAll(await registrations.remove(issuer)),
    'signIn.begin': (params) => done({ jobId: runs.signIn(params) }),
    async 'signIn.page'({ jobId, open }) {
      const url = pages.get(jobId)
      if (url === undefined) return failed('job.unknown')
      // Where it cannot be opened, the person has the address.
      if (open) await openPage(url).catch(() => undefined)
      return done({ url })
    },
    async 'signIn.of'({ holder }) {
      const found = held(holder)
      if (!found.ok) return found
      const { owner, name, issuer: own, names } = found.value
      const text = await secrets.read(owner.id, owner.direction)
      if (!text.ok) return text
      const permission = text.value === null ? null : readPermission(text.value)
      const issuer = permission?.issuer ?? own
      const provider = issuer === null ? providers.byNames(names) : providers.byIssuer(issuer, false)
      return done({ name, provider: provider?.name ?? '', signedIn: permission !== null, signedInAs: permission?.signedInAs ?? null })
    },
    async 'signIn.out'({ holder }) {
      const found = held(holder)
      if (!found.ok) return found
      const out = await signOut({ ...webSignIn, secrets }, found.value.owner)
      if (!out.ok) return out
      for (const { account, directions } of waitingFor(holder, accounts.list(), levels.levels())) {
        for (const direction of directions) if (holder.is === 'level' || direction === found.value.owner.direction) pauses.note(account.id, direction, failure('signin.again', { name: found.value.name }))
      }
      return toldAll(done(undefined))
    },
  }
}
