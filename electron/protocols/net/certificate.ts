/** What is known about a server's certificate, and what its problem is called. */
import type { X509Certificate } from 'node:crypto'
import type { CertificateFacts, FailureCode } from '../../../shared/failures/failure.ts'
import { elementIn } from './der.ts'

/** Longer chains are not met. */
const longestChain = 10

export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase()
}

/** The server's own, then whoever vouches for it, as far as the server showed them. */
export function chainOf(certificate: X509Certificate): readonly X509Certificate[] {
  const chain = [certificate]
  for (let next = certificate.issuerCertificate; next !== undefined && chain.length < longestChain; next = next.issuerCertificate) {
    if (chain.some(({ fingerprint256 }) => fingerprint256 === next?.fingerprint256)) break
    chain.push(next)
  }
  return chain
}

/** Everything in a certificate is the server's word: bounded, one line each. `problemWith` null = with the server's own. */
export function certificateFacts(certificate: X509Certificate, problemWith: X509Certificate | null, trustedBefore: string | null, verifies: boolean): CertificateFacts {
  const names = (certificate.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''))
  return {
    ...identityFacts(certificate),
    names: names.filter((name) => name !== '').slice(0, 50).map(oneLine),
    chain: chainOf(certificate).slice(1).map(identityFacts),
    problemWith: problemWith === null ? null : oneLine(problemWith.subject),
    trustedBefore,
    verifies,
  }
}

function identityFacts(certificate: X509Certificate) {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: isoDate(certificate.validFrom),
    validTo: isoDate(certificate.validTo),
    fingerprint: fingerprintOf(certificate),
  }
}

export interface CertificateProblem {
  readonly code: FailureCode
  /** The one of the chain that the problem is with, where it is not the server's own. */
  readonly of: X509Certificate | null
}

/** `error`: OpenSSL's X509_V_ERR_* and Node's names, as TLSSocket.authorizationError gives them. */
export function certificateProblem(error: string, chain: readonly X509Certificate[], now: Date): CertificateProblem {
  const within = (code: FailureCode, isIt: (certificate: X509Certificate) => boolean): CertificateProblem => {
    const found = chain.findIndex(isIt)
    return { code, of: found > 0 ? (chain[found] ?? null) : null }
  }
  switch (error) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return { code: 'tls.wrong-name', of: null }
    case 'CERT_HAS_EXPIRED':
      return within('tls.expired-certificate', ({ validTo }) => Date.parse(validTo) < now.getTime())
    case 'CERT_NOT_YET_VALID':
      return within('tls.not-yet-valid-certificate', ({ validFrom }) => Date.parse(validFrom) > now.getTime())
    case 'CERT_REVOKED':
      return { code: 'tls.revoked-certificate', of: null }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return { code: 'tls.self-signed-certificate', of: null }
    // Node has no names for OpenSSL's "key too small" and "digest too weak".
    case 'UNSPECIFIED':
      return chain.some(isWeak) ? within('tls.weak-certificate', isWeak) : { code: 'tls.untrusted-certificate', of: null }
    default:
      return { code: 'tls.untrusted-certificate', of: null }
  }
}

/** RFC 9325 section 4.5: 2048 bits for RSA, 224 for curves, and nothing signed with MD5 or SHA-1. */
function isWeak({ publicKey, raw, subject, issuer }: X509Certificate): boolean {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {}
  if (modulusLength !== undefined && modulusLength < 2048) return true
  if (namedCurve !== undefined && /(?:^|\D)(?:112|113|128|131|160|163|191|192|193)(?:\D|$)/.test(namedCurve)) return true
  // A root is trusted for what it is, and not for having signed itself.
  return subject !== issuer && weakSignatures.has(elementIn(raw, [0, 1, 0])?.value.toString('hex') ?? '')
}

/** RSA and ECDSA and DSA with MD2, MD5 and SHA-1, by their object identifiers. */
const weakSignatures: ReadonlySet<string> = new Set(['2a864886f70d010102', '2a864886f70d010104', '2a864886f70d010105', '2a8648ce3d0401', '2a8648ce380403', '2b0e03021d'])

function isoDate(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? text.slice(0, 40) : new Date(time).toISOString()
}

function oneLine(text: string): string {
  return text.replace(/\n/g, ', ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300).toWellFormed()
}
