/** What somebody types as a link's address → one that a mail program follows; null = it is none. A merge field may stand for one. */
import { isDomain, isMailAddress } from '../../shared/model/text-field.ts'

export function linkAddress(typed: string): string | null {
  const address = typed.trim()
  if (/^\{\{[^\n]+\}\}$/.test(address)) return address
  if (isMailAddress(address)) return `mailto:${address}`
  if (/^mailto:/i.test(address)) return isMailAddress(address.slice('mailto:'.length).replace(/\?.*$/s, '')) ? address : null
  if (/^tel:\+?[\d ()-]+$/i.test(address)) return address
  const whole = /^https?:\/\//i.test(address) ? address : `https://${address}`
  if (/\s/.test(whole)) return null
  const url = URL.parse(whole)
  return url !== null && isDomain(url.hostname) && (url.hostname.includes('.') || whole === address) ? whole : null
}
