/**
 * Certificates that say of themselves that they are good only together with a fresh word of whoever issued them ("must staple", TLS feature
 * extension, RFC 7633), and that word: an OCSP answer (RFC 6960) which the server brings along. Never throws; all of it is somebody else's.
 */
import { type KeyObject, verify, X509Certificate } from 'node:crypto'
import { type Element, elementIn, elementsIn, tag } from './der.ts'

/** 1.3.6.1.5.5.7.1.24; and the TLS extension it asks for, `status_request` (RFC 6066 section 8). */
const tlsFeature = '2b06010505070118'
const statusRequest = 5
/** RFC 6960 section 4.2.1: the status `good`, and the tags of what a certificate and an answer may have. */
const goodTag = 0x80
const generalizedTime = 0x18
const explicit = (number: number) => 0xa0 + number
/** Extended key usage id-kp-OCSPSigning (RFC 6960 section 4.2.2.2). */
const signsStatus = '1.3.6.1.5.5.7.3.9'
/** Milliseconds: clocks differ. */
const clockSkew = 5 * 60_000

/** What OCSP answers are signed with, by their object identifiers: RSA and ECDSA with SHA-2. */
const digests: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d01010b', 'sha256'], ['2a864886f70d01010c', 'sha384'], ['2a864886f70d01010d', 'sha512'],
  ['2a8648ce3d040302', 'sha256'], ['2a8648ce3d040303', 'sha384'], ['2a8648ce3d040304', 'sha512'],
])

export function needsStaple({ raw }: X509Certificate): boolean {
  const parts = elementsIn(elementIn(raw, [0, 0])?.value ?? Buffer.alloc(0)) ?? []
  const extensions = elementsIn(elementIn(parts.find((part) => part.tag === explicit(3))?.value ?? Buffer.alloc(0), [0])?.value ?? Buffer.alloc(0)) ?? []
  return extensions.some(({ value }) => {
    const [name, ...rest] = elementsIn(value) ?? []
    if (name?.value.toString('hex') !== tlsFeature) return false
    const features = elementsIn(elementIn(rest.at(-1)?.value ?? Buffer.alloc(0), [0])?.value ?? Buffer.alloc(0)) ?? []
    return features.some((feature) => feature.value.length === 1 && feature.value[0] === statusRequest)
  })
}

/** Does this answer, signed by the issuer or by whom he names for it, say that the certificate is good now? */
export function isGoodByStaple(answer: Buffer, certificate: X509Certificate, issuer: X509Certificate, now: Date): boolean {
  const wrapped = elementIn(answer, [0, 1, 0, 1])
  const [data, algorithm, signature, others] = elementsIn(elementIn(wrapped?.value ?? Buffer.alloc(0), [0])?.value ?? Buffer.alloc(0)) ?? []
  if (wrapped?.tag !== tag.octetString || data === undefined || algorithm === undefined || signature === undefined) return false
  const digest = digests.get(elementIn(algorithm.value, [0])?.value.toString('hex') ?? '')
  if (digest === undefined || !signersOf(others, issuer).some((key) => isSigned(data.whole, signature.value, digest, key))) return false
  const singles = (elementsIn(data.value) ?? []).filter((part) => part.tag === tag.sequence).flatMap(({ value }) => elementsIn(value) ?? [])
  return singles.some((single) => isGood(single, certificate, now))
}

function isGood(single: Element, certificate: X509Certificate, now: Date): boolean {
  const [id, status, since, until] = elementsIn(single.value) ?? []
  const serial = id === undefined ? null : elementIn(id.value, [3])
  if (status?.tag !== goodTag || serial?.tag !== tag.integer || BigInt(`0x${serial.value.toString('hex') || '0'}`) !== BigInt(`0x${certificate.serialNumber}`)) return false
  const [from, to] = [timeOf(since), timeOf(until?.tag === explicit(0) ? (elementIn(until.value, [0]) ?? undefined) : undefined)]
  // One that says nothing of its end is good as long as nothing newer is there: RFC 6960 section 4.2.2.1.
  return from !== null && from <= now.getTime() + clockSkew && (to === null || to >= now.getTime() - clockSkew)
}

/** The issuer, and those the answer shows whom the issuer lets sign such answers. */
function signersOf(others: Element | undefined, issuer: X509Certificate): readonly KeyObject[] {
  const shown = others?.tag === explicit(0) ? (elementsIn(elementIn(others.value, [0])?.value ?? Buffer.alloc(0)) ?? []) : []
  return [issuer.publicKey, ...shown.slice(0, 5).flatMap(({ whole }) => {
    try {
      const signer = new X509Certificate(whole)
      return signer.verify(issuer.publicKey) && (signer.keyUsage as readonly string[] | undefined)?.includes(signsStatus) === true ? [signer.publicKey] : []
    } catch {
      return []
    }
  })]
}

function isSigned(data: Buffer, bits: Buffer, digest: string, key: KeyObject): boolean {
  try {
    // A BIT STRING begins with how many of its last bits do not count.
    return bits[0] === 0 && verify(digest, data, key, bits.subarray(1))
  } catch {
    return false
  }
}

function timeOf(element: Element | undefined): number | null {
  const [, year, month, day, hour, minute, second] = element?.tag === generalizedTime ? (/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(element.value.toString('latin1')) ?? []) : []
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? null : time
}
