import { expect, test } from 'vitest'
import { type CertificateFacts, failure } from '../../../shared/failures/failure.ts'
import { readableName } from '../../../shared/failures/readable-name.ts'
import { certificateLines } from '../../../shared/words/certificate.ts'

const dates = { validFrom: '2026-01-04T00:00:00.000Z', validTo: '2028-01-04T00:00:00.000Z' }
const certificate: CertificateFacts = {
  subject: 'CN=mail.example', issuer: 'C=NL, O=Acme, CN=Acme CA', names: ['mail.example'], ...dates, fingerprint: 'ab'.repeat(32), problemWith: null, trustedBefore: null, verifies: false,
  chain: [{ subject: 'C=NL, O=Acme, CN=Acme CA', issuer: 'O=Root Ltd', ...dates, fingerprint: 'cd'.repeat(32) }],
}

test('a terminal shows whose certificate it is, who vouches for it, its fingerprint and how to trust it', () => {
  expect(certificateLines(failure('tls.untrusted-certificate', { certificate }), 'en')).toEqual([
    'Issued to: mail.example, for mail.example; valid from Jan 4, 2026 to Jan 4, 2028', 'Issued by: Acme CA; valid from Jan 4, 2026 to Jan 4, 2028', 'Issued by: Root Ltd',
    `Fingerprint (SHA-256): ${'AB:'.repeat(31)}AB`, expect.stringContaining(`"trustedCertificate": "${'ab'.repeat(32)}"`),
  ])
  expect(certificateLines(failure('connect.refused'), 'nl')).toEqual([])
})

test('a withdrawn certificate gets no word on how to trust it, a changed one both fingerprints', () => {
  const lines = certificateLines(failure('tls.revoked-certificate', { certificate }), 'nl')
  expect(lines.join('\n')).not.toContain('trustedCertificate')
  expect(certificateLines(failure('tls.changed-certificate', { certificate: { ...certificate, trustedBefore: 'ef'.repeat(32) } }), 'nl').join('\n')).toContain(`Eerder vertrouwde vingerafdruk: ${'EF:'.repeat(31)}EF`)
})

test('who vouches for whom is named as people name them', () => {
  expect(['C=NL, O=Acme, CN=Acme CA', 'CN=mail.acme.example, O=Acme\\, Inc.', 'O=Root Ltd', 'C=NL', 'CN=Acme Root, O=Acme'].map(readableName)).toEqual(['Acme CA', 'mail.acme.example (Acme, Inc.)', 'Root Ltd', 'C=NL', 'Acme Root'])
})
