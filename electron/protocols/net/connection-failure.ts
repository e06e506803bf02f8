/** Node's socket, DNS and TLS errors as failures: the only place that knows their codes. */
import { failure } from '../../../shared/failures/failure.ts'
import type { Evidence, Failure, FailureCode } from '../../../shared/failures/failure.ts'

const codes: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'dns.no-such-host',
  ENODATA: 'dns.no-such-host',
  EAI_NODATA: 'dns.no-such-host',
  EAI_NONAME: 'dns.no-such-host',
  EAI_AGAIN: 'dns.unavailable',
  EAI_FAIL: 'dns.unavailable',
  EAI_SYSTEM: 'dns.unavailable',
  EAI_MEMORY: 'dns.unavailable',
  ECONNREFUSED: 'connect.refused',
  ENETUNREACH: 'connect.unreachable',
  EHOSTUNREACH: 'connect.unreachable',
  ENETDOWN: 'connect.unreachable',
  EHOSTDOWN: 'connect.unreachable',
  EADDRNOTAVAIL: 'connect.unreachable',
  EAFNOSUPPORT: 'connect.unreachable',
  // A firewall on this machine answers connect() like this.
  EACCES: 'connect.unreachable',
  EPERM: 'connect.unreachable',
  ETIMEDOUT: 'connect.timeout',
  ESOCKETTIMEDOUT: 'connect.timeout',
  EMFILE: 'connect.too-many',
  ENFILE: 'connect.too-many',
  EPROTO: 'tls.handshake-failed',
}

export function connectionFailure(error: unknown, evidence: Evidence): Failure {
  const { code, message, isLookUp } = facts(error)
  const tls = /^ERR_(SSL|TLS|OSSL)_/.test(code)
  // What can't be looked up at all, such as a name of 300 letters, is nobody's name.
  const otherwise = isLookUp ? 'dns.no-such-host' : tls ? 'tls.handshake-failed' : 'connect.lost'
  // Everything else a socket reports (ECONNRESET, EPIPE, ERR_STREAM_*) means that it is gone.
  return failure(codes[code] ?? otherwise, { ...evidence, detail: `${code} ${message}`.trim().slice(0, 300) })
}

/** Of several addresses tried: "refused" says more than "no route", which is what IPv6 answers on most machines without it. */
export function mostTelling(errors: readonly unknown[]): unknown {
  return errors.find((error) => facts(error).code === 'ECONNREFUSED') ?? errors.at(-1)
}

function facts(error: unknown): { readonly code: string; readonly message: string; readonly isLookUp: boolean } {
  if (!(error instanceof Error)) return { code: '', message: String(error), isLookUp: false }
  return { code: 'code' in error && typeof error.code === 'string' ? error.code : '', message: error.message, isLookUp: 'syscall' in error && error.syscall === 'getaddrinfo' }
}
