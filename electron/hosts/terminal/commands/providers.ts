/** `mailroom providers …`: where people sign in over the web, and under which client id Mailroom is known there (A8). */
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import { fieldProblemsOf } from '../../../../shared/model/field-problem.ts'
import { providerChangeSchema, type ProviderView } from '../../../../shared/model/sign-in-provider.ts'
import { table } from '../format.ts'
import { preparePlace } from '../give-secrets.ts'
import { readFirstLine } from '../read-input.ts'
import { type Command, ok, type Session } from '../session.ts'

export interface ProviderOptions {
  readonly secretStdin?: boolean
  readonly name?: string
  readonly server: readonly string[]
}

export const listProviders: Command = async ({ caller, output, words }) => {
  const listed = await caller.call('signIn.providers', {})
  if (!listed.ok) return listed
  const { providers } = listed.value
  output.document({ providers })
  output.line(table(words.providers.headings, providers.map((one) => [one.name, one.clientId === '' ? words.providers.none : one.clientId, from(one, words), one.page ?? one.issuer])))
  output.line(words.providers.how)
  return ok
}

function from({ clientIdFrom, clientSecretFrom, variable }: ProviderView, { providers: words }: Session['words']): string {
  if (clientIdFrom === null) return ''
  const place = clientIdFrom === 'environment' ? (variable ?? '') : words.settings
  return clientSecretFrom === 'keychain' ? `${place}, ${words.secretKept}` : place
}

export const setProvider = (key: string, clientId: string, { secretStdin, name, server }: ProviderOptions): Command => async (session) => {
  const found = await providerNamed(session, key)
  if (!found.ok) return found
  const secret = secretStdin === true ? await readFirstLine(session.io) : done(undefined)
  if (!secret.ok) return secret
  const { issuer, known, name: before, servers } = found.value
  const parsed = providerChangeSchema.safeParse({
    issuer, clientId, ...(secret.value !== undefined && { clientSecret: secret.value }),
    name: name ?? (known ? '' : before), servers: server.length > 0 ? server : servers,
  })
  if (!parsed.success) return failed('input.invalid', { fields: [...fieldProblemsOf(parsed.error)] })
  if (secret.value !== undefined) {
    const ready = await preparePlace(session, undefined, null)
    if (!ready.ok) return ready
  }
  const set = await session.caller.call('signIn.setProvider', { provider: parsed.data })
  if (!set.ok) return set
  return tell(session, issuer, session.words.providers.set)
}

export const removeProvider = (key: string): Command => async (session) => {
  const found = await providerNamed(session, key)
  if (!found.ok) return found
  const removed = await session.caller.call('signIn.removeProvider', { issuer: found.value.issuer })
  if (!removed.ok) return removed
  return tell(session, found.value.issuer, () => session.words.providers.removed(found.value.name))
}

async function tell({ caller, output }: Session, issuer: string, words: (name: string) => string) {
  const listed = await caller.call('signIn.providers', {})
  if (!listed.ok) return listed
  const now = listed.value.providers.find((one) => one.issuer === issuer)
  output.document({ provider: now ?? null })
  output.line(words(now?.name ?? issuer))
  return ok
}

/** By the name people call it, or by its issuer, of which any https address is one. */
async function providerNamed({ caller }: Session, key: string): Promise<Outcome<Pick<ProviderView, 'issuer' | 'name' | 'known' | 'servers'>>> {
  const listed = await caller.call('signIn.providers', {})
  if (!listed.ok) return listed
  const wanted = key.replace(/\/$/, '').toLowerCase()
  const found = listed.value.providers.find(({ name, issuer }) => name.toLowerCase() === wanted || issuer.replace(/\/$/, '').toLowerCase() === wanted)
  if (found !== undefined) return done(found)
  if (URL.canParse(key) && /^https?:$/.test(new URL(key).protocol)) return done({ issuer: key, name: '', known: false, servers: [] })
  return failed('input.invalid', { fields: [{ path: 'provider', problem: 'not-a-choice' }] })
}
