import { expect, test } from 'vitest'
import { fetchThrough } from '../protocol/fetch-awkward.ts'

const ways = ['whole', 'in segments of 1 to 7 bytes'] as const
const runs = (['pop3', 'imap'] as const).flatMap((protocol) => ways.map((way) => [protocol, way] as const))

test.each(runs)('2,000 awkward messages over %s are stored as they are served, %s', async (protocol, way) => {
  const { stored, served } = await fetchThrough(protocol, way, 2000)
  expect(stored).toEqual(served)
})
