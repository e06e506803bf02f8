import { describe, expect, test } from 'vitest'
import { breakOffAt, breakOffAtEach, record } from '../protocol/cut-everywhere.ts'

describe.each(['pop3', 'imap'] as const)('a %s connection', (protocol) => {
  test('may break at every byte the server says: the run ends as that, and the next one brings every message exactly once', async () => {
    const recording = await record(protocol)
    await breakOffAtEach(recording, [...Array(recording.dialogue.length).keys()])
    expect(await breakOffAt(recording, recording.dialogue.length)).toMatchObject({ outcome: { ok: true }, detail: { removed: recording.all.length } })
  })
})
