/**
 * Opens an account over JMAP: its session resource is looked up (RFC 8620 section 2.2) and read, signed in with Basic (RFC 7617) or Bearer
 * (RFC 6750). The password goes to the host that the account names and to no other: where that host says that mail is elsewhere, a
 * person is told of it and decides.
 */
import { done, failed, refused, type Outcome } from '../../../shared/failures/failure.ts'
import { openHttps, type HttpsAnswer, type HttpsClient } from '../net/https-request.ts'
import type { Credentials, ServerTarget, StepWatcher } from '../net/server-target.ts'
import { serverWords, withoutSecret } from '../net/server-words.ts'
import type { InboxSession } from '../mail-session.ts'
import { createJmapClient, type JmapClient } from './jmap-client.ts'
import { httpFailure } from './jmap-failure.ts'
import { JmapSession } from './jmap-session.ts'
import { mostConnections, readSession, type SessionResource } from './session-resource.ts'

/** RFC 8620 section 2.2. */
const wellKnownPath = '/.well-known/jmap'
const mostSessionBytes = 1024 * 1024
const mostRedirects = 3

export async function openJmap(target: ServerTarget, credentials: Credentials, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  const client = await connectJmap(target, credentials, watcher)
  return client.ok ? done(new JmapSession(client.value)) : client
}

export async function connectJmap(target: ServerTarget, credentials: Credentials, watcher?: StepWatcher): Promise<Outcome<JmapClient>> {
  const evidence = { host: target.host, port: target.port, protocol: 'JMAP' }
  const authorization = authorizationOf(credentials)
  if (authorization === null) return failed('signin.no-mechanism', evidence)
  const told = onceEach(watcher)
  const https = openHttps({
    timeoutSeconds: target.timeoutSeconds,
    signal: target.signal,
    connections: mostConnections,
    manyAtOnce: true,
    // Trusted is this one server's certificate, whatever else is named by it.
    trusted: (host, port) => (host === target.host && port === target.port ? target.trustedCertificate : null),
    ...(told && { watcher: told }),
  })
  const session = await askForSession(https, authorization, target, watcher)
  if (!session.ok) {
    https.close()
    const { code, evidence: told } = session.failure
    // A token may be replaced by a fresh one; a password can only be wrong.
    const reason = { code: code === 'signin.rejected' && credentials.method === 'oauth2' ? ('signin.again' as const) : code, evidence: { ...evidence, ...told } }
    return withoutSecret(refused(reason), credentials.secret)
  }
  watcher?.ended('sign-in', wordsOf(session.value, credentials))
  return done(createJmapClient(https, session.value, { authorization, secret: credentials.secret }, evidence))
}

async function askForSession(https: HttpsClient, authorization: string, target: ServerTarget, watcher?: StepWatcher): Promise<Outcome<SessionResource>> {
  const evidence = { host: target.host, port: target.port, protocol: 'JMAP' }
  const from = target.http?.sessionUrl ?? `https://${target.host}:${target.port}${wellKnownPath}`
  let isSigningIn = false
  for (let url = from, left = mostRedirects; ; left -= 1) {
    const answer = await https.ask({ url, authorization, headers: { accept: 'application/json' }, mostBytes: mostSessionBytes })
    if (!answer.ok) return answer
    if (!isSigningIn) watcher?.began('sign-in')
    isSigningIn = true
    const next = redirectOf(answer.value)
    if (next !== null && next.origin !== new URL(from).origin) return failed('server.elsewhere', { ...evidence, name: next.hostname, serverWords: serverWords(next.href) })
    if (next === null) return answer.value.status === 200 ? readSession(answer.value.body.toString('utf8'), answer.value.url, target.http?.otherHosts ?? [], evidence) : refused(httpFailure(answer.value, evidence))
    if (left === 0) return failed('server.protocol', { ...evidence, detail: 'too many redirects' })
    url = next.href
  }
}

function redirectOf({ status, headers, url }: HttpsAnswer): URL | null {
  const location = headers.get('location')
  return status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url) ? new URL(location, url) : null
}

/** null = a way to sign in that HTTP has not. */
function authorizationOf({ userName, secret, method }: Credentials): string | null {
  switch (method) {
    case 'password':
      return `Basic ${Buffer.from(`${userName}:${secret}`, 'utf8').toString('base64')}`
    case 'oauth2':
      return `Bearer ${secret}`
    case 'spa':
      return null
  }
}

/** Facts for a person: how, and what was found. */
function wordsOf(session: SessionResource, { method }: Credentials): string {
  const hosts = [session.apiUrl, session.downloadUrl, session.uploadUrl].map((url) => new URL(url.replaceAll(/[{}]/g, '')).host)
  return [method === 'oauth2' ? 'Bearer' : 'Basic', [...new Set(hosts)].join(', '), session.sends ? 'EmailSubmission' : null].filter((part) => part !== null).join('; ')
}

/** A second connection, or a third one, is no news. */
function onceEach(watcher: StepWatcher | undefined): StepWatcher | undefined {
  if (watcher === undefined) return undefined
  const said = new Set<string>()
  const once = (what: string, say: () => void) => {
    if (!said.has(what)) say()
    said.add(what)
  }
  return { began: (step) => once(`began ${step}`, () => watcher.began(step)), ended: (step, words) => once(`ended ${step}`, () => watcher.ended(step, words)) }
}
