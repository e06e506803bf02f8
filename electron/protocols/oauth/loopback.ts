/**
 * Where the browser comes back to (RFC 8252 section 7.3): an address of this machine that only this machine can reach, on a port nobody knew
 * before, for one answer, and only for one that carries the state of this very sign-in.
 *
 * Whatever else knocks is told nothing and ends nothing: other programs and web pages can reach the port too, and must neither slip in an
 * answer nor be able to call the sign-in off. The program's answer is the page the person sees, so it is held until the outcome is known.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { timingSafeEqual } from 'node:crypto'
import { done, refused, type Outcome } from '../../../shared/failures/failure.ts'
import { connectionFailure } from '../net/connection-failure.ts'

export interface PageWords {
  readonly language: string
  readonly title: string
  readonly text: string
}

export interface LoopbackPages {
  readonly outcome: (went: 'well' | 'badly') => PageWords
  /** For a visit that belongs to no sign-in. */
  readonly stranger: PageWords
}

export interface Loopback {
  readonly redirectUri: string
  /** The address the browser came back to; pending until it does. */
  readonly arrived: Promise<URL>
  /** Shows the person how it went. */
  answer(went: 'well' | 'badly'): void
  close(): void
}

export const callbackPath = '/callback'

/** `name` is how the provider knows this machine; it is reached under 127.0.0.1 either way. */
export async function listenOnLoopback(name: '127.0.0.1' | 'localhost', state: string, pages: LoopbackPages): Promise<Outcome<Loopback>> {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<URL>()
  let browser: ServerResponse | null = null
  let taken = false

  const server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 10_000 }, (request, response) => {
    const { port } = server.address() as AddressInfo
    const callback = callbackIn(request, `${name}:${port}`, state)
    if (callback === null || taken) return show(response, callback === null ? 404 : 409, pages.stranger)
    taken = true
    browser = response
    arrive(callback)
  })
  server.maxConnections = 20
  // A request that is none (RFC 9112 section 3) gets no answer.
  server.on('clientError', (_error, socket) => socket.destroy())

  const { promise, resolve } = Promise.withResolvers<Outcome<void>>()
  server.once('error', (error) => resolve(refused(connectionFailure(error, { host: '127.0.0.1' }))))
  server.listen(0, '127.0.0.1', () => resolve(done(undefined)))
  const listening = await promise
  if (!listening.ok) return listening

  const { port } = server.address() as AddressInfo
  return done({
    redirectUri: `http://${name}:${port}${callbackPath}`,
    arrived,
    answer(went) {
      if (browser !== null) show(browser, 200, pages.outcome(went))
      browser = null
    },
    close() {
      if (browser !== null) show(browser, 200, pages.outcome('badly'))
      server.close()
      // What is being answered is answered; who only holds a connection open is sent away.
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 500).unref()
    },
  })
}

/** null = not the browser's coming back: another path, method or host (a page that had its own name point here), or not this sign-in's state. */
function callbackIn({ method, url = '', headers }: IncomingMessage, host: string, state: string): URL | null {
  if (method !== 'GET' || headers.host !== host || url.length > 8192 || !URL.canParse(url, `http://${host}`)) return null
  const callback = new URL(url, `http://${host}`)
  if (callback.origin !== `http://${host}` || callback.pathname !== callbackPath) return null
  // Twice the same parameter: which one counts would be anybody's guess (RFC 6749 section 3.1).
  const names = [...callback.searchParams.keys()]
  if (new Set(names).size !== names.length) return null
  const given = callback.searchParams.get('state') ?? ''
  return sameText(given, state) && (callback.searchParams.has('code') || callback.searchParams.has('error')) ? callback : null
}

function sameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Nothing on it comes from the request, and nothing is loaded. The address with the code goes nowhere (`no-referrer`, `no-store`). */
function show(response: ServerResponse, status: number, { language, title, text }: PageWords): void {
  const page = `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width"><style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto 0;padding:0 1.5rem}h1{font-size:1.6rem}</style>
</head><body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main></body></html>`
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(page), connection: 'close', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", 'x-content-type-options': 'nosniff',
  })
  response.end(page)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
