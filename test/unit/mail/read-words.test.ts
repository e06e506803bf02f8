import { describe, expect, test } from 'vitest'
import { htmlWords } from '../../../electron/mail/html-words.ts'
import { readWords, wordsLimit } from '../../../electron/mail/read-words.ts'

const words = (text: string | Buffer) => readWords(Buffer.from(text))
const crlf = (...lines: string[]) => lines.join('\r\n')

describe('texts', () => {
  test.each([
    ['a plain one', crlf('Subject: s', '', 'The dossier is ready'), 'dossier'],
    ['line ends without CR', 'Subject: s\n\nThe dossier is ready', 'dossier'],
    ['quoted-printable, a word broken over lines', crlf('Content-Transfer-Encoding: quoted-printable', '', 'The dos=', 'sier caf=C3=A9'), 'dossier café'],
    ['base64', crlf('Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: BASE64', '', Buffer.from('één dossier').toString('base64')), 'één dossier'],
    ['in a charset of old', Buffer.from(crlf('Content-Type: text/plain; charset="ISO-8859-1"', '', 'déjà vu'), 'latin1'), 'déjà vu'],
    ['8-bit without a charset', Buffer.from(crlf('Subject: s', '', 'déjà vu'), 'latin1'), 'déjà vu'],
    ['in a charset nobody knows', crlf('Content-Type: text/plain; charset=x-klingon', '', 'dossier'), 'dossier'],
    ['with soft hyphens', crlf('', 'dos\u00adsier'), 'dossier'],
    ['without any header', 'just words', ''],
  ])('%s is read', (_what, message, expected) => {
    expect(words(message).text.trim()).toContain(expected)
  })

  test('text and HTML beside each other, in nested parts, and of an attached message, are read', () => {
    const message = crlf(
      'Content-Type: multipart/mixed; boundary=out', '', 'preamble', '--out',
      'Content-Type: multipart/alternative; boundary="out-in"', '', '--out-in', '', 'plainword', '--out-in', 'Content-Type: text/html', '', '<p>html<b>word</b></p>', '--out-in--',
      '--out', 'Content-Type: message/rfc822', '', 'Subject: =?utf-8?q?inner=5Fsubject?=', '', 'innerword', '--out--', 'epilogue',
    )
    const { text } = words(message)
    for (const word of ['plainword', 'htmlword', 'inner_subject', 'innerword']) expect(text).toContain(word)
    expect(text).not.toMatch(/preamble|epilogue/)
  })

  test('an attachment is found by its name, however it is written, and its content is not read', () => {
    const part = (...header: string[]) => crlf('--b', ...header, '', 'hiddenword', '')
    const message = crlf('Content-Type: multipart/mixed; boundary=b', '', '') + [
      part('Content-Type: text/plain', 'Content-Disposition: attachment; filename="one.txt"'),
      part('Content-Type: application/pdf; name="=?utf-8?B?ZMOpasOgLnBkZg==?="', 'Content-Disposition: attachment'),
      part('Content-Type: application/pdf', "Content-Disposition: attachment; filename*0*=utf-8''%E2%82%AC%20; filename*1=due.pdf"),
    ].join('') + '--b--'
    expect(words(message)).toEqual({ text: '', attachments: 'one.txt\ndéjà.pdf\n€ due.pdf' })
  })
})

describe('hostile bytes', () => {
  test('a part that is cut off is read as far as it goes', () => {
    expect(words(crlf('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'dossier')).text).toContain('dossier')
  })

  test('parts within parts without end, and thousands of parts, end', () => {
    const nested = Array.from({ length: 5000 }, (_, depth) => crlf(`Content-Type: multipart/mixed; boundary=b${depth}`, '', `--b${depth}`, '')).join('')
    expect(words(nested).text).toBe('')
    const many = crlf('Content-Type: multipart/mixed; boundary=b', '', '') + crlf('--b', '', 'x', '').repeat(50_000)
    expect(words(many).text.length).toBeLessThan(5000)
  })

  test('no more than so much text is taken, and it is text whatever it was', () => {
    const { text } = words(Buffer.concat([Buffer.from('\r\n\0\ud800'), Buffer.alloc(3_000_000, 'long ')]))
    expect(text.length).toBe(wordsLimit)
    expect(text.isWellFormed()).toBe(true)
    expect(text).not.toContain('\0')
  })

  test('random bytes never throw', () => {
    let seed = 7
    const next = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31)
    const pieces = ['\r\n', '\n', '--b', '--b--', 'Content-Type: multipart/mixed; boundary=b', 'Content-Type: text/html', '=?utf-8?q?=', ';', '<', '<!--', '&#', '\0', '\xff', ' ']
    for (let round = 0; round < 2000; round++) {
      const message = Array.from({ length: next() % 40 }, () => pieces[next() % pieces.length]).join('')
      expect(() => words(Buffer.from(message, 'latin1'))).not.toThrow()
    }
  })
})

describe('HTML', () => {
  test.each([
    ['<td>one</td><td>two</td>', 'one two'],
    ['in<b>voice</b> <SPAN>n</SPAN>umber', 'invoice number'],
    ['a<script>var hidden = "</p>"</SCRIPT>b<style>.c{}</style>c<!-- d > e -->f', 'a b c f'],
    ['&eacute;&eacute;n caf&#233; &#xE9; A&amp;B &Uuml;ber&nbsp;x &unknown; &#99999999;', 'één café é A&B Über x'],
    ['1 < 2 and 3', '1 < 2 and 3'],
    ['seen<script>never closed', 'seen'],
    ['İ<STYLE>hidden</STYLE>seen', 'İ seen'],
  ])('%s', (html, expected) => {
    expect(htmlWords(html).replaceAll(/\s+/g, ' ').trim()).toContain(expected)
    expect(htmlWords(html)).not.toContain('hidden')
  })

  test('what is built to make a reader slow takes one pass', () => {
    for (const piece of ['<', '<script', '<!--', '<a ', '&', '</', '<style>']) expect(typeof htmlWords(piece.repeat(200_000))).toBe('string')
  })
})
