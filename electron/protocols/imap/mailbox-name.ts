/**
 * Names of folders between the wire and people: modified UTF-7 (RFC 3501 section 5.1.3, RFC 9051 appendix A.1), and quoted
 * strings. A name that is no proper modified UTF-7 is shown as it is: many servers and clients write plain UTF-8.
 */
import { inboxPath } from '../../../shared/model/folder.ts'

export function decodeName(name: string): string {
  if (/^inbox$/i.test(name)) return inboxPath
  if (!name.includes('&')) return name
  const decoded = name.replaceAll(/&([^-]*)-/g, (_, base64: string) => (base64 === '' ? '&' : utf16(base64)))
  // What does not come out as it went in could not be told from another folder.
  return encodeName(decoded) === name ? decoded : name
}

export function encodeName(path: string): string {
  return path.replaceAll(/&|[^\x20-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${base64Of(run)}-`))
}

/** For a command. null = it cannot be sent: control characters, or bytes that were no text. */
export function quoted(name: string): string | null {
  return /^[^\p{Cc}\uFFFD]*$/u.test(name) ? `"${name.replaceAll(/["\\]/g, '\\$&')}"` : null
}

function utf16(base64: string): string {
  const bytes = Buffer.from(base64.replaceAll(',', '/'), 'base64')
  return bytes.subarray(0, bytes.length - (bytes.length % 2)).swap16().toString('utf16le')
}

function base64Of(run: string): string {
  const bytes = Buffer.from(run, 'utf16le').swap16()
  return bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',')
}
