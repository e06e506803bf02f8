/**
 * The organization or a unit as it stands in its form: every field always there, also of a server that is switched off, so that
 * nothing typed is lost by changing one's mind. The schemas of `levels.ts` judge; the password is held beside them.
 */
import { type FieldProblem, type FieldProblemCode, fieldProblemsOf } from '../../shared/model/field-problem.ts'
import { type HouseServer, noPassage, type Organization, organizationSchema, type Passage, type Unit, unitDraftSchema } from '../../shared/model/levels.ts'
import type { Security, SignInMethod } from '../../shared/model/server.ts'
import { isMailAddress } from '../../shared/model/text-field.ts'

export interface LevelForm {
  readonly name: string
  /** null = the organization. */
  readonly kind: Unit['kind'] | null
  readonly footer: Passage
  readonly usesServer: boolean
  readonly server: ServerForm
  /** Typed just now; empty = what is kept stays. */
  readonly secret: string
}

export interface ServerForm {
  readonly host: string
  readonly port: number | null
  readonly security: Security
  readonly clearTextConfirmed: boolean
  readonly trustedCertificate: string | null
  readonly signsIn: boolean
  readonly userName: string
  readonly method: SignInMethod
  /** Where one signs in over the web; empty = the provider that is known for the server. */
  readonly issuer: string
  readonly rememberPassword: boolean
  readonly userNameMustBeAddress: boolean
  readonly noReplyAddress: string
  readonly noReplyName: string
}

const emptyServer: ServerForm = {
  host: '', port: null, security: 'tls', clearTextConfirmed: false, trustedCertificate: null, signsIn: true, userName: '', method: 'password', issuer: '', rememberPassword: true,
  userNameMustBeAddress: false, noReplyAddress: '', noReplyName: '',
}

export function newUnitForm(): LevelForm {
  return { name: '', kind: 'company', footer: noPassage, usesServer: false, server: emptyServer, secret: '' }
}

export function levelFormOf(level: Organization | Unit): LevelForm {
  const { name, footer, server } = level
  return { name, kind: 'kind' in level ? level.kind : null, footer, usesServer: server?.enabled === true, server: server === null ? emptyServer : serverFormOf(server), secret: '' }
}

function serverFormOf({ enabled: _enabled, signIn, ...server }: HouseServer): ServerForm {
  const { userName, method, rememberPassword, issuer } = signIn ?? emptyServer
  return { ...server, signsIn: signIn !== null, userName, method, rememberPassword, issuer: issuer ?? '' }
}

/** What the contract takes. A server nobody filled in and nobody uses is none. */
export function levelOf({ name, footer, usesServer, server }: LevelForm) {
  return { name, footer, server: !usesServer && server.host.trim() === '' ? null : serverOf(server, usesServer) }
}

export function serverOf({ signsIn, userName, method, rememberPassword, issuer, ...server }: ServerForm, enabled: boolean) {
  return { ...server, enabled, signIn: signsIn ? { userName, method, rememberPassword, issuer: method === 'oauth2' && issuer.trim() !== '' ? issuer.trim() : null } : null }
}

/** `hasSecret`: a password is kept already. */
export function levelProblems(form: LevelForm, hasSecret: boolean): readonly FieldProblem[] {
  const draft = levelOf(form)
  const parsed = form.kind === null ? organizationSchema.safeParse(draft) : unitDraftSchema.safeParse({ ...draft, kind: form.kind })
  const ofSchema = parsed.success ? [] : fieldProblemsOf(parsed.error)
  const { signsIn, rememberPassword, method } = form.server
  const lacksSecret = form.usesServer && signsIn && rememberPassword && method !== 'oauth2' && !hasSecret && form.secret === ''
  return lacksSecret ? [...ofSchema, { path: 'secret', problem: 'empty' }] : ofSchema
}

/** Does this server sign in over the web as it is saved, so that somebody can sign in now? */
export function canSignIn(form: ServerForm, saved: ServerForm): boolean {
  return saved.method === 'oauth2' && (['host', 'userName', 'issuer', 'method', 'signsIn'] as const).every((name) => form[name] === saved[name])
}

/** Under which address a test asks whether mail may go out; null = none is known. */
export function senderOf({ noReplyAddress, signsIn, userName }: ServerForm): string | null {
  if (isMailAddress(noReplyAddress)) return noReplyAddress
  return signsIn && isMailAddress(userName) ? userName : null
}

export function problemAt(problems: readonly FieldProblem[], path: string): FieldProblemCode | null {
  return problems.find((one) => one.path === path)?.problem ?? null
}
