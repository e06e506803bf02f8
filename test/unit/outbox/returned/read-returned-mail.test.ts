import { describe, expect, test } from 'vitest'
import { readReturnedMail } from '../../../../electron/outbox/returned/read-returned-mail.ts'
import type { RecipientReport, ReturnedMail } from '../../../../electron/outbox/returned/returned-mail.ts'
import { complaint, deliveryReport, failed, families, forwardedReport, others, plainMail, providerNotice, readReceipt, wrappedReport } from './made-up-mails.ts'

function recipientsOf(read: ReturnedMail): readonly RecipientReport[] {
  expect(read.is).toBe('delivery-report')
  return read.is === 'delivery-report' ? read.recipients : []
}

const verdicts = (read: ReturnedMail) => recipientsOf(read).map(({ recipient, bounce }) => [recipient, bounce])

describe('a delivery report (RFC 3464)', () => {
  test('tells recipient, action, status, cause, the server’s words, and what it is about', () => {
    expect(readReturnedMail(deliveryReport([[...failed('anna@buyer.example', '5.1.1', '550 5.1.1 <anna@buyer.example>:'), '    User unknown', 'Original-Recipient: rfc822;sales@buyer.example']]))).toEqual({
      is: 'delivery-report',
      about: { envelopeId: 'mailroom-4711', messageIds: ['<invoice-12@firm.example>'] },
      reportingServer: 'relay.example',
      recipients: [{
        recipient: 'anna@buyer.example', originalRecipient: 'sales@buyer.example', action: 'failed', status: '5.1.1', replyCode: 550,
        cause: 'no-such-address', bounce: 'hard', words: '550 5.1.1 <anna@buyer.example>: User unknown',
      }],
    })
  })

  test.each([
    ['delivered', '2.0.0', 'delivered', null],
    ['relayed', '2.0.0', 'relayed', null],
    ['expanded', '2.0.0', 'expanded', null],
    ['delayed', '4.4.1', 'delayed', 'temporary'],
    ['failed', '5.0.0', 'failed', 'temporary'],
  ])('says what became of it: %s', (action, status, expected, bounce) => {
    const [only] = recipientsOf(readReturnedMail(deliveryReport([['Final-Recipient: rfc822; anna@buyer.example', `Action: ${action} (as it says)`, `Status: ${status} (more words)`]])))
    expect([only?.action, only?.bounce]).toEqual([expected, bounce])
  })

  test('what is only delayed is no hard bounce, whatever stood in the way', () => {
    expect(verdicts(readReturnedMail(deliveryReport([['Final-Recipient: rfc822; anna@buyer.example', 'Action: delayed', 'Status: 4.1.1', 'Diagnostic-Code: smtp; 450 4.1.1 user unknown']])))).toEqual([['anna@buyer.example', 'temporary']])
  })

  test('each recipient has a verdict of its own', () => {
    const read = readReturnedMail(deliveryReport([failed('anna@buyer.example', '5.1.1', '550 5.1.1 User unknown'), ['Final-Recipient: rfc822; ben@buyer.example', 'Action: delivered', 'Status: 2.1.5'], failed('<carl@buyer.example>', '5.2.2', '552 over quota')]))
    expect(verdicts(read)).toEqual([['anna@buyer.example', 'hard'], ['ben@buyer.example', null], ['carl@buyer.example', 'temporary']])
  })

  test('an internationalised one names its addresses as people write them (RFC 6533)', () => {
    const fields = ['Final-Recipient: utf-8; jürgen@käufer.example', 'Original-Recipient: utf-8; j\\x{FC}rgen@käufer.example', 'Action: failed', 'Status: 5.1.1']
    const [only] = recipientsOf(readReturnedMail(deliveryReport([fields], { kind: 'message/global-delivery-status' })))
    expect([only?.recipient, only?.originalRecipient]).toEqual(['jürgen@käufer.example', 'jürgen@käufer.example'])
  })

  test.each([
    ['5.1.1', '552 5.1.1 sorry, that mailbox is over quota', 'mailbox-full', 'temporary'],
    ['5.7.1', '550 5.7.1 <books@firm.example>: Sender address rejected: Domain does not exist', 'sender-refused', 'temporary'],
    ['5.7.1', '554 5.7.1 blocked using bl.example', 'sender-refused', 'temporary'],
    ['5.7.26', '550-5.7.26 Unauthenticated email is not accepted due to DMARC policy', 'sender-refused', 'temporary'],
    ['5.0.0', '550 Your message looks like spam', 'content-refused', 'temporary'],
    ['5.3.4', '552 message size exceeds fixed limit', 'too-large', 'temporary'],
    ['5.4.4', 'Host or domain name not found. Name service error for name=buyer.example type=A: Host not found', 'no-such-domain', 'hard'],
    ['4.4.3', 'Host or domain name not found. Name service error for name=buyer.example type=MX: Host not found, try again', 'server-trouble', 'temporary'],
    ['5.1.10', '556 5.1.10 Recipient address has null MX', 'takes-no-mail', 'hard'],
    ['5.1.6', '551 5.1.6 user has moved, try elsewhere', 'moved', 'hard'],
    ['4.4.7', 'delivery time expired', 'gave-up', 'temporary'],
    ['5.2.1', '550 5.2.1 The account is disabled', 'mailbox-disabled', 'temporary'],
    ['5.0.0', '421 too many connections from you', 'too-many', 'temporary'],
  ] as const)('%s %s means %s', (status, words, cause, bounce) => {
    const [only] = recipientsOf(readReturnedMail(deliveryReport([failed('anna@buyer.example', status, words)])))
    expect([only?.cause, only?.bounce]).toEqual([cause, bounce])
  })

  test.each([
    ['RCPT TO', 'hard'],
    ['end of DATA', 'temporary'],
    ['MAIL FROM', 'temporary'],
  ])('a server that calls the address unknown in reply to the %s command: %s', (command, bounce) => {
    expect(verdicts(readReturnedMail(deliveryReport([failed('anna@buyer.example', '5.0.0', '550 User unknown')], { said: `<anna@buyer.example>: host mx.buyer.example said: 550 User unknown (in reply to ${command} command)` })))).toEqual([['anna@buyer.example', bounce]])
  })

  test('a report that a mail filter wraps into its own is read; one that a person forwards is not', () => {
    expect(verdicts(readReturnedMail(wrappedReport))).toEqual([['anna@buyer.example', 'hard']])
    expect(readReturnedMail(forwardedReport)).toEqual({ is: 'no-report' })
  })
})

describe('bounces that follow no standard', () => {
  test.each(families)('$family', (mail) => {
    expect(verdicts(readReturnedMail(plainMail(mail)))).toEqual(mail.recipients)
  })

  test('what stands in the returned mail is not taken for the reason, but tells which mail it was', () => {
    const [read] = families.map((mail) => readReturnedMail(plainMail(mail)))
    expect(read).toMatchObject({ about: { messageIds: ['<invoice-12@firm.example>'] } })
  })

  test('in the charset they say', () => {
    const japanese = Buffer.concat([plainMail({ from: 'Postmaster@jp.example', subject: 'Mail System Error - Returned Mail', charset: 'iso-2022-jp', text: [] }), Buffer.from('\x1b$B8+$D$+$j$^$;$s\x1b(B\r\n<anna@buyer.example>\r\n')])
    expect(verdicts(readReturnedMail(japanese))).toEqual([['anna@buyer.example', 'hard']])
  })

  test("a provider's notices in JSON, also where mail broke its lines", () => {
    const bounce = { notificationType: 'Bounce', mail: { commonHeaders: { messageId: '<invoice-12@firm.example>' } }, bounce: { bouncedRecipients: [{ emailAddress: 'anna@buyer.example', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' }] } }
    expect(verdicts(readReturnedMail(providerNotice(bounce)))).toEqual([['anna@buyer.example', 'hard']])
    expect(verdicts(readReturnedMail(providerNotice({ Type: 'Notification', Message: JSON.stringify(bounce) })))).toEqual([['anna@buyer.example', 'hard']])
    expect(verdicts(readReturnedMail(providerNotice({ notificationType: 'Delivery', mail: {}, delivery: { recipients: ['anna@buyer.example'] } })))).toEqual([['anna@buyer.example', null]])
    expect(readReturnedMail(providerNotice({ notificationType: 'Complaint', mail: {}, complaint: { complainedRecipients: [{ emailAddress: 'anna@buyer.example' }] } }))).toMatchObject({ is: 'complaint', recipients: ['anna@buyer.example'] })
  })
})

describe('a read receipt (RFC 8098)', () => {
  test.each([
    ['manual-action/MDN-sent-manually; displayed', 'displayed', false],
    ['automatic-action/MDN-sent-automatically; displayed/error', 'displayed', true],
    ['manual-action/MDN-sent-automatically; deleted', 'deleted', false],
    ['manual-action/MDN-sent-manually; something-else', 'processed', false],
  ])('%s', (said, disposition, automatic) => {
    expect(readReturnedMail(readReceipt(said))).toEqual({
      is: 'read-receipt',
      about: { envelopeId: null, messageIds: ['<invoice-12@firm.example>'] },
      receipt: { recipient: 'anna.b@buyer.example', originalRecipient: 'anna@buyer.example', disposition, automatic },
    })
  })
})

test('what a program deleted by itself was refused (RFC 5429)', () => {
  expect(readReturnedMail(readReceipt('automatic-action/MDN-sent-automatically; deleted', 'Your message was automatically rejected: mailbox is full'))).toMatchObject({
    is: 'delivery-report', about: { messageIds: ['<invoice-12@firm.example>'] }, recipients: [{ recipient: 'anna.b@buyer.example', originalRecipient: 'anna@buyer.example', action: 'failed', cause: 'mailbox-full', bounce: 'temporary' }],
  })
})

describe('never called a bounce', () => {
  test('a complaint (RFC 5965)', () => {
    expect(readReturnedMail(complaint)).toEqual({ is: 'complaint', about: { envelopeId: null, messageIds: ['<invoice-12@firm.example>'] }, feedbackType: 'abuse', recipients: ['anna@buyer.example'] })
  })

  test.each(others)('$what', (mail) => {
    expect(readReturnedMail(plainMail(mail)).is).toBe(mail.is)
  })
})
