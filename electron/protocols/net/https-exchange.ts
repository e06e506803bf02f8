/** One request and its one answer, over HTTP/1.1 (RFC 9112) or HTTP/2 (RFC 9113): every wait ends, every answer is bounded, and what was not asked for is refused. */
import type { Readable, Writable } from 'node:stream'
import { done, failure, refused, type Evidence, type Failure, type Outcome } from '../../../shared/failures/failure.ts'
import { connectionFailure } from './connection-failure.ts'
import { ConnectionRefused } from './connection-refused.ts'
import type { HttpsAnswer, HttpsHead, HttpsRequest, SinkOf } from './https-request.ts'
import type { MessageSink } from './server-target.ts'

/** An answer's head takes this many bytes at most. */
export const mostHeadBytes = 32 * 1024
/** An answer of which less than this comes in the time the server has for each wait, bytes, is none: it would never end. */
const leastProgress = 1024
/** Of the answers before the answer (RFC 9110 section 15.2). */
const mostInterim = 20

/** What was to be sent could not be read, or was not what was announced; thrown, as it is nothing a server did. */
export class BodyUnreadable extends Error {
  constructor(options?: ErrorOptions) {
    super('the body of a request could not be read', options)
  }
}

export interface Ends {
  readonly cancelled: AbortSignal
  readonly over: AbortSignal | null
  /** Every single wait, seconds. */
  readonly seconds: number
}

export interface Exchanged {
  readonly outcome: Outcome<HttpsAnswer>
  /** Worth another try: `harmless` = of a request that may be made twice, as the kept connection had ended meanwhile; `any` = the server said that it did nothing. */
  readonly again: 'no' | 'harmless' | 'any'
}

export interface Place {
  readonly url: URL
  readonly host: string
  readonly port: number
}

/** What is told of a request that is under way. */
export interface Told {
  /** It has a connection. */
  connected(): void
  opened(head: Omit<HttpsHead, 'url'>, body: Readable): void
  /** An answer before the answer (RFC 9110 section 15.2). */
  interim(): void
  /** The server wants to speak something else. */
  upgraded(): void
  /** For whatever reason, also when all is well. */
  ended(error: Error): void
}

export interface Begun {
  /** The body of the request is written to it; destroyed, everything ends. */
  readonly stream: Writable
  /** On a connection that was kept from before, which may have ended meanwhile. */
  readonly reused: () => boolean
  /** What came of the answer ended like one that is whole, and is not. */
  readonly isCutOff: () => boolean
  /** The server said that it did nothing with it (RFC 9113 section 8.7). */
  readonly isUntouched: () => boolean
}

export type Begin = (place: Place, request: HttpsRequest, fields: Readonly<Record<string, string>>, told: Told) => Begun

export async function exchange(begin: Begin, place: Place, request: HttpsRequest, fields: Readonly<Record<string, string>>, ends: Ends, sinkOf: SinkOf): Promise<Exchanged> {
  const evidence = { host: place.host, port: place.port }
  const watch = watchOver((told) => begin(place, request, { ...fields, 'accept-encoding': 'identity', ...lengthOf(request.body) }, told), evidence, request, ends)
  try {
    const { body: answer, ...facts } = await watch.or(Promise.race([watch.opened, write(watch.sent, request.body, watch).then(() => watch.opened)]))
    const head: HttpsHead = { ...facts, url: place.url.href }
    // It was not asked for, and a small answer could become a very large one.
    if ((head.headers.get('content-encoding') ?? 'identity').toLowerCase() !== 'identity') watch.end(failure('server.protocol', { ...evidence, detail: 'compressed' }))
    const body = await watch.or(readBody(answer, request, head, await watch.or(Promise.resolve(sinkOf(head))), watch))
    if (body === null) watch.end(failure('server.answer-too-long', evidence))
    return { outcome: body === null ? refused(failure('server.answer-too-long', evidence)) : done({ ...head, body }), again: 'no' }
  } catch (error) {
    const reason = watch.reason() ?? reasonOf(error, evidence)
    // What a sink or a body of ours threw is a bug, or its caller's own way to end this.
    if (reason === null) throw error
    return { outcome: refused(reason), again: watch.reason() !== null || watch.answered() ? 'no' : watch.isUntouched() ? 'any' : watch.reused() ? 'harmless' : 'no' }
  } finally {
    watch.over()
  }
}

type Watch = ReturnType<typeof watchOver>

/** Everything that can end an exchange before its time. */
function watchOver(begin: (told: Told) => Begun, evidence: Evidence, request: HttpsRequest, { cancelled, over, seconds }: Ends) {
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => {})
  const opened = Promise.withResolvers<Omit<HttpsHead, 'url'> & { readonly body: Readable }>()
  opened.promise.catch(() => {})
  let reason: Failure | null = null
  let answered = false
  let whole = false
  let interim = 0
  let isConnected = false
  let timer: NodeJS.Timeout | undefined
  const waitFor = (most: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => end(failure('connect.timeout', { ...evidence, seconds: most })), most * 1000)
  }
  const { stream: sent, reused, isCutOff, isUntouched } = begin({
    connected() {
      isConnected = true
      waitFor(seconds)
    },
    opened(head, body) {
      answered = true
      // Stays for good: an error that comes while nobody listens would end the program.
      body.on('error', () => {})
      opened.resolve({ ...head, body })
    },
    interim() {
      interim += 1
      if (interim > mostInterim) end(failure('server.protocol', { ...evidence, detail: 'interim answers' }))
    },
    // Nobody asked to speak another protocol.
    upgraded: () => end(failure('server.protocol', { ...evidence, detail: 'upgrade' })),
    ended: opened.reject,
  })
  const end = (why: Failure) => {
    reason ??= why
    ended.reject(new ConnectionRefused(reason))
    sent.destroy()
  }
  const cancel = () => end(failure('job.cancelled', evidence))
  const runOut = () => end(failure('connect.timeout', { ...evidence, ...(request.withinSeconds !== undefined && { seconds: request.withinSeconds }) }))
  cancelled.addEventListener('abort', cancel)
  over?.addEventListener('abort', runOut)
  if (cancelled.aborted) cancel()
  else if (over?.aborted) runOut()

  return {
    sent,
    reused,
    isCutOff,
    isUntouched,
    opened: opened.promise,
    end,
    reason: () => reason,
    answered: () => answered,
    waitFor: (most = seconds) => waitFor(most),
    /** Until there is a connection, its own waits are limited. */
    waitForTaken: () => isConnected && waitFor(seconds),
    waitForMore: () => waitFor(request.silentFor ?? seconds),
    isPatient: request.silentFor !== undefined,
    rest: () => clearTimeout(timer),
    or: <T>(work: Promise<T>): Promise<T> => Promise.race([work, ended.promise]),
    readWhole: () => void (whole = true),
    over() {
      clearTimeout(timer)
      cancelled.removeEventListener('abort', cancel)
      over?.removeEventListener('abort', runOut)
      if (!whole || !sent.writableFinished) sent.destroy()
    },
  }
}

async function write(sent: Writable, body: HttpsRequest['body'], watch: Watch): Promise<void> {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return void sent.end(body)
  const pieces = body.pieces()[Symbol.asyncIterator]()
  for (let size = 0; ; ) {
    const piece = await pieces.next().catch((error: unknown) => Promise.reject(new BodyUnreadable({ cause: error })))
    size += piece.done === true ? 0 : piece.value.length
    // One that is longer or shorter than announced would be taken for part of another request, or waited for.
    if (size > body.size || (piece.done === true && size < body.size)) throw new BodyUnreadable()
    if (piece.done === true) break
    if (sent.destroyed) return
    if (!sent.write(piece.value)) await watch.or(new Promise<void>((resolve) => void sent.once('drain', resolve).once('close', resolve)))
    watch.waitForTaken()
  }
  sent.end()
}

/** null = longer than allowed. Without a sink it is collected. */
async function readBody(response: Readable, { method, mostBytes }: HttpsRequest, { headers }: HttpsHead, sink: MessageSink | null, watch: Watch): Promise<Buffer | null> {
  const pieces: Buffer[] = []
  let total = 0
  let progress = 0
  watch.waitForMore()
  for await (const piece of response as AsyncIterable<Buffer>) {
    total += piece.length
    if (total > mostBytes) return null
    progress += piece.length
    if (progress >= leastProgress || watch.isPatient) {
      progress = 0
      watch.waitForMore()
    }
    if (sink === null) {
      pieces.push(piece)
      continue
    }
    const taken = sink.write(piece)
    if (taken === undefined) continue
    watch.rest()
    await taken
    watch.waitForMore()
  }
  if (watch.isCutOff()) throw new Error('aborted')
  if (method !== 'HEAD' && total < Number(headers.get('content-length') ?? 0)) throw new Error('aborted')
  watch.readWhole()
  return Buffer.concat(pieces)
}

function lengthOf(body: HttpsRequest['body']): Readonly<Record<string, string>> {
  if (body === undefined) return {}
  return { 'content-length': String(typeof body === 'string' ? Buffer.byteLength(body) : body instanceof Uint8Array ? body.length : body.size) }
}

/** null = no failure of a connection. */
function reasonOf(error: unknown, evidence: Evidence): Failure | null {
  if (error instanceof ConnectionRefused) return error.reason
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'HPE_HEADER_OVERFLOW') return failure('server.answer-too-long', { ...evidence, detail: code })
  if (code.startsWith('HPE_')) return failure('server.protocol', { ...evidence, detail: code })
  return code !== '' || error.message === 'closed' || error.message === 'aborted' ? connectionFailure(error, evidence) : null
}
