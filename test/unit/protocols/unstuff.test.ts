import { describe, expect, it } from 'vitest'
import { Unstuffer } from '../../../electron/protocols/pop3/unstuff.ts'

/** What RFC 1939 section 3 makes a server send, written down without regard to speed. */
function stuffed(message: string): Buffer {
  return Buffer.from(`${message.replace(/(^|\r\n)\./g, '$1..')}${message === '' || message.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1')
}

function inPieces(bytes: Buffer, size: number) {
  const unstuffer = new Unstuffer()
  const content: Buffer[] = []
  let rest = Buffer.alloc(0)
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    if (unstuffer.over) rest = Buffer.concat([rest, piece])
    else {
      const taken = unstuffer.take(piece)
      content.push(...taken.content)
      rest = Buffer.concat([rest, taken.rest])
    }
  }
  return { content: Buffer.concat(content).toString('latin1'), rest: rest.toString('latin1'), over: unstuffer.over }
}

const messages = [
  '', '.', '..', '...', '\r\n', '.\r\n', 'a', 'a\r\n', '.a\r\n', 'a\r\n.\r\n..\r\n...\r\nb\r\n', '\r\n\r\n', 'lone\r.\r\n', 'lone\n.\nlone\r\n',
  '.\r.\r\n', '.\r\r\n', '\r', '\r\r\n.\r\n', 'a\r\n.\rb\r\n', 'ends in CR\r', '\u00ff\u0000\u0080.\r\n.\u00ff\r\n', '. \r\n', 'x\r\n\n.\r\n',
]

describe('un-stuffing', () => {
  it.each(messages.map((message) => [JSON.stringify(message), message]))('%s comes out as it went in, however it is cut', (_, message) => {
    const sent = Buffer.concat([stuffed(message), Buffer.from('+OK next')])
    const expected = message === '' || message.endsWith('\r\n') ? message : `${message}\r\n`
    for (let size = 1; size <= sent.length; size += 1) expect(inPieces(sent, size)).toEqual({ content: expected, rest: '+OK next', over: true })
  })

  it('any heap of CR, LF and dots comes out as it went in', () => {
    const alphabet = ['\r', '\n', '.', 'a', '\r\n']
    let seed = 1
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 400; round += 1) {
      const message = `${Array.from({ length: next(30) }, () => alphabet[next(alphabet.length)]).join('')}\r\n`
      for (const size of [1, 2, 3, 5, 7, 64]) expect(inPieces(stuffed(message), size)).toEqual({ content: message, rest: '', over: true })
    }
  })

  it('only CRLF dot CRLF ends a message: bare line feeds and carriage returns around a dot do not', () => {
    for (const almost of ['a\n.\n', 'a\r\n.\n', 'a\n.\r\n', 'a\r.\r\n', 'a\r\n.x\r\n', 'a\r\n.\r']) expect(inPieces(Buffer.from(almost), 64).over).toBe(false)
  })
})
