/**
 * HTTP over TLS (RFC 9110, RFC 9112, RFC 9113) for whatever this program asks of the web: bounded in time and in bytes, certificates judged as on every
 * other connection, nothing decompressed, no proxy and no cookie. What a server answers, whatever its status, is an answer; not ok means
 * that none came, or none that may be read.
 *
 * - Credentials go to the origin of the request and to no other, whatever a server says.
 * - Redirects are followed only where the caller allows it, for GET and HEAD, from https to https.
 * - In clear only to this machine, and only where the caller says so.
 * - A request is repeated by itself only when it is a GET or HEAD on a connection that was kept from before, and not one byte of an answer came;
 *   or when the server said that it did nothing with it.
 */
import { isIPv4 } from 'node:net'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { createHttp2Links } from './http2-links.ts'
import { HttpsAgent } from './https-agent.ts'
import { type Begin, type Ends, exchange, type Place } from './https-exchange.ts'
import type { LookUpName, MessageSink, ServerTarget, StepWatcher } from './server-target.ts'

export interface HttpsOptions {
  /** Every single wait (connect, TLS, the head of an answer, more of its body) ends after this many seconds. */
  readonly timeoutSeconds: number
  /** Ends every wait at once. */
  readonly signal: AbortSignal
  /** SHA-256 of a certificate the user trusts for a server although it does not verify. */
  readonly trusted?: (host: string, port: number) => string | null
  /** http: is allowed too, to this machine alone. */
  readonly clearTextToThisMachine?: boolean
  /** To one server at a time. */
  readonly connections?: number
  /** Many requests over one connection, where the server speaks HTTP/2. */
  readonly manyAtOnce?: boolean
  readonly watcher?: StepWatcher
  readonly lookUp?: LookUpName
}

export interface HttpsRequest {
  readonly url: string
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  /** The value of the Authorization field: only ever sent to the origin of `url`. Never part of a failure. */
  readonly authorization?: string
  readonly body?: string | Uint8Array | RequestStream
  /** Of the answer's body, bytes. */
  readonly mostBytes: number
  /** For the whole of it, from the look-up to the last byte; left out = only every single wait is limited. */
  readonly withinSeconds?: number
  /** How many redirects are followed; left out = none, and the redirect is the answer. */
  readonly redirects?: number
  /** A stream that is silent until something happens: how long it may be, seconds. */
  readonly silentFor?: number
  readonly signal?: AbortSignal
  /** Asked once, when a connection of the request's own is open and before any of it is written: what this writes is on disk when it resolves. Not ok = nothing goes out. */
  readonly beforeSending?: () => Promise<Outcome<void>>
}

export interface RequestStream {
  readonly size: number
  readonly pieces: () => AsyncIterable<Uint8Array>
}

export interface HttpsHead {
  readonly status: number
  /** Lower-case names; of a field that came several times the values joined by commas, as RFC 9110 section 5.3 has it. */
  readonly headers: ReadonlyMap<string, string>
  /** Where the answer came from, after redirects. */
  readonly url: string
}

export interface HttpsAnswer extends HttpsHead {
  readonly body: Buffer
}

/** Sees the head, and may take the body as it comes; where it answers null the body is collected. */
export type SinkOf = (head: HttpsHead) => MessageSink | null | Promise<MessageSink | null>

export interface HttpsClient {
  ask(request: HttpsRequest, sinkOf?: SinkOf): Promise<Outcome<HttpsAnswer>>
  close(): void
}

/** Of a request that the server did nothing with. */
const mostRepeats = 3

/** Keeps its connections between requests, until it is closed. */
export function openHttps(options: HttpsOptions): HttpsClient {
  const closing = new AbortController()
  const signal = AbortSignal.any([options.signal, closing.signal])
  const targetOf = (host: string, port: number, secured = true): ServerTarget => ({
    host,
    port,
    security: secured ? 'tls' : 'none',
    trustedCertificate: options.trusted?.(host, port) ?? null,
    timeoutSeconds: options.timeoutSeconds,
    signal,
    ...(options.lookUp && { lookUp: options.lookUp }),
  })
  const agentOf = (beforeSending?: () => Promise<Outcome<void>>) =>
    new HttpsAgent({
      target: targetOf,
      connections: options.connections ?? 4,
      ...(options.watcher && { watcher: options.watcher }),
      ...(beforeSending && { beforeSending }),
    })
  const shared = agentOf()
  // One for all requests that share theirs: Node keeps what depends on a signal for as long as that signal lives.
  const either = new WeakMap<AbortSignal, AbortSignal>()
  function eitherOf(other: AbortSignal): AbortSignal {
    const found = either.get(other) ?? AbortSignal.any([signal, other])
    either.set(other, found)
    return found
  }
  const links = createHttp2Links({ target: targetOf, spare: (place, socket) => shared.keep(place, socket), ...(options.watcher && { watcher: options.watcher }) })

  /** A stream that lasts, and what asks for a connection of its own, go out over HTTP/1.1. */
  async function wayOf(place: Place, { silentFor }: HttpsRequest): Promise<Outcome<Begin>> {
    const link = options.manyAtOnce === true && place.url.protocol === 'https:' && silentFor === undefined ? await links.to(place) : done(null)
    if (!link.ok) return link
    const way = link.value ?? shared
    return done((...request) => way.begin(...request))
  }

  /** Once more only where that does no harm: the server may have taken the request. */
  async function askAt(place: Place, request: HttpsRequest, mayCarry: boolean, ends: Ends, sinkOf: SinkOf): Promise<Outcome<HttpsAnswer>> {
    const fields = { ...request.headers, ...(mayCarry && request.authorization !== undefined && { authorization: request.authorization }) }
    if (Object.entries(fields).some(([name, value]) => !/^[\w-]+$/.test(name) || !/^[\t\x20-\x7e]*$/.test(value))) return failed('input.invalid', { detail: 'a header field with other characters in it' })
    const own = request.beforeSending === undefined ? null : agentOf(request.beforeSending)
    const once = async () => {
      const way: Outcome<Begin> = own === null ? await wayOf(place, request) : done((...asked) => own.begin(...asked))
      return way.ok ? exchange(way.value, place, request, fields, ends, sinkOf) : { outcome: way, again: 'no' as const }
    }
    for (let before = 0; ; before += 1) {
      const { outcome, again } = await once()
      if (again === 'any' ? before < mostRepeats : again === 'harmless' && before === 0 && isHarmless(request)) continue
      own?.destroy()
      return outcome
    }
  }

  async function ask(request: HttpsRequest, sinkOf: SinkOf = () => null): Promise<Outcome<HttpsAnswer>> {
    const ends: Ends = {
      cancelled: request.signal ? eitherOf(request.signal) : signal,
      over: request.withinSeconds === undefined ? null : AbortSignal.timeout(request.withinSeconds * 1000),
      seconds: options.timeoutSeconds,
    }
    const first = allowed(request.url, options.clearTextToThisMachine ?? false)
    if (!first.ok) return first
    const follows = (request.redirects ?? 0) > 0 && isHarmless(request)
    for (let place = first.value, left = request.redirects ?? 0; ; left -= 1) {
      const answer = await askAt(place, request, place.url.origin === first.value.url.origin, ends, sinkOf)
      const next = answer.ok && follows ? redirectOf(answer.value) : null
      if (next === null) return answer
      if (left === 0) return failed('server.protocol', { host: place.host, port: place.port, detail: 'too many redirects' })
      const there = allowed(next, place.url.protocol === 'http:')
      if (!there.ok) return there
      place = there.value
    }
  }

  return {
    ask,
    close() {
      closing.abort()
      links.close()
      shared.destroy()
    },
  }
}

/** One question, one answer, no connection kept. */
export async function requestHttps(options: HttpsOptions, request: HttpsRequest): Promise<Outcome<HttpsAnswer>> {
  const client = openHttps(options)
  const answer = await client.ask(request)
  client.close()
  return answer
}

/** https:, without user name and password in it; http: to this machine where that is allowed. */
function allowed(text: string, inClear: boolean): Outcome<Place> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.username !== '' || url.password !== '' || !/^https?:$/.test(url.protocol)) return failed('input.invalid', { detail: 'not a web address' })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  if (url.protocol === 'http:' && !(inClear && isThisMachine(host))) return failed('signin.clear-text-refused', { host, port })
  return done({ url, host, port })
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function isHarmless({ method = 'GET', beforeSending }: HttpsRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && beforeSending === undefined
}

/** RFC 9110 section 15.4. null = none, or none that can be followed. */
function redirectOf({ status, headers, url }: HttpsHead): string | null {
  const location = headers.get('location')
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null
  return URL.canParse(location, url) ? new URL(location, url).href : null
}
