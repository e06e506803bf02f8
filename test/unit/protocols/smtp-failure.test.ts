import { describe, expect, it } from 'vitest'
import { wireAddress } from '../../../electron/protocols/smtp/envelope.ts'
import { smtpFailure } from '../../../electron/protocols/smtp/smtp-failure.ts'
import type { Asked } from '../../../electron/protocols/smtp/smtp-failure.ts'
import { parseReply } from '../../../electron/protocols/smtp/smtp-reply.ts'

const codeOf = (line: string, asked: Asked) => {
  const reply = parseReply([line])
  return reply === null ? null : smtpFailure(reply, asked, {}).code
}

describe('replies', () => {
  it.each<[string, Asked, string]>([
    ['550 5.1.1 no such user', 'recipient', 'send.recipient-refused'], ['550 no such user', 'recipient', 'send.recipient-refused'], ['551 not here', 'recipient', 'send.recipient-refused'],
    ['553 bad name', 'recipient', 'send.recipient-refused'], ['554 5.7.1 relay access denied', 'recipient', 'policy.refused'], ['550 5.7.1 blocked', 'recipient', 'policy.refused'],
    ['553 5.7.1 sender address rejected: not owned', 'recipient', 'policy.sender-refused'], ['550 5.7.60 SMTP; client does not have permissions to send as this sender', 'message', 'policy.sender-refused'],
    ['550 5.1.8 bad sender', 'sender', 'policy.sender-refused'], ['550 who?', 'sender', 'policy.sender-refused'], ['530 5.7.0 authentication required', 'sender', 'signin.rejected'],
    ['552 5.2.2 over quota', 'recipient', 'quota.exceeded'], ['452 4.2.2 over quota', 'recipient', 'quota.exceeded'], ['452 no room', 'recipient', 'quota.exceeded'],
    ['552 5.3.4 too big', 'sender', 'message.too-large'], ['552 too big', 'message', 'message.too-large'], ['553 5.6.7 need SMTPUTF8', 'recipient', 'send.needs-smtputf8'],
    ['450 4.2.0 greylisted', 'recipient', 'send.temporary'], ['451 4.7.1 later', 'recipient', 'send.temporary'], ['451 local error', 'message', 'send.temporary'],
    ['554 transaction failed', 'message', 'send.refused'], ['554 5.7.1 spam', 'message', 'policy.refused'],
    ['421 4.7.0 too many connections', 'message', 'policy.too-fast'], ['421 4.3.2 going down', 'recipient', 'server.unavailable'],
    ['554 no service', 'greeting', 'server.unavailable'], ['421 busy', 'greeting', 'server.unavailable'], ['535 5.7.3 no', 'sign-in', 'signin.rejected'], ['504 5.5.4 what?', 'sign-in', 'signin.no-mechanism'],
  ])('%s to %s is %s', (line, asked, code) => {
    expect(codeOf(line, asked)).toBe(code)
  })

  it('what is no reply is none', () => {
    for (const line of ['', 'hello', '25 ok', '199 too low', '600 too high']) expect(parseReply([line])).toBeNull()
    expect(parseReply(['250-one', '250 2.1.0 two'])).toEqual({ code: 250, enhanced: [2, 1, 0], lines: ['one', 'two'] })
  })

  it('domains go out in ASCII, local parts as they are', () => {
    expect(wireAddress('info@bücher.example')).toBe('info@xn--bcher-kva.example')
    expect(wireAddress('jürgen@example.org')).toBe('jürgen@example.org')
    expect(wireAddress('')).toBe('')
  })
})
