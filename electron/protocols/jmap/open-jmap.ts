/**
 * Opens an account over JMAP: its session resource is looked up (RFC 8620 section 2.2) and read. The password goes to the host that the account names and to no other: where that host says that mail is elsewhere, a
 * person is told of it and decides.
 */
import { done, failed, refused, type Outcome } from '../../../shared/failures/failure.ts'
import { openHttps, type HttpsAnswer } from '../net/https-request.ts'
import type { Credentials, ServerTarget, SignInWith, StepWatcher } from '../net/server-target.ts'
import { serverWords } from '../net/server-words.ts'
import type { InboxSession } from '../mail-session.ts'
import { type AuthorizedRequests, authorizedRequests } from './authorized-requests.ts'
import { createJmapClient, type JmapClient } from './jmap-client.ts'
import { httpFailure } from './jmap-failure.ts'
import { JmapSession } from './jmap-session.ts'
import { mostConnections, readSession, type SessionResource } from './session-resource.ts'

/** RFC 8620 section 2.2. */
const wellKnownPath = '/.well-known/jmap'
const mostSessionBytes = 1024 * 1024
const mostRedirects = 3

export async function openJmap(target: ServerTarget, signIn: SignInWith, watcher?: StepWatcher): Promise<Outcome<InboxSession>> {
  const client = await connectJmap(target, signIn, watcher)
  return client.ok ? done(new JmapSession(client.value)) : client
}

export async function connectJmap(target: ServerTarget, signIn: SignInWith, watcher?: StepWatcher): Promise<Outcome<JmapClient>> {
  const evidence = { host: target.host, port: target.port, protocol: 'JMAP' }
  const told = watcher && opening(watcher)
  const https = openHttps({
    timeoutSeconds: target.timeoutSeconds,
    signal: target.signal,
    connections: mostConnections,
    manyAtOnce: true,
    // Trusted is this one server's certificate, whatever else is named by it.
    trusted: (host, port) => (host === target.host && port === target.port ? target.trustedCertificate : null),
    ...(told && { watcher: told }),
  })
  const requests = authorizedRequests(https, signIn, target.signal)
  if (requests === null) return failed('signin.no-mechanism', evidence)
  const session = await askForSession(requests, target)
  if (!session.ok) {
    requests.close()
    const { code, evidence: told } = session.failure
    return requests.refusal({ code, evidence: { ...evidence, ...told } })
  }
  watcher?.ended('sign-in', wordsOf(session.value, signIn.method))
  return done(createJmapClient(requests, session.value, evidence))
}

async function askForSession(requests: AuthorizedRequests, target: ServerTarget): Promise<Outcome<SessionResource>> {
  const evidence = { host: target.host, port: target.port, protocol: 'JMAP' }
  const from = target.http?.sessionUrl ?? `https://${target.host}:${target.port}${wellKnownPath}`
  const otherHosts = target.http?.otherHosts ?? []
  for (let url = from, left = mostRedirects; ; left -= 1) {
    const answer = await requests.ask({ url, headers: { accept: 'application/json' }, mostBytes: mostSessionBytes })
    if (!answer.ok) return answer
    const next = redirectOf(answer.value)
    if (next !== null && next.protocol !== 'https:') return failed('signin.clear-text-refused', { ...evidence, host: next.hostname })
    const isNamed = next !== null && (next.origin === new URL(from).origin || otherHosts.includes(next.hostname))
    if (next !== null && !isNamed) return failed('server.elsewhere', { ...evidence, name: next.hostname, serverWords: serverWords(next.href) })
    if (next === null) return answer.value.status === 200 ? readSession(answer.value.body.toString('utf8'), answer.value.url, [target.host, ...otherHosts], evidence) : refused(httpFailure(answer.value, evidence))
    if (left === 0) return failed('server.protocol', { ...evidence, detail: 'too many redirects' })
    url = next.href
  }
}

function redirectOf({ status, headers, url }: HttpsAnswer): URL | null {
  const location = headers.get('location')
  return status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url) ? new URL(location, url) : null
}

/** Facts for a person: how, and what was found. */
function wordsOf(session: SessionResource, method: Credentials['method']): string {
  const hosts = [session.apiUrl, session.downloadUrl, session.uploadUrl].map((url) => new URL(url.replaceAll(/[{}]/g, '')).host)
  return [method === 'oauth2' ? 'Bearer' : 'Basic', [...new Set(hosts)].join(', '), session.sends ? 'EmailSubmission' : null].filter((part) => part !== null).join('; ')
}

/** Of the first connection: a second one, or a third one, is no news. What comes once it is secured is the sign-in. */
function opening(watcher: StepWatcher): StepWatcher {
  const said = new Set<string>()
  const once = (what: string, say: () => void) => {
    if (!said.has(what)) say()
    said.add(what)
  }
  return {
    began: (step) => once(`began ${step}`, () => watcher.began(step)),
    ended: (step, words) =>
      once(`ended ${step}`, () => {
        watcher.ended(step, words)
        if (step === 'secure') watcher.began('sign-in')
      }),
  }
}
