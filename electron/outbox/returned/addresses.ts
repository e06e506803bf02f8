/** Addresses as reports write them: `rfc822;a@b.example`, `<a@b.example>`, `"a@b.example":`. Bounded and linear. */

/** Longest address that can be sent to (RFC 5321 section 4.5.3.1). */
const addressLimit = 320

/** Quoted local parts are rare and only read where a field holds nothing but an address. East Asian punctuation ends an address, too. */
const anywhere = /[^\s<>"'()[\]{},;:\\@|=\u3000-\u303f\uff00-\uff20]{1,64}(?:=[^\s<>"'()[\]{},;:\\@|\u3000-\u303f\uff00-\uff20]{0,63})?@[\p{L}\p{N}][\p{L}\p{N}.-]{0,252}/gu

/** All addresses in a text, in their order, each once. */
export function addressesIn(text: string): readonly string[] {
  return [...new Set((text.match(anywhere) ?? []).map(trimmed))]
}

/** RFC 3464 section 2.3.2: an address type, a semicolon, the address; utf-8 with its escapes (RFC 6533 section 3). Null for what is none. */
export function typedAddress(field: string): string | null {
  const [, type = '', said = ''] = /^(?:([\w-]{1,30})\s*;)?(.*)$/s.exec(field.trim()) ?? []
  const plain = said.replaceAll(/\([^()]{0,200}\)/g, ' ').trim().replace(/^<([^<>]*)>$/, '$1').trim()
  const address = /^(?:utf-8)$/i.test(type) ? unescapeUtf8(plain) : plain
  if (address.length > addressLimit || !/^(?:[^\s@<>/]+|"[^"@]{0,200}"|[^\s@<>]*[^\s@<>/][^\s@<>]*)@[^\s@<>]+$/u.test(address)) return addressesIn(address)[0] ?? null
  return address
}

function unescapeUtf8(address: string): string {
  return address.replaceAll(/\\x\{([\da-f]{1,6})\}/gi, (whole, hex: string) => {
    const point = Number.parseInt(hex, 16)
    return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole
  })
}

function trimmed(address: string): string {
  // X.400's way of writing an Internet address ends in SMTP=….
  return address.replace(/^(?:smtp|rfc-?822)=/i, '').replace(/[.-]+$/, '')
}
