/** A server's certificate in a terminal, line by line, in every language: whose it is, who vouches for it, its fingerprint, and how to trust it. */
import type { CertificateFacts, Failure } from '../failures/failure.ts'
import { readableName } from '../failures/readable-name.ts'
import type { Language } from '../model/preferences.ts'

interface CertificateWords {
  issuedTo(name: string, names: string): string
  issuedBy(name: string): string
  readonly itself: string
  valid(from: string, to: string): string
  fingerprint(written: string): string
  trustedBefore(written: string): string
  trust(setting: string): string
}

const inWords: Readonly<Record<Language, CertificateWords>> = {
  en: {
    issuedTo: (name, names) => `Issued to: ${name}${names === '' ? '' : `, for ${names}`}`,
    issuedBy: (name) => `Issued by: ${name}`,
    itself: 'itself',
    valid: (from, to) => `valid from ${from} to ${to}`,
    fingerprint: (written) => `Fingerprint (SHA-256): ${written}`,
    trustedBefore: (written) => `Fingerprint trusted before: ${written}`,
    trust: (setting) => `To trust exactly this certificate, once you have compared its fingerprint, put this with the server in the account’s file (mailroom accounts change): ${setting}`,
  },
  nl: {
    issuedTo: (name, names) => `Uitgegeven aan: ${name}${names === '' ? '' : `, voor ${names}`}`,
    issuedBy: (name) => `Uitgegeven door: ${name}`,
    itself: 'zichzelf',
    valid: (from, to) => `geldig van ${from} tot ${to}`,
    fingerprint: (written) => `Vingerafdruk (SHA-256): ${written}`,
    trustedBefore: (written) => `Eerder vertrouwde vingerafdruk: ${written}`,
    trust: (setting) => `Om precies dit certificaat te vertrouwen, nadat u de vingerafdruk hebt vergeleken, zet u dit bij de server in het bestand van het account (mailroom accounts change): ${setting}`,
  },
}

/** None where the failure is about no certificate. */
export function certificateLines({ code, evidence: { certificate } }: Failure, language: Language): readonly string[] {
  if (certificate === undefined) return []
  const words = inWords[language]
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const day = (iso: string) => (Number.isNaN(Date.parse(iso)) ? iso : date.format(new Date(iso)))
  const validity = ({ validFrom, validTo }: Pick<CertificateFacts, 'validFrom' | 'validTo'>) => words.valid(day(validFrom), day(validTo))
  const last = certificate.chain.at(-1) ?? certificate
  return [
    words.issuedTo(readableName(certificate.subject), certificate.names.slice(0, 5).join(', ')) + `; ${validity(certificate)}`,
    ...certificate.chain.map((authority) => words.issuedBy(`${readableName(authority.subject)}; ${validity(authority)}`)),
    ...(last.issuer !== last.subject ? [words.issuedBy(readableName(last.issuer))] : certificate.chain.length === 0 ? [words.issuedBy(words.itself)] : []),
    words.fingerprint(written(certificate.fingerprint)),
    ...(certificate.trustedBefore === null ? [] : [words.trustedBefore(written(certificate.trustedBefore))]),
    // One that verifies needs no trust of anybody's, and one that was withdrawn gets none.
    ...(certificate.verifies || code === 'tls.revoked-certificate' ? [] : [words.trust(`"trustedCertificate": "${certificate.fingerprint}"`)]),
  ]
}

/** As people write fingerprints: groups of two, upper case, with colons. */
function written(fingerprint: string): string {
  return fingerprint.toUpperCase().match(/../g)?.join(':') ?? fingerprint
}
