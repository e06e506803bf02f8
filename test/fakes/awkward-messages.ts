/** Messages of everything that goes wrong on the way: dots, bare CR and LF, NUL, 8-bit bytes, long lines, no line end at the end. Always the same ones. */

const pieces = [
  '\r\n', '\r\n', '\r\n', '\n', '\r', '.', '..', '.\r\n', '\r\n.\r\n', '\r\n.', '\n.\n', '\n.\r\n', '\r.\r', '\r\n\r\n', '\0', '\0\r\n', '\xff\xfe', '\x80', 'é', 'word ', 'From here\r\n', '+OK 3\r\n', '* 1 EXISTS\r\n', ')\r\n',
  'a1 OK done\r\n', '{12}\r\n', '\t', ' ', `${'x'.repeat(998)}\r\n`, 'y'.repeat(5000), '=20', '-- \r\n',
]

export function awkwardMessages(count: number): readonly Buffer[] {
  let seed = 20_261_122
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  return Array.from({ length: count }, (_, index) => {
    const body = Array.from({ length: next(40) }, () => pieces[next(pieces.length)] ?? '').join('')
    // Now and then not even a header. Dovecot 2.3 forgets to double a dot that is a message's very first byte: that can't be read.
    return Buffer.from(next(50) === 0 ? `x${body}` : `Message-ID: <${index}@shop.example>\r\nSubject: ${index}\r\n\r\n${body}`, 'latin1')
  })
}
