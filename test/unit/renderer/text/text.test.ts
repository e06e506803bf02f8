import { expect, test } from 'vitest'
import { formatsOf } from '../../../../renderer/text/format.ts'
import { english } from '../../../../renderer/text/en/all.ts'
import { dutch } from '../../../../renderer/text/nl/all.ts'
import { languageOf } from '../../../../renderer/text/use-text.tsx'

function* textsIn(value: unknown, path = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value]
  else if (typeof value === 'function') yield [path, String((value as (...words: string[]) => string)('1', '2', '3'))]
  else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) yield* textsIn(inner, `${path}.${key}`)
}

test('no text is empty or says "undefined", in any language', () => {
  for (const [path, words] of [...textsIn(english), ...textsIn(dutch)]) expect(words, path).toMatch(/^(?!.*undefined)\S/)
})

test('whole sentences are never the same in both languages', () => {
  const dutchTexts = new Map(textsIn(dutch))
  const same = [...textsIn(english)].filter(([path, words]) => words.split(' ').length > 3 && dutchTexts.get(path) === words)
  expect(same).toEqual([])
})

test('the system’s language is spoken where we have it, else English', () => {
  expect(languageOf('nl-BE')).toBe('nl')
  expect(languageOf('en_US')).toBe('en')
  expect(languageOf('de-DE')).toBe('en')
  expect(languageOf('constructor')).toBe('en')
})

test('sizes, durations and numbers are written as the locale does', () => {
  const nl = formatsOf('nl-NL')
  const en = formatsOf('en-GB')
  expect(en.number(1204)).toBe('1,204')
  expect(nl.number(1204)).toBe('1.204')
  expect(en.bytes(0)).toBe('0 byte')
  expect(en.bytes(1536)).toBe('1.5 kB')
  expect(nl.bytes(2_431_002)).toBe('2,4 MB')
  expect(en.bytes(999)).toBe('999 byte')
  expect(en.duration(412)).toMatch(/^0\.41 secs?$/)
  expect(en.duration(90_000)).toMatch(/^1 min 30 secs?$/)
  expect(en.duration(119_900)).toMatch(/^2 mins?$/)
})

test('a list shows today’s mail by time, this year’s by day and older by full date', () => {
  const en = formatsOf('en-GB')
  const now = new Date(2026, 10, 22, 14, 30)
  expect(en.shortDate(new Date(2026, 10, 22, 9, 5).toISOString(), now)).toBe('09:05')
  expect(en.shortDate(new Date(2026, 9, 3, 9, 5).toISOString(), now)).toBe('3 Oct')
  expect(en.shortTime(new Date(2026, 10, 22, 9, 5).toISOString(), now)).toBe('09:05')
  expect(en.shortTime(new Date(2026, 9, 3, 9, 5).toISOString(), now)).toBe('3 Oct, 09:05')
  expect(en.shortDate(new Date(2024, 9, 3, 9, 5).toISOString(), now)).toBe('3 Oct 2024')
  expect(en.relative(new Date(2026, 10, 22, 14, 27).toISOString(), now)).toBe('3 minutes ago')
})
