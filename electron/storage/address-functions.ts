/**
 * Three functions that SQL statements, views and triggers of this database may use. Whatever else opens the file can read all of it,
 * but not write mail.
 *
 *   address_key(text)      what two spellings of one address have in common; '' for what is no address
 *   is_machine(text)       an address that nobody reads, by its usual names
 *   folded(text)           for searching and sorting: no case, no accents
 */
import { domainToASCII } from 'node:url'
import type { Database } from './database.ts'

export function addAddressFunctions(database: Database): void {
  const of = (work: (text: string) => string | number) => (value: unknown) => work(typeof value === 'string' ? value : '')
  database.function('address_key', { deterministic: true }, of(addressKey))
  database.function('is_machine', { deterministic: true }, of((address) => Number(isMachine(address))))
  database.function('folded', { deterministic: true }, of(folded))
}

/**
 * The domain is the same in any case and whether its letters are written out or as `xn--` (RFC 5890 section 2.3.2.1). Only the
 * server could tell whether the case of the local part means anything (RFC 5321 section 2.4); for filing it does not. Letters that can be
 * written in two ways are the same in both (RFC 6532 section 3.1).
 */
export function addressKey(address: string): string {
  const plain = address.trim()
  const at = plain.lastIndexOf('@')
  if (at < 1 || at === plain.length - 1) return ''
  const local = plain.slice(0, at).toLowerCase().normalize('NFC')
  const domain = plain.slice(at + 1).toLowerCase()
  // oxlint-disable-next-line no-control-regex -- ASCII is exactly what is looked for
  return `${local}@${/^[\x00-\x7f]*$/.test(domain) ? domain : domainToASCII(domain) || domain.normalize('NFC')}`
}

/** RFC 2142, RFC 5321 section 4.5.5, and what senders of notices call themselves. */
const machines = /^(?:[\w.+-]*[.+_-])?(?:no|not|do-?not|nao|niet|geen|ne-?pas)[._-]?(?:reply|respond|answer|responder|beantwoorden|antwoorden|antwoord|repondre)(?:[.+_-][\w.+-]*)?@|^(?:mailer-daemon|postmaster|bounces?|daemon|listserv|majordomo)(?:[.+_-][\w.+=-]*)?@/i

export function isMachine(address: string): boolean {
  return machines.test(address.trim())
}

export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase()
}
