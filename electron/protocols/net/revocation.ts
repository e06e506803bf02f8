/**
 * Has whoever issued a certificate withdrawn it? Known from what the server itself brings along (a stapled OCSP answer, RFC 6066
 * section 8) and from lists that whoever runs this computer put there (RFC 5280 section 5). Nobody is asked over the network: that
 * would tell a third party whose mail is read here (docs/decisions/certificates.md).
 */
import type { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { elementIn, elementsIn, tag } from './der.ts'

/** RFC 6960 section 4.2.1: `good`, `revoked`, `unknown` are told apart by their tags. */
const revokedTag = 0xa1

/**
 * RFC 6960 section 4.2.1. A server that brings "withdrawn" about its own certificate is believed: it is in the handshake, so nobody
 * else can have put it there. Any other answer proves nothing that the certificate does not.
 */
export function isWithdrawnByStaple(answer: Buffer, certificate: X509Certificate): boolean {
  // OCSPResponse, responseBytes, its SEQUENCE, the OCTET STRING with a BasicOCSPResponse.
  const basic = elementIn(answer, [0, 1, 0, 1])
  const data = basic?.tag === tag.octetString ? elementIn(basic.value, [0, 0]) : null
  const lists = data === null ? null : elementsIn(data.value)
  const serial = serialOf(certificate.raw)
  if (lists === null || serial === null) return false
  return lists.some(({ tag: kind, value }) => kind === tag.sequence && (elementsIn(value) ?? []).some((single) => {
    const [id, status] = elementsIn(single.value) ?? []
    const named = id === undefined ? null : elementIn(id.value, [3])
    return status?.tag === revokedTag && named?.value.equals(serial) === true
  }))
}

/** `issuer serial`, in hex, of every certificate that is withdrawn. */
export type Withdrawn = ReadonlySet<string>

/** The first of a chain that is withdrawn; null = none is, as far as is known. */
export function withdrawnIn(chain: readonly X509Certificate[], withdrawn: Withdrawn): X509Certificate | null {
  if (withdrawn.size === 0) return null
  return chain.find(({ raw }) => {
    const [issuer, serial] = [issuerOf(raw), serialOf(raw)]
    return issuer !== null && serial !== null && withdrawn.has(key(issuer, serial))
  }) ?? null
}

/** From lists in PEM (`-----BEGIN X509 CRL-----`); what is none is left out. */
export function withdrawnByLists(pem: string): Withdrawn {
  const withdrawn = new Set<string>()
  for (const [, base64 = ''] of pem.matchAll(/-----BEGIN X509 CRL-----([A-Za-z\d+/=\s]+)-----END X509 CRL-----/g)) {
    const parts = elementsIn(elementIn(Buffer.from(base64, 'base64'), [0, 0])?.value ?? Buffer.alloc(0)) ?? []
    // version (may be left out), signature, issuer, thisUpdate, nextUpdate (may be left out), revokedCertificates (may be left out).
    const [issuer, ...rest] = parts[0]?.tag === tag.integer ? parts.slice(2) : parts.slice(1)
    const entries = rest.find((element) => element.tag === tag.sequence)
    for (const entry of elementsIn(entries?.value ?? Buffer.alloc(0)) ?? []) {
      const serial = elementIn(entry.value, [0])
      if (issuer !== undefined && serial !== null) withdrawn.add(key(issuer.whole, serial.value))
    }
  }
  return withdrawn
}

/** The lists named by MAILROOM_REVOCATION_LISTS, a PEM file, as NODE_EXTRA_CA_CERTS names more authorities. A file that can't be read is none. */
export function withdrawnHere(environment: NodeJS.ProcessEnv): Withdrawn {
  const file = environment['MAILROOM_REVOCATION_LISTS']
  if (file === undefined || file === '') return new Set()
  try {
    return withdrawnByLists(readFileSync(file, 'utf8'))
  } catch {
    return new Set()
  }
}

/** RFC 5280 section 4.1: the certificate, what is signed of it, and there the version (may be left out), the serial, the signature, the issuer. */
function fieldOf(raw: Buffer, place: number): Buffer | null {
  const fields = elementsIn(elementIn(raw, [0, 0])?.value ?? Buffer.alloc(0))
  if (fields === null) return null
  const field = fields[place + (fields[0]?.tag === tag.integer ? 0 : 1)]
  return field === undefined ? null : place === 0 ? field.value : field.whole
}
const serialOf = (raw: Buffer) => fieldOf(raw, 0)
const issuerOf = (raw: Buffer) => fieldOf(raw, 2)
const key = (issuer: Buffer, serial: Buffer) => `${issuer.toString('hex')} ${serial.toString('hex')}`
