/** `mailroom organization …` and `mailroom units …`: the levels above the accounts, with their servers and footers (B6, D6). */
import { done, failed, refused, type Outcome } from '../../../../shared/failures/failure.ts'
import { portOf } from '../../../../shared/model/account.ts'
import { type HouseServer, type Level, organizationSchema, type Passage, unitDraftSchema } from '../../../../shared/model/levels.ts'
import { isMailAddress } from '../../../../shared/model/text-field.ts'
import { levelWords } from '../../../../shared/words/levels.ts'
import type { Result } from '../../../../shared/contract/methods.ts'
import { followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { type SecretPlaceName, secretsFor } from '../give-secrets.ts'
import { readDraft } from '../read-draft.ts'
import { type Command, ok, type Session } from '../session.ts'
import { stepTeller } from '../tell-steps.ts'
import { tellDefault } from './accounts.ts'

export interface SaveLevelOptions {
  readonly secretsStdin?: boolean
  readonly secretPlace?: SecretPlaceName
}

export const showOrganization: Command = async (session) => {
  const listed = await session.caller.call('levels.list', {})
  if (!listed.ok) return listed
  const { organization } = listed.value
  session.output.document(organization)
  session.output.line(organization.name === '' ? session.words.levels.unnamed : organization.name)
  tellLevel(session, organization)
  return ok
}

export const setOrganization = (file: string, options: SaveLevelOptions): Command => async (session) => {
  const read = await readDraft(session.io, file, organizationSchema)
  if (!read.ok) return read
  const secret = await secretFor(session, read.value.server, options)
  if (!secret.ok) return secret
  const saved = await session.caller.call('levels.changeOrganization', { organization: read.value, ...secret.value })
  if (!saved.ok) return saved
  session.output.document({ organization: read.value, ...saved.value })
  return told(session, saved.value, session.words.levels.organizationSaved)
}

export const listUnits: Command = async ({ caller, output, words, language }) => {
  const listed = await caller.call('levels.list', {})
  if (!listed.ok) return listed
  const { units } = listed.value
  output.document({ units: units.map(({ unit }) => unit) })
  const rows = units.map(({ unit, accounts }) => [unit.name, levelWords[language].kinds[unit.kind], unit.server === null ? words.off : `${unit.server.host}${unit.server.enabled ? '' : ` (${words.off})`}`, accounts.join(', ')])
  output.line(rows.length === 0 ? words.levels.none : table(words.levels.headings, rows))
  return ok
}

export const showUnit = (key: string): Command => async (session) => {
  const found = await session.caller.call('levels.findUnit', { key })
  if (!found.ok) return found
  const { unit } = found.value
  session.output.document(unit)
  session.output.line(`${unit.name}, ${levelWords[session.language].kinds[unit.kind]}`)
  tellLevel(session, unit)
  return ok
}

export const addUnit = (file: string, options: SaveLevelOptions): Command => async (session) => {
  const draft = await readDraft(session.io, file, unitDraftSchema)
  if (!draft.ok) return draft
  const secret = await secretFor(session, draft.value.server, options)
  if (!secret.ok) return secret
  const added = await session.caller.call('levels.addUnit', { draft: draft.value, ...secret.value })
  if (!added.ok) return added
  session.output.document(added.value)
  return told(session, added.value, session.words.levels.saved(added.value.unit.name))
}

export const changeUnit = (key: string, file: string, options: SaveLevelOptions): Command => async (session) => {
  const found = await session.caller.call('levels.findUnit', { key })
  if (!found.ok) return found
  const draft = await readDraft(session.io, file, unitDraftSchema)
  if (!draft.ok) return draft
  const secret = await secretFor(session, draft.value.server, options)
  if (!secret.ok) return secret
  const changed = await session.caller.call('levels.changeUnit', { id: found.value.unit.id, draft: draft.value, ...secret.value })
  if (!changed.ok) return changed
  session.output.document(changed.value)
  return told(session, changed.value, session.words.levels.saved(changed.value.unit.name))
}

export const removeUnit = (key: string): Command => async (session) => {
  const found = await session.caller.call('levels.findUnit', { key })
  if (!found.ok) return found
  const removed = await session.caller.call('levels.removeUnit', { id: found.value.unit.id })
  if (!removed.ok) return removed
  session.output.document(removed.value)
  return told(session, removed.value, session.words.levels.removed(found.value.unit.name))
}

/** `key` null = the organization's server. */
export const checkLevel = (key: string | null, options: SaveLevelOptions): Command => async (session) => {
  const found = await levelNamed(session, key)
  if (!found.ok) return found
  const { level, server } = found.value
  // Nothing is proven: a script must not take that for "everything works".
  if (server === null) return failed('unit.no-server')
  const secret = await secretFor(session, server, options)
  if (!secret.ok) return secret
  const followed = await followJobs(session, async () => {
    const started = await session.caller.call('levels.check', { server, level, sender: senderThrough(server), ...secret.value })
    return started.ok ? done([started.value.jobId]) : started
  }, stepTeller(session))
  if (!followed.ok) return followed
  const failure = followed.value[0]?.failure ?? null
  if (failure !== null) return refused(failure)
  session.output.line(session.words.allWorks(server.host))
  return ok
}

async function levelNamed({ caller }: Session, key: string | null): Promise<Outcome<{ readonly level: Level; readonly server: HouseServer | null }>> {
  if (key === null) {
    const listed = await caller.call('levels.list', {})
    return listed.ok ? done({ level: { is: 'organization' as const }, server: listed.value.organization.server }) : listed
  }
  const found = await caller.call('levels.findUnit', { key })
  return found.ok ? done({ level: { is: 'unit' as const, id: found.value.unit.id }, server: found.value.unit.server }) : found
}

function senderThrough({ noReplyAddress, signIn }: HouseServer): string | null {
  if (noReplyAddress !== '') return noReplyAddress
  return signIn !== null && isMailAddress(signIn.userName) ? signIn.userName : null
}

async function secretFor(session: Session, server: HouseServer | null, options: SaveLevelOptions): Promise<Outcome<{ readonly secret?: string }>> {
  const given = await secretsFor(session, [], options, false)
  if (!given.ok) return given
  const { outgoing } = given.value
  return done(outgoing === undefined || server?.signIn == null ? {} : { secret: outgoing })
}

function tellLevel({ output, words, language }: Session, level: { readonly server: HouseServer | null; readonly footer: Passage }): void {
  const { server, footer } = level
  if (server === null) output.line(words.levels.noServer)
  else {
    const state = server.enabled ? '' : `, ${levelWords[language].because['switched-off']}`
    output.line(`${levelWords[language].wayOut}: ${server.host}, ${portOf('smtp', server)}, ${words.securities[server.security]}${server.signIn === null ? '' : `, ${server.signIn.userName}`}${state}`)
    if (server.noReplyAddress !== '') output.line(`${words.levels.sender}: ${server.noReplyName === '' ? '' : `${server.noReplyName} `}<${server.noReplyAddress}>`)
  }
  const text = footer.text || footer.html
  if (text.trim() !== '') output.line(`${words.levels.footer}:\n${text.trim()}`)
}

async function told(session: Session, after: Result<'levels.removeUnit'>, words: string) {
  session.output.line(words)
  await tellDefault(session, after)
  return ok
}
