/** What is known about a server's certificate, and what its problem is called. */
import type { X509Certificate } from 'node:crypto'
import type { CertificateFacts, FailureCode } from '../../../shared/failures/failure.ts'

export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase()
}

/** Everything in a certificate is the server's word: bounded, one line each. */
export function certificateFacts(certificate: X509Certificate, trustedBefore: string | null, verifies: boolean): CertificateFacts {
  const names = (certificate.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''))
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: names.filter((name) => name !== '').slice(0, 50).map(oneLine),
    validFrom: isoDate(certificate.validFrom),
    validTo: isoDate(certificate.validTo),
    fingerprint: fingerprintOf(certificate),
    trustedBefore,
    verifies,
  }
}

/** The names are OpenSSL's X509_V_ERR_* and Node's, as TLSSocket.authorizationError gives them. */
export function certificateProblem(code: string): FailureCode {
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return 'tls.wrong-name'
    // "Not yet valid" is nearly always this machine's clock; the dates are in the facts.
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'tls.expired-certificate'
    case 'CERT_REVOKED':
      return 'tls.revoked-certificate'
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'tls.self-signed-certificate'
    default:
      return 'tls.untrusted-certificate'
  }
}

function isoDate(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? text.slice(0, 40) : new Date(time).toISOString()
}

function oneLine(text: string): string {
  return text.replace(/\n/g, ', ').replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300)
}
