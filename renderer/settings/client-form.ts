/** The client id of a service as it stands in its form, and what the contract takes of it. The schema judges. */
import { type FieldProblem, fieldProblemsOf } from '../../shared/model/field-problem.ts'
import { type ProviderChange, providerChangeSchema, type ProviderView } from '../../shared/model/sign-in-provider.ts'

export interface ClientForm {
  readonly issuer: string
  readonly name: string
  /** With commas between them. */
  readonly servers: string
  readonly clientId: string
  /** Typed just now; empty = what is kept stays with its client id. */
  readonly clientSecret: string
}

/** Of the environment nothing is taken over: what is typed here goes before it. */
export function clientFormOf(provider: ProviderView | null): ClientForm {
  const { issuer, name, servers, clientId } = provider ?? { issuer: '', name: '', servers: [], clientId: '' }
  return { issuer, name: provider?.known === true ? '' : name, servers: servers.join(', '), clientId: provider?.clientIdFrom === 'environment' ? '' : clientId, clientSecret: '' }
}

export function clientChangeOf({ issuer, name, servers, clientId, clientSecret }: ClientForm, provider: ProviderView | null): ProviderChange {
  const secret = clientSecret !== '' ? { clientSecret } : provider?.clientIdFrom === 'settings' ? {} : { clientSecret: null }
  return { issuer: issuer.trim(), name, servers: servers.split(/[,;\s]+/).filter((one) => one !== ''), clientId, ...secret }
}

/** A client id has to be given here; that a service may go without one is for those who write the settings by hand. */
export function clientProblems(form: ClientForm, provider: ProviderView | null): readonly FieldProblem[] {
  const parsed = providerChangeSchema.safeParse(clientChangeOf(form, provider))
  const problems = parsed.success ? [] : fieldProblemsOf(parsed.error).map(({ path, problem }) => ({ path: path.split('.')[0] ?? path, problem }))
  return form.clientId.trim() === '' ? [...problems, { path: 'clientId', problem: 'empty' }] : problems
}
