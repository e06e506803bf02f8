/** `signIn.…`: signing in over the web. No token ever crosses here, in either direction. */
import { done, failed, failure, type Outcome } from '../../../shared/failures/failure.ts'
import { type Account, type AccountId, type Direction, ownSignIn, serverNames } from '../../../shared/model/account.ts'
import { guidanceFor } from '../../discovery/guidance.ts'
import { domainOf, webDirection } from '../../jobs/kinds/sign-in.ts'
import { readPermission } from '../../sign-in/permission.ts'
import { signOut } from '../../sign-in/sign-out.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

export function signInHandlers({ webSignIn, accounts, secrets, pauses, runs, changed }: Pick<Parts, 'webSignIn' | 'accounts' | 'secrets' | 'pauses' | 'runs' | 'changed'>): HandlersOf<'signIn'> {
  const { providers, registrations, pages, openPage } = webSignIn

  function webAccount(id: AccountId): Outcome<{ readonly account: Account; readonly direction: Direction }> {
    const account = accounts.get(id)
    if (!account.ok) return account
    const direction = webDirection(account.value)
    return direction === null ? failed('account.no-web-sign-in', { name: account.value.name }) : done({ account: account.value, direction })
  }

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
    async 'signIn.of'({ accountId }) {
      const found = webAccount(accountId)
      if (!found.ok) return found
      const { account, direction } = found.value
      const text = await secrets.read(accountId, direction)
      if (!text.ok) return text
      const permission = text.value === null ? null : readPermission(text.value)
      const issuer = permission?.issuer ?? ownSignIn(account, direction)?.issuer ?? null
      const provider = issuer === null ? providers.byNames([domainOf(account.user.address), ...serverNames(account)]) : providers.byIssuer(issuer, false)
      return done({ provider: provider?.name ?? '', signedIn: permission !== null, signedInAs: permission?.signedInAs ?? null })
    },
    async 'signIn.out'({ accountId }) {
      const found = webAccount(accountId)
      if (!found.ok) return found
      const { account, direction } = found.value
      const out = await signOut({ ...webSignIn, secrets }, { of: 'account', id: accountId, direction })
      if (!out.ok) return out
      pauses.note(accountId, direction, failure('signin.again', { name: account.name }))
      changed('accounts.changed')
      return done({})
    },
  }
}
