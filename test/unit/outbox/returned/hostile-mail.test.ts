import { describe, expect, test } from 'vitest'
import { readReturnedMail } from '../../../../electron/outbox/returned/read-returned-mail.ts'
import { complaint, deliveryReport, failed, families, plainMail, readReceipt, wrappedReport } from './made-up-mails.ts'

const kinds = ['no-report', 'delivery-report', 'read-receipt', 'complaint', 'auto-reply']
const size = 300_000
const long = (piece: string): string => piece.repeat(Math.ceil(size / piece.length))

/** Each would take minutes where a pattern looks back over what it has seen; the test's own time limit would end it. */
const pieces = ['a', '@', 'a@', 'a@b.example ', 'a@b.example\r\n', '<', '<a@b', ' ', '- ', '>>> DATA ', '>>> RCPT TO\n', '\n', 'exceeds account mailbox ', '550 ', '5.1.1 ', 'Received', 'original messag ', '=', '=\n', ';', '(', '(expanded from: ', 'in reply to the end of ', '[', 'address: address : ', 'message from ', 'recipient ', '@a.-', '"', 'unknown user sender recipient mailbox host ', 'Final-Recipient: rfc822; a@b.example\n', '<p ', '&amp', '\u00a0']

describe('every byte is hostile', () => {
  test.each(pieces)('%j without an end costs bounded work, wherever it stands', (piece) => {
    const [text, field] = [long(piece), long(piece).replaceAll(/\r?\n/g, ' ')]
    const mails = [
      plainMail({ from: 'MAILER-DAEMON@x.example', subject: 'failure notice', text: ["I wasn't able to deliver your message.", text] }),
      plainMail({ from: 'MAILER-DAEMON@x.example', subject: field, text: ['x'] }),
      plainMail({ from: field, subject: 'failure notice', text: ['x'] }),
      plainMail({ from: 'MAILER-DAEMON@x.example', subject: 'x', fields: [`X-Failed-Recipients: ${field}`, `References: ${field}`, `Content-Type: ${field}`], text: ['x'] }),
      deliveryReport([failed('anna@buyer.example', '5.0.0', `550 ${field}`)], { said: text }),
      deliveryReport([[text]]),
      readReceipt(field),
    ]
    expect(mails.map((mail) => kinds.includes(readReturnedMail(mail).is))).not.toContain(false)
  })

  test('no damage makes it throw', () => {
    const whole = [deliveryReport([failed('anna@buyer.example', '5.1.1', '550 User unknown')]), readReceipt('manual-action; displayed'), complaint, wrappedReport, ...families.map(plainMail)]
    let seed = 20_260_203
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return seed % below
    }
    const damaged = whole.flatMap((mail) =>
      Array.from({ length: 60 }, () => {
        const bytes = Buffer.from(mail)
        for (let flips = 0; flips < 12; flips += 1) bytes[random(bytes.length)] = random(256)
        return bytes.subarray(random(40), bytes.length - random(200))
      }),
    )
    expect(damaged.filter((mail) => !kinds.includes(readReturnedMail(mail).is))).toEqual([])
    expect(readReturnedMail(new Uint8Array(0))).toEqual({ is: 'no-report' })
  })

  test('what it hands on is one plain line of bounded length', () => {
    const read = readReturnedMail(deliveryReport([failed('anna@buyer.example', '5.1.1', `550 \u202eevil\u0007 ${'x'.repeat(5000)}`)]))
    expect(JSON.stringify(read)).not.toMatch(/\\u0007|\u202e/)
    expect(JSON.stringify(read).length).toBeLessThan(2000)
  })
})
