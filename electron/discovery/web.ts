/** How the sources that ask web servers do it: HTTPS only, small answers, few redirects, and never a password. */
import { done, failed, refused, type Failure, type FailureCode, type Outcome } from '../../shared/failures/failure.ts'
import type { HttpsAnswer, HttpsClient, HttpsHead, HttpsRequest } from '../protocols/net/https-request.ts'
import { mostXmlBytes } from './read-xml.ts'

export type Web = Pick<HttpsClient, 'ask'>

const mostRedirects = 3

/** null = that server has nothing of the kind. Redirects are followed from https to https only. */
export async function fetchFrom(web: Web, request: Omit<HttpsRequest, 'mostBytes' | 'authorization'>): Promise<Outcome<HttpsAnswer | null>> {
  let head: HttpsHead | null = null
  const note = (one: HttpsHead) => {
    head = one
    return null
  }
  const answer = await web.ask({ ...request, mostBytes: mostXmlBytes, redirects: mostRedirects }, note)
  if (!answer.ok) return isAnswer(answer.failure) || (answer.failure.code === 'server.answer-too-long' && isPage(head)) ? done(null) : answer
  const { status } = answer.value
  const host = new URL(request.url).hostname
  if (status === 200) return answer
  return status >= 500 ? failed('server.unavailable', { host, replyCode: status }) : done(null)
}

/** Larger than any settings, and not even said to be some: what a web server shows for whatever it is asked. */
function isPage(head: HttpsHead | null): boolean {
  return head !== null && (head.status !== 200 || /^text\/html\b/i.test(head.headers.get('content-type') ?? ''))
}

/** There is no such host, or no web server on it: that says that there are no settings either. */
const absent: readonly FailureCode[] = ['dns.no-such-host', 'connect.refused']
export const isAnswer = ({ code }: Failure) => absent.includes(code)

/** The first that answers something; otherwise nothing, or, where none could be asked, why. The others are given up then. */
export async function firstOf<T>(signal: AbortSignal, questions: readonly ((signal: AbortSignal) => Promise<Outcome<T | null>>)[]): Promise<Outcome<T | null>> {
  const enough = new AbortController()
  const limited = AbortSignal.any([signal, enough.signal])
  let failure: Failure | null = null
  const found = await new Promise<T | null>((resolve, reject) => {
    const all = questions.map(async (question) => {
      const answer = await question(limited)
      if (!answer.ok) failure ??= answer.failure
      else if (answer.value !== null) resolve(answer.value)
    })
    void Promise.all(all).then(() => resolve(null), reject)
  }).finally(() => enough.abort())
  return found === null && failure !== null ? refused(failure) : done(found)
}
