/**
 * Calls of a JMAP server (RFC 8620 section 3): several in one request, answers told apart by the name each call was given, within the limits
 * the session announced. Files are brought as they come (section 6). Once a request came to nothing the client is of no more use.
 */
import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { done, failed, refused, type Evidence, type Outcome } from '../../../shared/failures/failure.ts'
import type { MessageSink } from '../net/server-target.ts'
import { BodyUnreadable } from '../net/https-exchange.ts'
import type { HttpsAnswer, HttpsRequest, SinkOf } from '../net/https-request.ts'
import type { AuthorizedRequests } from './authorized-requests.ts'
import { errorSchema, httpFailure, methodFailure } from './jmap-failure.ts'
import { coreCapability, expand, idSchema, mailCapability, parseJson, type SessionResource, submissionCapability } from './session-resource.ts'

/** Of an answer to calls, bytes: a thousand messages are told in some 400 kB. */
const mostAnswerBytes = 16 * 1024 * 1024

export interface Call {
  readonly method: string
  readonly with: Readonly<Record<string, unknown>>
  /** What its answer is asked for by. */
  readonly as: string
}

const responseSchema = z.object({ methodResponses: z.array(z.tuple([z.string(), z.unknown(), z.string()])).max(10_000) })

/** null is an answer too: to `method` of call `as`, if it was carried out at all. */
export interface Answers {
  read<T>(as: string, method: string, schema: z.ZodType<T>): Outcome<T>
  /** The type of the error a call was answered with; null = none. */
  errorOf(as: string): string | null
}

export interface JmapClient {
  readonly session: SessionResource
  readonly evidence: Evidence
  usable(): boolean
  call(calls: readonly Call[], options?: Pick<HttpsRequest, 'beforeSending'>): Promise<Outcome<Answers>>
  /** All of a blob, to the sink. `message.gone` = the server has it no more; after every other failure it is of no more use. */
  download(blobId: string, mostBytes: number, sink: MessageSink, signal: AbortSignal): Promise<Outcome<void>>
  /** Answers with the blob's name. */
  upload(file: string, size: number): Promise<Outcome<string>>
  /** A stream that lasts: of the server's news (section 7.3). */
  listen(url: string, bounds: Required<Pick<HttpsRequest, 'silentFor' | 'mostBytes'>>, sinkOf: SinkOf): Promise<Outcome<HttpsAnswer>>
  close(): void
}

export function createJmapClient(requests: AuthorizedRequests, session: SessionResource, evidence: Evidence): JmapClient {
  let usable = true
  const using = [coreCapability, mailCapability, ...(session.sends ? [submissionCapability] : [])]

  async function ask(request: HttpsRequest, sinkOf?: SinkOf): Promise<Outcome<HttpsAnswer>> {
    const answer = await requests.ask(request, sinkOf)
    if (!answer.ok) usable = false
    return answer
  }

  function unfit(answer: HttpsAnswer): Outcome<never> {
    usable = false
    return requests.refusal(httpFailure(answer, evidence))
  }

  return {
    session,
    evidence,
    usable: () => usable,
    async call(calls, options = {}) {
      const body = JSON.stringify({ using, methodCalls: calls.map(({ method, with: args, as }) => [method, { accountId: session.accountId, ...args }, as]) })
      if (calls.length > session.limits.callsInRequest || Buffer.byteLength(body) > session.limits.bytesInRequest) return failed('server.protocol', { ...evidence, detail: 'the server takes no request of this size' })
      const answer = await ask({ url: session.apiUrl, method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body, mostBytes: mostAnswerBytes, ...options })
      if (!answer.ok) return answer
      if (answer.value.status !== 200) return unfit(answer.value)
      const parsed = responseSchema.safeParse(parseJson(answer.value.body.toString('utf8')))
      return parsed.success ? done(answersIn(parsed.data.methodResponses, evidence)) : failed('server.protocol', { ...evidence, detail: 'not a JMAP answer' })
    },
    async download(blobId, mostBytes, sink, signal) {
      const url = expand(session.downloadUrl, { accountId: session.accountId, blobId, type: 'message/rfc822', name: 'message.eml' })
      const answer = await requests.ask({ url, headers: { accept: 'message/rfc822, */*' }, mostBytes, signal }, ({ status }) => (status === 200 ? sink : null))
      if (!answer.ok) {
        usable &&= signal.aborted
        return answer
      }
      if (answer.value.status === 200) return done(undefined)
      return answer.value.status === 404 || answer.value.status === 410 ? failed('message.gone', evidence) : unfit(answer.value)
    },
    async upload(file, size) {
      if (size > session.limits.bytesInUpload) return failed('message.too-large', evidence)
      const url = expand(session.uploadUrl, { accountId: session.accountId })
      const answer = await ask({ url, method: 'POST', headers: { 'content-type': 'message/rfc822' }, body: { size, pieces: () => createReadStream(file) }, mostBytes: 100_000 }).catch((error: unknown) => {
        if (error instanceof BodyUnreadable) return failed('mail.unreadable')
        throw error
      })
      if (!answer.ok) return answer
      if (answer.value.status !== 200 && answer.value.status !== 201) return unfit(answer.value)
      const parsed = z.object({ blobId: idSchema, size: z.number() }).safeParse(parseJson(answer.value.body.toString('utf8')))
      return parsed.success && parsed.data.size === size ? done(parsed.data.blobId) : failed('server.protocol', { ...evidence, detail: 'not an upload' })
    },
    listen: (url, bounds, sinkOf) => ask({ url, headers: { accept: 'text/event-stream' }, ...bounds }, sinkOf),
    close: () => requests.close(),
  }
}

function answersIn(responses: readonly (readonly [string, unknown, string])[], evidence: Evidence): Answers {
  const errorOf = (as: string) => {
    const error = responses.find(([name, , id]) => name === 'error' && id === as)
    return error === undefined ? null : (errorSchema.safeParse(error[1]).data ?? { type: '' })
  }
  return {
    errorOf: (as) => errorOf(as)?.type ?? null,
    read(as, method, schema) {
      const error = errorOf(as)
      const found = responses.find(([name, , id]) => name === method && id === as)
      if (found === undefined) return error === null ? failed('server.protocol', { ...evidence, detail: `no answer to ${method}` }) : refused(methodFailure(error, evidence))
      const parsed = schema.safeParse(found[1])
      return parsed.success ? done(parsed.data) : failed('server.protocol', { ...evidence, detail: `not an answer to ${method}` })
    },
  }
}
