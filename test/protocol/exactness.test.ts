/** Real Dovecot and messages that hardly anybody sends. Two thousand of them: test/long/exactness.test.ts. */
import { describe, expect, test } from 'vitest'
import { awkwardMessages } from '../fakes/awkward-messages.ts'
import { fetchThrough } from './fetch-awkward.ts'
import { asDovecotServes } from './served-by.ts'
import { digests } from './lab-mail.ts'

describe.each(['pop3', 'imap'] as const)('over %s', (protocol) => {
  test.each([['whole', 500], ['in segments of 1 to 7 bytes', 60]] as const)('messages with dots, bare CR and LF, NUL, 8-bit bytes, long lines and no last line end are stored as they are served (%s)', async (way, count) => {
    const { stored, served } = await fetchThrough(protocol, way, count)
    expect(stored).toEqual(served)
    expect(served).toEqual(digests(awkwardMessages(count).map((message) => asDovecotServes(protocol, message))))
  })
})
