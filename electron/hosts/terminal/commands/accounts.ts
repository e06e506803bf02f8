/** `mailroom accounts …` */
import type { AccountOverview, Result } from '../../../../shared/contract/methods.ts'
import { explain } from '../../../../shared/failures/catalogue.ts'
import { done, type Outcome } from '../../../../shared/failures/failure.ts'
import { type Account, type AccountDraft, accountDraftSchema, directionSchema, needsSecret, ownSignIn, portOf, serverNames, signsInOverTheWeb } from '../../../../shared/model/account.ts'
import { wayOut } from '../../../../shared/model/way-out.ts'
import { levelWords } from '../../../../shared/words/levels.ts'
import { actionWords } from '../../../../shared/words/terminal-actions.ts'
import { exitCodes } from '../exit-codes.ts'
import { table } from '../format.ts'
import { guidanceLines } from '../guidance-lines.ts'
import { signIn, type SignInOptions } from './sign-in.ts'
import { type SecretPlaceName, secretsFor } from '../give-secrets.ts'
import { readDraft } from '../read-draft.ts'
import { type Command, ok, type Session } from '../session.ts'

const needed = (draft: AccountDraft) => directionSchema.options.filter((direction) => needsSecret(draft, direction) && ownSignIn(draft, direction)?.method !== 'oauth2')

export const listAccounts: Command = async ({ caller, output, words, format, language }) => {
  const listed = await caller.call('accounts.list', {})
  if (!listed.ok) return listed
  const { accounts } = listed.value
  output.document({ accounts })
  if (accounts.length === 0) output.line(words.none.accounts)
  else {
    const h = words.accountHeadings
    const state = ({ account, paused, lastCheck, lastFetch, secrets, unconfirmedRemovals }: AccountOverview) => {
      // What was tried last tells how it is now.
      const last = lastCheck !== null && (lastFetch === null || lastCheck.at > lastFetch.at) ? lastCheck : lastFetch
      const failure = paused ?? last?.failure ?? null
      const given = !Object.values(secrets).includes('missing')
      if (failure !== null && !(failure.code === 'signin.no-password' && given)) return explain(failure, language).title
      if (!given) return explain({ code: signsInOverTheWeb(account) ? 'signin.again' : 'signin.no-password', evidence: {} }, language).title
      if (unconfirmedRemovals !== null) return words.accountState.unconfirmed
      return lastCheck === null && lastFetch === null ? words.accountState.neverChecked : words.accountState.ready
    }
    const rows = accounts.map((overview) => {
      const { account, isDefault, messageCount, waitingCount } = overview
      return [
        account.name, account.user.address, words.kinds[account.kind], receives(account) ?? words.off,
        account.outgoing === null || !account.outgoing.enabled ? words.off : isDefault ? words.defaultMark : '✓',
        format.number(messageCount), format.number(waitingCount), state(overview),
      ]
    })
    output.line(table([h.name, h.address, h.kind, h.receives, h.sends, h.messages, h.waiting, h.state], rows))
  }
  return ok
}

function receives({ incoming }: AccountDraft): string | null {
  return incoming === null ? null : incoming.protocol.toUpperCase()
}

export const showAccount = (key: string): Command => async (session) => {
  const { caller, output, words, language } = session
  const found = await caller.call('accounts.find', { key })
  if (!found.ok) return found
  const { account, paused } = found.value
  output.document(account)
  const { incoming, outgoing, user } = account
  output.line(`${account.name} <${user.address}>, ${words.kinds[account.kind]}`)
  if (incoming !== null) {
    const where = incoming.protocol === 'jmap' ? incoming.sessionUrl : `${incoming.host}, ${portOf(incoming.protocol, incoming)}, ${words.securities[incoming.security]}`
    output.line(`${words.sides.incoming}: ${incoming.protocol.toUpperCase()}, ${where}, ${incoming.signIn.userName}`)
  }
  if (outgoing?.server.use === 'own') {
    const { server } = outgoing
    output.line(`${words.sides.outgoing}: SMTP, ${server.host}, ${portOf('smtp', server)}, ${words.securities[server.security]}`)
  }
  if (outgoing !== null) await tellWayOut(session, account)
  if (paused !== null) output.line(explain(paused, language).title)
  return ok
}

/** B6: which server wins, and why. */
async function tellWayOut({ caller, output, language }: Session, account: Account): Promise<void> {
  const listed = await caller.call('levels.list', {})
  if (!listed.ok) return
  const words = levelWords[language]
  const rungs = wayOut(account, { organization: listed.value.organization, units: listed.value.units.map(({ unit }) => unit) })
  output.line(`${words.wayOut}. ${words.rule}`)
  for (const { level, name, host, because } of rungs) {
    output.line(`  ${because === 'wins' ? '→' : ' '} ${words.levels[level]}${name === '' ? '' : ` “${name}”`}: ${host === null ? '' : `${host}, `}${words.because[because]}`)
  }
  if (!rungs.some(({ because }) => because === 'wins')) output.line(words.noWayOut)
}

/** For an account whose password was not given, was changed at the provider, or got lost with a keychain. */
export const givePassword = (key: string, options: { readonly secretsStdin?: boolean; readonly secretPlace?: SecretPlaceName }): Command => async (session) => {
  const { caller, output, language } = session
  const found = await caller.call('accounts.find', { key })
  if (!found.ok) return found
  const { account } = found.value
  const secrets = await secretsFor(session, needed(account), options, true)
  if (!secrets.ok) return secrets
  const words = actionWords[language]
  if (Object.values(secrets.value).every((secret) => secret === undefined || secret === '')) {
    output.usage(words.passwordMissing)
    return done(exitCodes.usage)
  }
  const provided = await caller.call('secrets.provide', { accountId: account.id, secrets: secrets.value })
  if (!provided.ok) return provided
  output.document({ accountId: account.id })
  output.line(words.passwordKept(account.name))
  return ok
}

interface SaveOptions extends SignInOptions {
  readonly oauth?: boolean
  readonly secretsStdin?: boolean
  readonly secretPlace?: SecretPlaceName
}

export const addAccount = (file: string, options: SaveOptions): Command => async (session) => {
  const read = await readDraft(session.io, file, accountDraftSchema)
  if (!read.ok) return read
  const draft = options.oauth === true ? overTheWeb(read.value) : read.value
  const secrets = await secretsFor(session, needed(draft), options, true)
  if (!secrets.ok) return secrets
  const signedIn = signsInOverTheWeb(draft) ? await signInDraft(session, draft, options) : done({})
  if (!signedIn.ok) return signedIn
  const added = await session.caller.call('accounts.add', { draft, secrets: { ...secrets.value, ...signedIn.value } })
  if (!added.ok) return added
  const without = needed(draft).some((direction) => (secrets.value[direction] ?? '') === '')
  if (without) session.output.note(actionWords[session.language].noPassword)
  return tellSaved(session, added.value, session.words.saved)
}

/** The half that has a sign-in of its own, or both, use the web instead of a password. */
function overTheWeb(draft: AccountDraft): AccountDraft {
  const { incoming, outgoing } = draft
  return {
    ...draft,
    incoming: incoming === null ? null : { ...incoming, signIn: { ...incoming.signIn, method: 'oauth2' } },
    outgoing: outgoing?.signIn.use === 'own' ? { ...outgoing, signIn: { use: 'own', signIn: { ...outgoing.signIn.signIn, method: 'oauth2' } } } : outgoing,
  }
}

async function signInDraft(session: Session, draft: AccountDraft, options: SaveOptions): Promise<Outcome<{ readonly signedIn?: string }>> {
  const direction = directionSchema.options.find((one) => ownSignIn(draft, one)?.method === 'oauth2')
  const own = direction === undefined ? null : ownSignIn(draft, direction)
  if (own === null) return done({})
  const { address } = draft.user
  const servers = [...serverNames(draft)]
  const signedIn = await signIn(session, { is: 'draft', address, userName: own.userName, issuer: own.issuer, servers, http: draft.incoming?.protocol === 'jmap' }, options)
  if (signedIn.ok) return done(signedIn.value.signInId === null ? {} : { signedIn: signedIn.value.signInId })
  // Where the web way is not to be had, there may be another.
  const at = signedIn.failure.code === 'signin.no-registration' ? await session.caller.call('signIn.options', { address, servers, issuer: own.issuer }) : null
  if (at?.ok === true && at.value.guidance !== null) for (const line of guidanceLines(at.value.guidance, session.language)) session.output.note(line)
  return signedIn
}

export const changeAccount = (key: string, file: string, options: SaveOptions): Command => async (session) => {
  const found = await session.caller.call('accounts.find', { key })
  if (!found.ok) return found
  const draft = await readDraft(session.io, file, accountDraftSchema)
  if (!draft.ok) return draft
  const secrets = await secretsFor(session, needed(draft.value), options, false)
  if (!secrets.ok) return secrets
  const changed = await session.caller.call('accounts.change', { id: found.value.account.id, draft: draft.value, secrets: secrets.value })
  if (!changed.ok) return changed
  return tellSaved(session, changed.value, session.words.changed)
}

export const removeAccount = (key: string, options: { readonly keepMail?: boolean; readonly deleteMail?: boolean }): Command => async (session) => {
  const { caller, output, words } = session
  if ((options.keepMail === true) === (options.deleteMail === true)) {
    output.usage(words.usage.removeMail)
    return done(exitCodes.usage)
  }
  const found = await caller.call('accounts.find', { key })
  if (!found.ok) return found
  const { account } = found.value
  const removed = await caller.call('accounts.remove', { id: account.id, mail: options.deleteMail === true ? 'delete' : 'keep' })
  if (!removed.ok) return removed
  output.document(removed.value)
  output.line(words.removed(account.name))
  await tellDefault(session, removed.value)
  return ok
}

export const setDefaultAccount = (key: string): Command => async (session) => {
  const found = await session.caller.call('accounts.find', { key })
  if (!found.ok) return found
  const set = await session.caller.call('accounts.setDefault', { id: found.value.account.id })
  if (!set.ok) return set
  session.output.document(set.value)
  session.output.line(session.words.nowDefault(found.value.account.name))
  return ok
}

async function tellSaved(session: Session, saved: Result<'accounts.add'>, words: (name: string) => string): Promise<Outcome<number>> {
  session.output.document(saved)
  session.output.line(words(saved.account.name))
  await tellDefault(session, saved)
  return ok
}

/** A3: when the default changed with it, that is said aloud. */
export async function tellDefault({ caller, output, words }: Session, { defaultAccountId, promoted }: Result<'accounts.remove'>): Promise<void> {
  if (!promoted) return
  if (defaultAccountId === null) return output.line(words.noDefault)
  const found = await caller.call('accounts.find', { key: defaultAccountId })
  if (found.ok) output.line(words.nowDefault(found.value.account.name))
}
