/** HTML's names for characters → the characters (the ones people's mails have). What is no name stays as it stands. */

/** The marks of HTML's letters with marks: `&eacute;` is e and an acute. */
const marks: Readonly<Record<string, string>> = { acute: '\u0301', grave: '\u0300', uml: '\u0308', circ: '\u0302', cedil: '\u0327', tilde: '\u0303', ring: '\u030a', caron: '\u030c' }
const named: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', shy: '', zwnj: '\u200c', zwj: '\u200d',
  euro: '€', pound: '£', cent: '¢', yen: '¥', sect: '§', para: '¶', copy: '©', reg: '®', trade: '™', deg: '°', plusmn: '±', times: '×', frac12: '½', middot: '·', bull: '•',
  hellip: '…', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', laquo: '«', raquo: '»', iexcl: '¡', iquest: '¿', larr: '←', rarr: '→',
  szlig: 'ß', aelig: 'æ', AElig: 'Æ', oslash: 'ø', Oslash: 'Ø', oelig: 'œ', OElig: 'Œ', eth: 'ð', ETH: 'Ð', thorn: 'þ', THORN: 'Þ',
}

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}\d{0,2}));?/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return (Object.hasOwn(named, name) ? named[name] : markedLetter(name)) ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' '
  })
}

function markedLetter(name: string): string | undefined {
  const mark = Object.hasOwn(marks, name.slice(1)) ? marks[name.slice(1)] : undefined
  return mark === undefined ? undefined : `${name[0]}${mark}`.normalize('NFC')
}
