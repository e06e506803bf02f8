/**
 * Connections that carry many requests at a time (HTTP/2, RFC 9113), to servers that agree to it in TLS (RFC 7301), dialled
 * and trusted like every other connection; one that ended, or that nobody used for a while, is dialled anew. A server that does not agree is asked over
 * HTTP/1.1, on the connection that was opened to find that out.
 *
 * No push, no other origin than the one that was asked for, and bounded: the head of an answer, what waits unread of each, and what the library
 * itself holds. What floods a connection with anything else ends it.
 */
import http2 from 'node:http2'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { done, type Outcome } from '../../../shared/failures/failure.ts'
import { dial } from './dial.ts'
import { keptFor } from './https-agent.ts'
import { type Begun, mostHeadBytes, type Place, type Told } from './https-exchange.ts'
import type { HttpsRequest } from './https-request.ts'
import type { ServerTarget, StepWatcher } from './server-target.ts'

/** Of one answer that nobody reads, bytes; and of all of them. */
const windowOfOne = 256 * 1024
const windowOfAll = 8 * 1024 * 1024
/** So many connections to one server at most; the next one is opened when there are so many requests for each of those before it. */
const mostLinks = 4
const requestsEach = 6
/** Megabytes the library may hold for one connection. */
const mostMemory = 32

export interface Http2LinksOptions {
  readonly target: (host: string, port: number) => ServerTarget
  /** Takes a connection over which HTTP/1.1 is spoken. */
  readonly spare: (place: Place, socket: Duplex) => void
  readonly watcher?: StepWatcher
}

export interface Http2Links {
  /** null = the server speaks HTTP/1.1. */
  to(place: Place): Promise<Outcome<Http2Link | null>>
  close(): void
}

class Http2Link {
  readonly #session: http2.ClientHttp2Session
  #open = 0
  #asked = 0
  #quietSince = performance.now()

  constructor(socket: TLSSocket, origin: string, gone: () => void) {
    this.#session = http2.connect(origin, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: windowOfOne, maxHeaderListSize: mostHeadBytes },
      maxSessionMemory: mostMemory,
    })
    // Stays for good: an error that comes while nobody listens would end the program. Each request hears of it by itself.
    this.#session.on('error', () => {})
    this.#session.once('close', gone)
    this.#session.once('connect', () => this.#session.setLocalWindowSize(windowOfAll))
  }

  /** Requests under way. */
  get open(): number {
    return this.#open
  }

  get isUsable(): boolean {
    return !this.#session.closed && !this.#session.destroyed && (this.#open > 0 || performance.now() - this.#quietSince < keptFor)
  }

  begin(place: Place, { method = 'GET', body }: HttpsRequest, fields: Readonly<Record<string, string>>, told: Told): Begun {
    const reused = this.#asked > 0
    this.#asked += 1
    this.#open += 1
    const names = { ':method': method, ':scheme': 'https', ':authority': place.url.host, ':path': `${place.url.pathname}${place.url.search}` }
    const stream = this.#session.request({ ...names, ...fields }, { endStream: body === undefined })
    stream.on('response', ({ ':status': status, ...headers }) => {
      const values = Object.entries(headers).flatMap(([name, value]) => (value === undefined || typeof name === 'symbol' ? [] : [[name, Array.isArray(value) ? value.join(', ') : String(value)] as const]))
      told.opened({ status: status ?? 0, headers: new Map(values) }, stream)
    })
    stream.on('headers', told.interim)
    stream.on('error', told.ended)
    stream.on('close', () => {
      this.#open -= 1
      this.#quietSince = performance.now()
      told.ended(new Error('closed'))
    })
    told.connected()
    // A stream that its server gave up, or that went down with its connection, ends in Node like one that is whole.
    const endedAs = () => stream.rstCode ?? http2.constants.NGHTTP2_NO_ERROR
    return { stream, reused: () => reused, isCutOff: () => endedAs() !== http2.constants.NGHTTP2_NO_ERROR, isUntouched: () => endedAs() === http2.constants.NGHTTP2_REFUSED_STREAM }
  }

  /** What is under way on it goes on: a server may want no more requests and still answer those it has (RFC 9113 section 6.8). */
  retire(): void {
    if (this.#open === 0) this.end()
  }

  end(): void {
    this.#session.destroy()
  }
}

export function createHttp2Links({ target, spare, watcher }: Http2LinksOptions): Http2Links {
  const links = new Map<string, Promise<Outcome<Http2Link | null>>>()
  const up = new Set<Http2Link>()
  let most = mostLinks
  let turn = 0

  async function connect(place: Place): Promise<Outcome<Http2Link | null>> {
    const socket = await dial({ ...target(place.host, place.port), protocols: ['h2', 'http/1.1'] }, watcher)
    if (!socket.ok) return socket
    const secured = socket.value as TLSSocket
    if (secured.alpnProtocol === 'h2') {
      const link: Http2Link = new Http2Link(secured, place.url.origin, () => up.delete(link))
      up.add(link)
      return done(link)
    }
    spare(place, secured)
    return done(null)
  }

  /** In turn, over as many as there is work for. */
  function nextSlot(): number {
    const underWay = [...up].reduce((sum, { open }) => sum + open, 0)
    turn += 1
    return turn % Math.min(most, 1 + Math.floor(underWay / requestsEach))
  }

  return {
    async to(place) {
      for (;;) {
        const slot = nextSlot()
        const key = `${place.url.origin} ${slot}`
        const link = links.get(key) ?? connect(place)
        links.set(key, link)
        const outcome = await link
        if (outcome.ok && (outcome.value === null || outcome.value.isUsable)) return outcome
        // Whoever comes first puts it away; the others find the new one.
        if (links.get(key) === link) links.delete(key)
        if (!outcome.ok && slot === 0) return outcome
        // A server that wants no more of them is left with those it has.
        if (!outcome.ok) most = Math.min(most, slot)
        else outcome.value?.retire()
      }
    },
    close() {
      for (const link of up) link.end()
      for (const link of links.values()) void link.then((outcome) => outcome.ok && outcome.value?.end())
      links.clear()
    },
  }
}
