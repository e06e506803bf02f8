/** What goes wrong in JMAP as failures: HTTP statuses, problems of a request (RFC 8620 section 3.6.1), of a method (3.6.2) and of one object (5.3). The only place that reads them. */
import { z } from 'zod'
import { failure, type Evidence, type Failure, type FailureCode } from '../../../shared/failures/failure.ts'
import type { HttpsAnswer } from '../net/https-request.ts'
import { serverWords } from '../net/server-words.ts'
import { phraseCode } from '../sasl/refusal-phrases.ts'
import { parseJson } from './session-resource.ts'

/** RFC 7807. */
const problemSchema = z.object({ type: z.string().max(200).default(''), limit: z.string().max(100).optional(), detail: z.string().max(2000).optional(), title: z.string().max(2000).optional() })

/** Of an answer that is none of what was asked for. */
export function httpFailure({ status, body, headers }: HttpsAnswer, evidence: Evidence): Failure {
  const text = body.subarray(0, 4000).toString('utf8')
  const problem = problemSchema.safeParse(parseJson(text))
  const said = problem.success ? (problem.data.detail ?? problem.data.title ?? '') : /^text\/plain/i.test(headers.get('content-type') ?? '') ? text : ''
  const words = serverWords(said)
  const told: Evidence = { ...evidence, detail: `HTTP ${status}`, ...(words !== '' && { serverWords: words }) }
  const limit = problem.success && problem.data.type === 'urn:ietf:params:jmap:error:limit' ? (problem.data.limit ?? '') : null
  if (limit !== null) return failure(limit.startsWith('maxConcurrent') ? 'connect.too-many' : limit === 'maxSizeUpload' ? 'message.too-large' : 'server.refused', { ...told, detail: limit })
  if (status === 401 || status === 403) return failure(phraseCode(said) ?? (status === 401 ? 'signin.rejected' : 'policy.refused'), told)
  return failure(byStatus(status), told)
}

function byStatus(status: number): FailureCode {
  if (status === 413) return 'message.too-large'
  if (status === 429) return 'policy.too-fast'
  if (status === 507) return 'quota.exceeded'
  if (status >= 500) return 'server.unavailable'
  if (status >= 400 && status !== 404 && status !== 410) return 'server.refused'
  return 'server.protocol'
}

export const errorSchema = z.object({ type: z.string().max(100), description: z.string().max(4000).nullish() })
export type JmapError = z.infer<typeof errorSchema>

export function methodFailure({ type, description }: JmapError, evidence: Evidence): Failure {
  return failure(byMethodError(type), told(type, description, evidence))
}

function byMethodError(type: string): FailureCode {
  switch (type) {
    case 'serverUnavailable':
    case 'serverFail':
    case 'serverPartialFail':
      return 'server.unavailable'
    case 'forbidden':
    case 'accountReadOnly':
      return 'policy.refused'
    case 'accountNotFound':
    case 'accountNotSupportedByMethod':
      return 'mailbox.missing'
    case 'fromAccountNotFound':
      return 'mailbox.missing'
    default:
      return 'server.protocol'
  }
}

/** Of one object that could not be made, changed or taken away (RFC 8620 section 5.3, RFC 8621 sections 2.5, 4.6 and 7.5). */
export function setFailure({ type, description }: JmapError, evidence: Evidence): Failure {
  return failure(bySetError(type), told(type, description, evidence))
}

function bySetError(type: string): FailureCode {
  switch (type) {
    case 'overQuota':
    case 'maxQuotaReached':
      return 'quota.exceeded'
    case 'tooLarge':
      return 'message.too-large'
    case 'rateLimit':
      return 'policy.too-fast'
    case 'forbidden':
    case 'forbiddenToSend':
      return 'policy.refused'
    case 'forbiddenFrom':
    case 'forbiddenMailFrom':
      return 'policy.sender-refused'
    case 'mailboxHasChild':
    case 'mailboxHasEmail':
      return 'mailbox.not-empty'
    case 'notFound':
      return 'message.gone'
    default:
      return 'server.refused'
  }
}

function told(type: string, description: string | null | undefined, evidence: Evidence): Evidence {
  const words = serverWords(description ?? '')
  return { ...evidence, detail: type, ...(words !== '' && { serverWords: words }) }
}
