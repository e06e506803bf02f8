/**
 * The kinds of text a person types into an account. All refuse line breaks and other control characters, because any of
 * them may end up in a protocol command or a message header (CR/LF injection, RFC 5321 section 2.3.8).
 */
import { z } from 'zod'
import { missingOr } from './field-problem.ts'

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const controlCharacters = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/

/** One line, at most `max` characters (default 200), may be empty. */
export const line = (max = 200) =>
  z
    .string({ error: missingOr('wrong-type') })
    .trim()
    .max(max, 'too-long')
    .refine((text) => text.isWellFormed(), 'wrong-type')
    .refine((text) => !controlCharacters.test(text), 'line-break')

/** One line that must not be empty. */
export const requiredLine = (max = 200) => line(max).refine((text) => text !== '', 'empty')

/** Several lines (a signature, a footer), at most `max` characters. */
export const paragraph = (max = 20_000) => z.string('wrong-type').max(max, 'too-long')

/** Is this an addr-spec as people type it (RFC 5322 section 3.4.1, non-ASCII as in RFC 6531)? Quoted local parts are not taken. */
export function isMailAddress(text: string): boolean {
  if (text.length > 254) return false
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  return at > 0 && local.length <= 64 && atoms.test(local) && !/^\.|\.\.|\.$/.test(local) && isDomain(domain)
}

/** No separators, no specials, and nothing that cannot be seen. */
const atoms = /^[^\p{Z}\p{C}@"(),:;<>[\\\]]+$/u

const label = /^(?!-)[\p{L}\p{M}\p{N}_-]{1,63}(?<!-)$/u

/** Resolvers take a name that ends in a number for an IPv4 address in one of its odd spellings (`0x7f.1` is 127.0.0.1). */
const numeric = /^(?:\d+|0x[\da-f]*)$/i

/** A domain name, with or without a dot (`localhost`, `mail.example.nl`), non-ASCII letters allowed (RFC 5890). */
export function isDomain(text: string): boolean {
  const labels = text.split('.')
  return text.length <= 253 && labels.every((part) => label.test(part)) && !numeric.test((labels.at(-1) ?? '').normalize('NFKC'))
}

/** A name or IP address a server can be reached under: a domain name, an IPv4 address or an IPv6 address without brackets. */
export function isHost(text: string): boolean {
  if (/^[\d.]+$/.test(text)) return isIpv4(text)
  return text.includes(':') ? isIpv6(text) : isDomain(text)
}

/** Without leading zeros, which some resolvers read as octal (RFC 6943 section 3.1.1). */
function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  // An IPv4 address may stand for the last two groups, and nowhere else (RFC 4291 section 2.2).
  const last = text.slice(text.lastIndexOf(':') + 1)
  const hex = last.includes('.') ? groups.slice(0, -1) : groups
  if (last.includes('.') && !isIpv4(last)) return false
  if (!hex.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false
  const length = hex.length + (last.includes('.') ? 2 : 0)
  return halves.length === 2 ? length < 8 : length === 8
}

/** A mail address; empty is refused as `empty`. */
export const mailAddress = requiredLine(254).refine((text) => text === '' || isMailAddress(text), 'not-an-address')

/** A mail address, or nothing. */
export const optionalMailAddress = line(254).refine((text) => text === '' || isMailAddress(text), 'not-an-address')

/** A host name or IP address; empty is refused as `empty`. */
export const host = requiredLine(253).refine((text) => text === '' || isHost(text), 'not-a-host')
