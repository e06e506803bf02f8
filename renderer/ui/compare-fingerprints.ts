/**
 * Is the fingerprint somebody was given the one the server showed? Taken as tools write it: with colons or blanks, in either
 * case, with its algorithm in front (`SHA256 Fingerprint=AB:CD…`).
 */
export function compare(given: string, fingerprint: string): 'empty' | 'incomplete' | 'same' | 'different' {
  if (given.trim() === '') return 'empty'
  const typed = given
    .toLowerCase()
    .replace(/^\s*sha-?256(\s*fingerprint)?\s*[=:]?/, '')
    .replaceAll(/[^\da-f]/g, '')
  if (typed.length !== fingerprint.length) return 'incomplete'
  return typed === fingerprint ? 'same' : 'different'
}
