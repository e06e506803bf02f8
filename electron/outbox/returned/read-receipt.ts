/** A message disposition notification: what became of a mail at its reader's (RFC 8098 section 3). */
import { typedAddress } from './addresses.ts'
import { readFields } from './mail-parts.ts'
import type { AboutMail, ReadReceipt } from './returned-mail.ts'

const dispositions = ['displayed', 'deleted', 'dispatched', 'processed', 'denied', 'failed'] as const

export function readReceipt(text: string, about: AboutMail): { readonly about: AboutMail; readonly receipt: ReadReceipt } {
  const fields = readFields(text)
  const original = /<[^<>\s]{1,990}>/.exec(fields.first('original-message-id'))?.[0]
  const [mode = '', type = ''] = fields.first('disposition').toLowerCase().split(';')
  const said = type.trim().split(/[/,\s]/)[0]
  return {
    about: { envelopeId: about.envelopeId, messageIds: original === undefined ? about.messageIds : [original] },
    receipt: {
      recipient: typedAddress(fields.first('final-recipient')),
      originalRecipient: typedAddress(fields.first('original-recipient')),
      disposition: dispositions.find((one) => one === said) ?? 'processed',
      automatic: mode.includes('automatic-action'),
    },
  }
}
