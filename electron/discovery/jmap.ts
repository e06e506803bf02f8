/**
 * Whether a domain offers mail over HTTP: its session address by the well-known path on its own web server, or on the host that the
 * name service gives (RFC 8620 section 2.2). Found is only what answers as a JMAP server does: with a session, or by asking who is there.
 */
import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { done, failed, refused, type Outcome } from '../../shared/failures/failure.ts'
import type { SignInMethod } from '../../shared/model/server.ts'
import { named } from './autoconfig.ts'
import type { DomainRecords } from './domain-records.ts'
import { knowsNothing, type Named, type NamedServer, splitAddress, usualUserName, type Voucher } from './found-server.ts'
import { firstOf, isAnswer, type Web } from './web.ts'

export interface JmapParts {
  readonly web: Web
  /** null = the name service may not be asked. */
  readonly names: Pick<DomainRecords, 'services'> | null
}

export interface SessionFound {
  /** After redirects: a password never follows one. */
  readonly url: string
  readonly methods: readonly SignInMethod[]
}

export async function findByJmap({ web, names }: JmapParts, address: string, signal: AbortSignal): Promise<Named> {
  const parts = splitAddress(address)
  const domain = domainToASCII(parts.domain)
  if (domain === '') return knowsNothing
  const at = async (place: string, voucher: Voucher, limited: AbortSignal): Promise<Outcome<readonly NamedServer[] | null>> => {
    const session = await askSession(web, `https://${place}/.well-known/jmap`, limited)
    if (!session.ok) return isAnswer(session.failure) || session.failure.code === 'server.protocol' ? done(null) : session
    const { hostname, port } = new URL(session.value.url)
    return done([{ source: 'jmap', voucher, protocol: 'jmap', host: hostname, port: Number(port || '443'), security: 'tls', ...usualUserName(parts), sessionUrl: session.value.url, methods: [...session.value.methods] }])
  }
  const byName = async (limited: AbortSignal): Promise<Outcome<readonly NamedServer[] | null>> => {
    const records = names === null ? done([]) : await names.services(`_jmap._tcp.${domain}`, limited)
    if (!records.ok) return refused(records.failure)
    const preferred = records.value.filter(({ host }) => host !== '').toSorted((a, b) => a.priority - b.priority)[0]
    return preferred === undefined ? done(null) : at(preferred.port === 443 ? preferred.host : `${preferred.host}:${preferred.port}`, 'name-service', limited)
  }
  return named(await firstOf(signal, [(limited) => at(domain, 'own-web-server', limited), byName]))
}

const sessionSchema = z.object({ apiUrl: z.string(), capabilities: z.record(z.string(), z.unknown()) })
const mostBytes = 64 * 1024

/** Asks without signing in. `server.protocol` = something else than a JMAP server answered. */
export async function askSession(web: Web, url: string, signal: AbortSignal): Promise<Outcome<SessionFound>> {
  const answer = await web.ask({ url, headers: { accept: 'application/json' }, mostBytes, redirects: 3, signal })
  if (!answer.ok) return answer
  const { status, headers, body } = answer.value
  const challenge = headers.get('www-authenticate') ?? ''
  const methods: SignInMethod[] = [...(/\bbasic\b/i.test(challenge) ? ['password' as const] : []), ...(/\bbearer\b/i.test(challenge) ? ['oauth2' as const] : [])]
  if (status === 401 && methods.length > 0) return done({ url: answer.value.url, methods })
  if (status === 200 && isSession(body.toString('utf8'))) return done({ url: answer.value.url, methods: [] })
  return failed('server.protocol', { host: new URL(url).hostname, replyCode: status })
}

function isSession(text: string): boolean {
  try {
    return sessionSchema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
