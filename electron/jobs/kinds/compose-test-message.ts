/**
 * The message "Check account" sends to oneself: as plain as a message can be (RFC 5322, one text part), with a token that
 * finds it again in the inbox even where a server gives it another Message-ID.
 */
export interface TestMessageWords {
  readonly subject: string
  readonly text: string
}

const tokenHeader = 'X-Mailroom-Test'

export function composeTestMessage(address: string, words: TestMessageWords, token: string, date: Date): Buffer {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const headers = [
    `From: <${address}>`,
    `To: <${address}>`,
    `Subject: ${encodeWords(words.subject)}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${token}@${domain}>`,
    `${tokenHeader}: ${token}`,
    // RFC 3834 section 5: nobody's holiday notice should answer this.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ]
  const body = Buffer.from(words.text, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n')
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}\r\n`, 'utf8')
}

/** RFC 2047 encoded words of at most 75 characters each, split between characters. */
function encodeWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const words: string[] = []
  let piece = ''
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > 42) {
      words.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...words, piece].map((word) => `=?utf-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`).join('\r\n ')
}
