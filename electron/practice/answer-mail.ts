/** What the practice customers write back: one friendly answer to every mail, in its thread. */
import { composeMessage } from './sample-mail.ts'
import type { Received } from './smtp-side.ts'

/** Customers are everybody below `.example` (RFC 2606) who has no mailbox here. */
export function isCustomer(address: string): boolean {
  return /\.example$/i.test(address)
}

export async function answerMail(mail: Received, customer: string, now: Date): Promise<Buffer> {
  const header = mail.bytes.subarray(0, Math.max(mail.bytes.indexOf('\r\n\r\n'), 0)).toString('utf8').replace(/\r\n[ \t]+/g, ' ')
  const messageId = field(header, 'Message-ID')
  const subject = decodeWords(field(header, 'Subject') ?? '')
  return composeMessage({
    from: { name: nameOf(customer), address: customer },
    to: mail.from,
    date: now,
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    ...(messageId === null ? {} : { inReplyTo: messageId, references: messageId }),
    text: 'Hello,\n\nthank you, your message arrived, and we could open everything in it. If it was an invoice, it will be paid this week.\n\nKind regards,\n' + `${nameOf(customer)}\n`,
  })
}

function field(header: string, name: string): string | null {
  return new RegExp(`^${name}:[ \\t]*([^\\r\\n]*)$`, 'im').exec(header)?.[1]?.trim() ?? null
}

/** `accounts@bakery.example` is called Bakery. */
function nameOf(address: string): string {
  const name = /@(?:.*\.)?([^.]+)\.example$/i.exec(address)?.[1] ?? address
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** RFC 2047, as far as the subjects this server answers need it. */
function decodeWords(text: string): string {
  return text
    .replace(/(=\?[^?]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_whole, encoding: string, data: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(data, 'base64').toString('utf8')
        : Buffer.from(data.replaceAll('_', ' ').replace(/=([\da-f]{2})/gi, (_code, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8'),
    )
}
