/** A short round; test/long/cut.test.ts breaks off at every byte. */
import { describe, expect, test } from 'vitest'
import { breakOffAt, breakOffAtEach, record } from './cut-everywhere.ts'

const places = 20

describe.each(['pop3', 'imap'] as const)('a %s connection', (protocol) => {
  test('may break anywhere: the run ends as that, and the next one brings every message exactly once', async () => {
    const recording = await record(protocol)
    const { length } = recording.dialogue
    const stride = Math.floor(length / places)
    const first = Math.floor(Math.random() * stride)
    await breakOffAtEach(recording, Array.from({ length: places }, (_, index) => first + index * stride))
    const whole = await breakOffAt(recording, length)
    expect(whole).toMatchObject({ outcome: { ok: true }, detail: { removed: recording.all.length } })
  })
})
