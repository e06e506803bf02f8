/**
 * TLS over an open connection (RFC 8314, RFC 3207, RFC 2595): at least version 1.2, and a certificate that verifies for the
 * target's name, or is exactly the one the user trusts for this server. Where the user trusts one, any other is an alarm, also
 * one that verifies: somebody who can get a certificate for the name could be in between. One that is known to be withdrawn is never
 * taken. Nothing is written before that is certain.
 */
import type { X509Certificate } from 'node:crypto'
import type net from 'node:net'
import { isIP } from 'node:net'
import tls from 'node:tls'
import { domainToASCII } from 'node:url'
import { done, failure, refused } from '../../../shared/failures/failure.ts'
import type { Failure, Outcome } from '../../../shared/failures/failure.ts'
import { certificateFacts, certificateProblem, type CertificateProblem, chainOf, fingerprintOf } from './certificate.ts'
import { trustedContext, withdrawnCertificates } from './certificate-authorities.ts'
import { withinLimits } from './limits.ts'
import { isWithdrawnByStaple, withdrawnIn } from './revocation.ts'
import type { ServerTarget, StepWatcher } from './server-target.ts'
import { isGoodByStaple, needsStaple } from './staple.ts'

/** The socket belongs to this call: it is destroyed when the answer is not ok. The caller says that the step began. */
export async function secure(socket: net.Socket, target: ServerTarget, watcher?: StepWatcher): Promise<Outcome<tls.TLSSocket>> {
  const secured = tls.connect({
    socket,
    host: target.host,
    ...(isIP(target.host) === 0 && { servername: domainToASCII(target.host) || target.host }),
    secureContext: trustedContext(),
    minVersion: 'TLSv1.2',
    // Judged below, where the certificate can be shown and compared; the handshake alone sends nothing of ours.
    rejectUnauthorized: false,
    checkServerIdentity: isFor,
    requestOCSP: true,
    ...(target.protocols && { ALPNProtocols: [...target.protocols] }),
  })
  let staple: Buffer | null = null
  secured.once('OCSPResponse', (answer: Buffer | null) => (staple = answer))
  const shaken = await withinLimits(target, handshake(secured))
  const problem = shaken.ok ? judge(secured, target, staple) : ofHandshake(shaken.failure)
  if (problem !== null) {
    secured.destroy()
    socket.destroy()
    return refused(problem)
  }
  watcher?.ended('secure', `${secured.getProtocol() ?? 'TLS'} ${secured.getCipher().standardName}`)
  return done(secured)
}

/** RFC 9525 section 2: only the names a certificate lists count. Node would go by the subject's common name where there are none, which may be anybody's. */
function isFor(host: string, certificate: tls.PeerCertificate): Error | undefined {
  return tls.checkServerIdentity(host, { ...certificate, subject: { ...certificate.subject, CN: '' } })
}

function handshake(secured: tls.TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    // Stays for good: an error that comes while nobody listens would end the program.
    secured.on('error', reject)
    secured.once('close', () => reject(new Error('closed during the handshake')))
    secured.once('secureConnect', resolve)
  })
}

/** A connection that ends while TLS is being agreed on is a failed handshake: most often the port does not speak TLS. */
function ofHandshake(reason: Failure): Failure {
  return reason.code === 'connect.lost' ? failure('tls.handshake-failed', reason.evidence) : reason
}

function judge(secured: tls.TLSSocket, target: ServerTarget, staple: Buffer | null): Failure | null {
  const trusted = target.trustedCertificate
  const evidence = where(target)
  const certificate = secured.getPeerX509Certificate()
  if (certificate === undefined) return failure('tls.handshake-failed', { ...evidence, detail: 'no certificate' })
  const refusal = isWithdrawn(certificate, staple) ?? (trusted === null && secured.authorized ? lacksStaple(certificate, staple) : null)
  if (refusal === null && (trusted === null ? secured.authorized : trusted === fingerprintOf(certificate))) return null
  const error = String(secured.authorizationError)
  const problem: CertificateProblem = refusal ?? (trusted === null ? certificateProblem(error, chainOf(certificate), new Date()) : { code: 'tls.changed-certificate', of: null })
  const facts = certificateFacts(certificate, problem.of, trusted, secured.authorized && refusal === null)
  return failure(problem.code, { ...evidence, certificate: facts, ...(!secured.authorized && { detail: error.slice(0, 300) }) })
}

/** Known to be withdrawn, it is of no use even to those who trusted it. */
function isWithdrawn(certificate: X509Certificate, staple: Buffer | null): CertificateProblem | null {
  if (staple !== null && isWithdrawnByStaple(staple, certificate)) return { code: 'tls.revoked-certificate', of: null }
  const listed = withdrawnIn(chainOf(certificate), withdrawnCertificates())
  return listed === null ? null : { code: 'tls.revoked-certificate', of: listed === certificate ? null : listed }
}

/** RFC 7633 section 4.2.3.1: who stole the key of such a certificate can't use it once it was withdrawn, as he gets no word that it is good. */
function lacksStaple(certificate: X509Certificate, staple: Buffer | null): CertificateProblem | null {
  const issuer = chainOf(certificate)[1]
  if (!needsStaple(certificate) || (staple !== null && issuer !== undefined && isGoodByStaple(staple, certificate, issuer, new Date()))) return null
  return { code: 'tls.status-missing', of: null }
}

const where = (target: ServerTarget) => ({ host: target.host, port: target.port })
