/** IMAP's NO, BAD and BYE, and imapflow's errors, as failures: the only place that reads them. */
import { failure } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, FailureCode } from '../../../shared/failures/failure.ts'
import { connectionFailure } from '../net/connection-failure.ts'
import { serverWords } from '../net/server-words.ts'
import { phraseCode } from '../sasl/refusal-phrases.ts'

export type Asked = 'sign-in' | 'command' | 'message'

/** `text` is what follows NO, BAD or BYE. */
export function imapFailure(text: string, asked: Asked, evidence: Evidence, secret?: string): Failure {
  const code = /^\[([A-Z\d-]{1,40})(?: [^\]]*)?\]/i.exec(text)?.[1]?.toUpperCase() ?? ''
  const phrase = asked === 'sign-in' ? phraseCode(text) : null
  return failure(phrase ?? byResponseCode(code, asked) ?? fallback(asked), { ...evidence, serverWords: serverWords(text, secret) })
}

/** RFC 5530, RFC 9051 section 7.1, RFC 9208 (OVERQUOTA). */
function byResponseCode(code: string, asked: Asked): FailureCode | null {
  switch (code) {
    case 'AUTHENTICATIONFAILED':
    case 'AUTHORIZATIONFAILED':
    case 'EXPIRED':
      return 'signin.rejected'
    case 'CONTACTADMIN':
      return 'signin.locked'
    case 'PRIVACYREQUIRED':
      return 'signin.clear-text-refused'
    case 'UNAVAILABLE':
      return asked === 'sign-in' ? 'signin.unavailable' : 'server.unavailable'
    case 'INUSE':
      return 'mailbox.in-use'
    case 'LIMIT':
      return 'connect.too-many'
    case 'THROTTLED':
      return 'policy.too-fast'
    case 'OVERQUOTA':
      return 'quota.exceeded'
    case 'NONEXISTENT':
    case 'TRYCREATE':
      return 'mailbox.missing'
    case 'EXPUNGEISSUED':
      return 'message.gone'
    default:
      return null
  }
}

function fallback(asked: Asked): FailureCode {
  switch (asked) {
    case 'sign-in':
      return 'signin.rejected'
    case 'message':
      return 'message.gone'
    case 'command':
      return 'server.refused'
  }
}

const libraryCodes: Readonly<Record<string, FailureCode>> = {
  NoConnection: 'connect.lost',
  EConnectionClosed: 'connect.lost',
  StateLogout: 'connect.lost',
  ETIMEOUT: 'connect.timeout',
  ETHROTTLE: 'policy.too-fast',
  LineTooLarge: 'server.answer-too-long',
  LiteralTooLarge: 'server.answer-too-long',
  ResponseTooLarge: 'server.answer-too-long',
  MAX_IMAP_NESTING_REACHED: 'server.answer-too-long',
  UnexpectedTag: 'server.protocol',
  InvalidResponse: 'server.protocol',
  ResponseProcessingFailed: 'server.protocol',
}

export function imapflowFailure(error: unknown, asked: Asked, evidence: Evidence): Failure {
  if (!(error instanceof Error)) return failure('server.protocol', { ...evidence, detail: String(error).slice(0, 300) })
  const { code, status, text } = facts(error)
  if (libraryCodes[code] !== undefined) return failure(libraryCodes[code], { ...evidence, ...(text !== '' && { serverWords: serverWords(text) }), detail: error.message.slice(0, 300) })
  if (status === 'NO' || status === 'BAD') return imapFailure(text, asked, evidence)
  if (code.startsWith('ParserError')) return failure('server.protocol', { ...evidence, detail: error.message.slice(0, 300) })
  return connectionFailure(error, evidence)
}

/** The server said no; the connection is fine. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && facts(error).status === 'NO'
}

/** imapflow hangs what the server answered onto its errors: as text once it has looked at it, parsed before that. */
function facts(error: Error): { readonly code: string; readonly status: string; readonly text: string } {
  const of = (name: string): unknown => Reflect.get(error, name)
  const code = of('serverResponseCode') ?? sectionCode(of('response'))
  const words = [of('responseText'), of('response'), of('reason')].find((text) => typeof text === 'string') ?? ''
  return {
    code: typeof of('code') === 'string' ? String(of('code')) : '',
    status: typeof of('responseStatus') === 'string' ? String(of('responseStatus')) : '',
    text: typeof code === 'string' && !words.startsWith('[') ? `[${code}] ${words}` : words,
  }
}

function sectionCode(response: unknown): string | undefined {
  const attributes: unknown = response !== null && typeof response === 'object' ? Reflect.get(response, 'attributes') : undefined
  const first: unknown = Array.isArray(attributes) ? attributes[0]?.section?.[0]?.value : undefined
  return typeof first === 'string' ? first : undefined
}
