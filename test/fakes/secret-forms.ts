/** Looks for a secret in bytes, in every form in which a mail client could give it away. */

/** Which forms were found: none is what is hoped for. `bytes` as latin1. */
export function formsFound(bytes: string, secret: string): readonly string[] {
  const utf8 = Buffer.from(secret)
  const inLatin1 = utf8.toString('latin1')
  const forms: Readonly<Record<string, boolean>> = {
    'as it is': bytes.includes(inLatin1),
    'in other case': bytes.toLowerCase().includes(inLatin1.toLowerCase()),
    backwards: bytes.includes(inLatin1.split('').toReversed().join('')),
    'in latin1': bytes.includes(Buffer.from(secret, 'latin1').toString('latin1')),
    'in UTF-16': bytes.includes(Buffer.from(secret, 'utf16le').toString('latin1')),
    'in hex': bytes.toLowerCase().includes(utf8.toString('hex')),
    'in quotes': bytes.includes(inLatin1.replaceAll(/["\\]/g, '\\$&')),
    'as in an address': bytes.includes(encodeURIComponent(secret)),
    'in base64': inBase64(bytes).some((inside) => inside.includes(inLatin1) || inside.includes(Buffer.from(secret, 'utf16le').toString('latin1'))),
  }
  return Object.keys(forms).filter((form) => forms[form] === true)
}

/** What every stretch of base64 holds, wherever in it that begins: name, password and token stand together in one response. */
function inBase64(bytes: string): readonly string[] {
  return [...bytes.matchAll(/[A-Za-z\d+/_-]{4,}=*/g)].flatMap(([run]) => [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('latin1')))
}

/** Commands that sign in, or that hand over something of the user's. */
export function commandsOf(bytes: string): readonly string[] {
  return bytes.split('\r\n').filter((line) => /^(?:\w+ )?(?:AUTH|AUTHENTICATE|LOGIN|USER|PASS|APOP|MAIL|RCPT|DATA)(?: |$)/i.test(line))
}
