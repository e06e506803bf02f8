import { expect, test } from 'vitest'
import { parseDate } from '../../../electron/mail/parse-date.ts'

const iso = (text: string) => {
  const time = parseDate(text)
  return time === null ? null : new Date(time).toISOString()
}

test.each([
  ['Sun, 22 Nov 2026 10:00:00 +0100', '2026-11-22T09:00:00.000Z'],
  ['22 Nov 2026 10:00 -0530 (IST, or so)', '2026-11-22T15:30:00.000Z'],
  ['Fri, 21 Nov 97 09:55:06 EST', '1997-11-21T14:55:06.000Z'],
  ['Sat, 1 Jan 00 00:00:00 GMT', '2000-01-01T00:00:00.000Z'],
  ['Tue,  3  Feb 2026  7 : 05 : 09  Z', '2026-02-03T07:05:09.000Z'],
  ['Thu, 31 Dec 2016 23:59:60 +0000', '2016-12-31T23:59:59.000Z'],
  ['2026-11-22T10:00:00+01:00', '2026-11-22T09:00:00.000Z'],
])('the Date %s is read as %s', (text, expected) => {
  expect(iso(text)).toBe(expected)
})

test.each(['', 'yesterday', 'hello 1', '32 Nov 2026 10:00:00 +0000', '30 Feb 2026 10:00:00 +0000', 'Sun, 22 Nov 2026', '22 Foo 2026 10:00:00 +0000', '22 Nov 2026 25:00:00 +0000', '1', '('.repeat(10_000)])(
  'a Date that can not be read is no date: %j',
  (text) => {
    expect(parseDate(text)).toBeNull()
  },
)
