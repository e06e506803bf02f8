import { expect, it } from 'vitest'
import { decodeWords } from '../../../electron/mail/decode-words.ts'
import { asUtf8, decodeBody } from '../../../electron/mime/decode-body.ts'

it.each(['windows-1252', 'iso-8859-1', 'latin1'])('what Outlook writes as %s has its quotes, dashes and euros', (charset) => {
  const bytes = Buffer.from([0x93, 0x80, 0x20, 0x35, 0x94, 0x20, 0x96, 0x20, 0xe9])
  expect(decodeBody(bytes, '8bit', charset)).toBe('“€ 5” – é')
  expect(decodeWords(`=?${charset}?Q?=93=80_5=94_=96_=E9?=`)).toBe('“€ 5” – é')
})

it('bytes of no said charset that are not UTF-8 are read as old mail is', () => {
  expect(asUtf8(Buffer.from([0x80, 0xe9]))).toBe('€é')
})
