/** Is there JMAP at an address? Asked without signing in: a session resource either wants a sign-in and says which, or shows itself. */
import { done, failed, refused, type Outcome } from '../../../shared/failures/failure.ts'
import type { SignInMethod } from '../../../shared/model/server.ts'
import { requestHttps } from '../net/https-request.ts'
import type { ServerTarget } from '../net/server-target.ts'
import { httpFailure } from './jmap-failure.ts'
import { parseJson } from './session-resource.ts'

/** RFC 8620 section 2.2. */
export const wellKnownPath = '/.well-known/jmap'

export function sessionUrlOf({ host, port, http }: Pick<ServerTarget, 'host' | 'port' | 'http'>): string {
  return http?.sessionUrl ?? `https://${host.includes(':') ? `[${host}]` : host}:${port}${wellKnownPath}`
}

/** Where the session is after redirects, to whatever host: nobody is told anything. */
export async function probeJmap(target: ServerTarget): Promise<Outcome<{ readonly methods: readonly SignInMethod[]; readonly sessionUrl: string }>> {
  const evidence = { host: target.host, port: target.port, protocol: 'JMAP' }
  const trusted = (host: string, port: number) => (host === target.host && port === target.port ? target.trustedCertificate : null)
  const { timeoutSeconds, signal } = target
  const answer = await requestHttps({ timeoutSeconds, signal, trusted }, { url: sessionUrlOf(target), headers: { accept: 'application/json' }, mostBytes: 64 * 1024, redirects: 3 })
  if (!answer.ok) return answer
  const { status, url, headers, body } = answer.value
  if (status === 401) return done({ methods: methodsIn(headers.get('www-authenticate') ?? ''), sessionUrl: url })
  if (status !== 200) return refused(httpFailure(answer.value, evidence))
  const session = parseJson(body.toString('utf8'))
  const isSession = typeof session === 'object' && session !== null && 'apiUrl' in session
  return isSession ? done({ methods: ['password'], sessionUrl: url }) : failed('server.protocol', { ...evidence, detail: 'not a JMAP session' })
}

/** RFC 9110 section 11.6.1; one that names none takes what everybody takes. */
function methodsIn(challenges: string): readonly SignInMethod[] {
  const methods: SignInMethod[] = []
  if (/\bbasic\b/i.test(challenges) || !/\bbearer\b/i.test(challenges)) methods.push('password')
  if (/\bbearer\b/i.test(challenges)) methods.push('oauth2')
  return methods
}
