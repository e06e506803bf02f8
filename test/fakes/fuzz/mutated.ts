/** What a parser may get to read: something real, with a few things wrong with it. Bytes stand as latin1. */
import fc from 'fast-check'

const place = fc.double({ min: 0, max: 1, noNaN: true })

/** Some changes to one of the samples: pieces cut out, said over and over, turned round, words and bytes put in, an early end. */
export function mutated(samples: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  const change = fc.oneof(
    fc.record({ do: fc.constant('cut' as const), at: place, length: fc.nat(40) }),
    fc.record({ do: fc.constant('repeat' as const), at: place, length: fc.nat(40), times: fc.oneof({ weight: 9, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.nat(3000) }) }),
    fc.record({ do: fc.constant('put' as const), at: place, word: fc.oneof(fc.constantFrom(...words, ...everywhere), fc.string({ unit: 'binary-ascii', maxLength: 8 })) }),
    fc.record({ do: fc.constant('flip' as const), at: place, bits: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ do: fc.constant('swap' as const), at: place, length: fc.nat(40) }),
    fc.record({ do: fc.constant('end' as const), at: place }),
  )
  return fc.tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: 6 })).map(([sample, changes]) => changes.reduce((text, one) => {
    const at = Math.floor(one.at * text.length)
    const piece = (length: number) => text.slice(at, at + length)
    switch (one.do) {
      case 'cut':
        return text.slice(0, at) + text.slice(at + one.length)
      case 'repeat':
        return text.slice(0, at) + piece(one.length).repeat(one.times) + text.slice(at)
      case 'put':
        return text.slice(0, at) + one.word + text.slice(at)
      case 'flip':
        return text.slice(0, at) + piece(1).replace(/[^]/, (letter) => String.fromCharCode(letter.charCodeAt(0) ^ one.bits)) + text.slice(at + 1)
      case 'swap':
        return text.slice(0, at) + piece(2 * one.length).slice(one.length) + piece(one.length) + text.slice(at + 2 * one.length)
      case 'end':
        return text.slice(0, at)
    }
  }, sample))
}

/** A dialogue as it should be, with an answer here and there nearly or wholly another, and perhaps an early end. */
export function misheard(dialogue: readonly string[], others: readonly string[], words: readonly string[]): fc.Arbitrary<readonly string[]> {
  const answers = dialogue.map((answer) => fc.oneof({ weight: 8, arbitrary: fc.constant(answer) }, { weight: 2, arbitrary: mutated([answer], words) }, { weight: 1, arbitrary: mutated(others, words) }))
  return fc.tuple(fc.tuple(...answers), fc.nat({ max: 2 * dialogue.length })).map(([all, length]) => all.slice(0, length))
}

/** What hurts parsers of any kind. */
const everywhere = ['\0', '\r\n', '\n', '\r', ' ', '"', '\\', '(', ')', '{', '}', '[', ']', '<', '>', '%', '=', '-1', '0', '4294967295', '99999999999999999999', '\xff\xfe', '\xe2\x80\xae', '\xed\xa0\x80', '__proto__', 'constructor', 'x'.repeat(5000)]

/** How TCP cuts it into pieces: sizes, over and over. */
export const segments: fc.Arbitrary<readonly number[]> = fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2000 })), { minLength: 1, maxLength: 5 })
