/** Notices that Amazon SES sends as a JSON text ("Amazon SNS notification contents for Amazon SES" in its developer guide). */
import { z } from 'zod'
import { hardCauses, judgeRefusal } from './judge-refusal.ts'
import type { ReturnedMail, RecipientReport } from './returned-mail.ts'

const address = z.string().max(320)
const recipient = z.object({ emailAddress: address, status: z.string().max(20).nullish(), diagnosticCode: z.string().max(4000).nullish() })
const mail = z.object({ commonHeaders: z.object({ messageId: z.string().max(990).optional() }).optional() })
const notice = z.union([
  z.object({ notificationType: z.literal('Bounce'), mail, bounce: z.object({ bouncedRecipients: z.array(recipient).max(500), reportingMTA: z.string().max(300).optional() }) }),
  z.object({ notificationType: z.literal('Delivery'), mail, delivery: z.object({ recipients: z.array(address).max(500), smtpResponse: z.string().max(2000).optional(), reportingMTA: z.string().max(300).optional() }) }),
  z.object({ notificationType: z.literal('Complaint'), mail, complaint: z.object({ complainedRecipients: z.array(recipient).max(500), complaintFeedbackType: z.string().max(50).nullish() }) }),
])

/** The notification service's own wrapping, where it is not switched off. */
const envelope = z.object({ Type: z.literal('Notification'), Message: z.string() })

export function readProviderNotice(text: string): ReturnedMail | null {
  const start = text.trimStart()
  if (!start.startsWith('{')) return null
  // Mail breaks long lines, and with them the strings of a JSON text.
  const whole = parseJson(start.slice(0, start.lastIndexOf('}') + 1).replaceAll(/\r?\n/g, ''))
  const inside = envelope.safeParse(whole)
  const parsed = notice.safeParse(inside.success ? parseJson(inside.data.Message) : whole)
  if (!parsed.success) return null
  const said = parsed.data
  const id = said.mail.commonHeaders?.messageId
  const about = { envelopeId: null, messageIds: id === undefined ? [] : [id] }
  switch (said.notificationType) {
    case 'Complaint':
      return { is: 'complaint', about, feedbackType: said.complaint.complaintFeedbackType ?? 'abuse', recipients: said.complaint.complainedRecipients.map(({ emailAddress }) => emailAddress) }
    case 'Delivery':
      return { is: 'delivery-report', about, reportingServer: said.delivery.reportingMTA ?? null, recipients: said.delivery.recipients.map((one) => delivered(one, said.delivery.smtpResponse ?? '')) }
    case 'Bounce':
      return { is: 'delivery-report', about, reportingServer: said.bounce.reportingMTA ?? null, recipients: said.bounce.bouncedRecipients.map(bounced) }
  }
}

function delivered(recipientAddress: string, words: string): RecipientReport {
  return { recipient: recipientAddress, originalRecipient: null, action: 'delivered', status: null, replyCode: null, cause: null, bounce: null, words }
}

function bounced({ emailAddress, status, diagnosticCode }: z.infer<typeof recipient>): RecipientReport {
  const words = (diagnosticCode ?? '').replace(/^smtp;\s?/, '')
  const judged = judgeRefusal({ diagnostic: words, explanation: '', status: status ?? null })
  return { recipient: emailAddress, originalRecipient: null, action: 'failed', ...judged, bounce: hardCauses.has(judged.cause) ? 'hard' : 'temporary', words: words.slice(0, 500) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
