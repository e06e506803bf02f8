/** Mails made up after the standards and after families of wording; nobody ever got one of these. */

const crlf = (lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'))

/** A delivery report as RFC 3464 has it. `blocks` are the recipients' fields. */
export function deliveryReport(blocks: readonly (readonly string[])[], { said = 'Your message could not be delivered.', kind = 'message/delivery-status' } = {}): Buffer {
  return crlf([
    'Return-Path: <>', 'From: MAILER-DAEMON@relay.example (Mail Delivery System)', 'To: books@firm.example', 'Subject: Undelivered Mail Returned to Sender', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;', '\tboundary="=_report/1"', '',
    '--=_report/1', 'Content-Type: text/plain; charset=utf-8', '', said, '',
    '--=_report/1', `Content-Type: ${kind}`, '', 'Reporting-MTA: dns; relay.example', 'Original-Envelope-Id: mailroom-4711', '', ...blocks.flatMap((block) => [...block, '']),
    '--=_report/1', 'Content-Type: text/rfc822-headers', '', 'From: books@firm.example', 'To: anna@buyer.example', 'Message-ID: <invoice-12@firm.example>', 'Subject: Invoice 12', '', '--=_report/1--', '',
  ])
}

export const failed = (address: string, status: string, diagnostic: string): readonly string[] => [`Final-Recipient: rfc822; ${address}`, 'Action: failed', `Status: ${status}`, `Diagnostic-Code: smtp; ${diagnostic}`]

export function readReceipt(disposition: string, said = 'Your message was read.'): Buffer {
  return crlf([
    'From: Anna <anna@buyer.example>', 'To: books@firm.example', 'Subject: Read: Invoice 12', 'Content-Type: multipart/report; report-type=disposition-notification; boundary=mdn', '',
    '--mdn', 'Content-Type: text/plain', '', said, '',
    '--mdn', 'Content-Type: message/disposition-notification', '', 'Reporting-UA: pc.buyer.example; Reader 1', 'Original-Recipient: rfc822;anna@buyer.example', 'Final-Recipient: rfc822; anna.b@buyer.example', 'Original-Message-ID: <invoice-12@firm.example>', `Disposition: ${disposition}`, '', '--mdn--', '',
  ])
}

export const complaint: Buffer = crlf([
  'From: <feedback@provider.example>', 'To: abuse@firm.example', 'Subject: FW: Invoice 12', 'Content-Type: multipart/report; report-type=feedback-report; boundary=arf', '',
  '--arf', 'Content-Type: text/plain', '', 'This is an abuse report for a message received from 192.0.2.1. The mail could not be delivered to the inbox.', '',
  '--arf', 'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: Feedback/1.0', 'Version: 1', 'Original-Rcpt-To: <anna@buyer.example>', '',
  '--arf', 'Content-Type: message/rfc822', '', 'Message-ID: <invoice-12@firm.example>', 'To: anna@buyer.example', '', 'Hello', '--arf--', '',
])

export interface PlainMail {
  readonly from: string
  readonly subject: string
  readonly text: readonly string[]
  readonly fields?: readonly string[]
  readonly charset?: string
  readonly kind?: string
}

export function plainMail({ from, subject, text, fields = ['Return-Path: <>'], charset = 'utf-8', kind = 'text/plain' }: PlainMail): Buffer {
  return crlf([...fields, `From: ${from}`, 'To: books@firm.example', `Subject: ${subject}`, `Content-Type: ${kind}; charset=${charset}`, 'Content-Transfer-Encoding: 8bit', '', ...text, ''])
}

/** What went out, as reports return it. */
export const ourMail = ['Return-Path: <books@firm.example>', 'Message-ID: <invoice-12@firm.example>', 'From: books@firm.example', 'To: anna@buyer.example', 'Subject: Invoice 12', '', 'Dear Anna, the account is over quota, user unknown, spam.']

export interface Family extends PlainMail {
  readonly family: string
  readonly recipients: readonly (readonly [address: string, bounce: 'hard' | 'temporary'])[]
}

/** What mail systems write that follow no standard. */
export const families: readonly Family[] = [
  { family: 'qmail', from: 'MAILER-DAEMON@q.example', subject: 'failure notice', recipients: [['anna@buyer.example', 'hard'], ['ben@buyer.example', 'temporary']],
    text: ['Hi. This is the qmail-send program at q.example.', "I'm afraid I wasn't able to deliver your message to the following addresses.", "This is a permanent error; I've given up. Sorry it didn't work out.", '', '<anna@buyer.example>:', '192.0.2.7 does not like recipient.', 'Remote host said: 550 5.1.1 No such mailbox', 'Giving up on 192.0.2.7.', '', '<ben@buyer.example>:', '192.0.2.7 does not like recipient.', 'Remote host said: 552 5.2.2 Mailbox full', 'Giving up on 192.0.2.7.', '', '--- Below this line is a copy of the message.', '', ...ourMail] },
  { family: 'Exim', from: 'Mail Delivery System <Mailer-Daemon@e.example>', subject: 'Mail delivery failed: returning message to sender', fields: ['Return-path: <>', 'X-Failed-Recipients: anna@buyer.example', 'Auto-Submitted: auto-replied'], recipients: [['anna@buyer.example', 'hard']],
    text: ['This message was created automatically by mail delivery software.', '', 'A message that you sent could not be delivered to one or more of its', 'recipients. This is a permanent error. The following address(es) failed:', '', '  anna@buyer.example', '    host mx.buyer.example [192.0.2.7]', '    SMTP error from remote mail server after RCPT TO:<anna@buyer.example>:', '    550 Unknown local part anna', '', '------ This is a copy of the message, including all the headers. ------', '', ...ourMail] },
  { family: 'Exim, still trying', from: 'Mail Delivery System <Mailer-Daemon@e.example>', subject: 'Warning: message 1abc-def delayed 24 hours', fields: ['Return-path: <>', 'Auto-Submitted: auto-replied'], recipients: [['anna@buyer.example', 'temporary']],
    text: ['This message was created automatically by mail delivery software.', 'A message that you sent has not yet been delivered to one or more of its', 'recipients after more than 24 hours on the queue on e.example.', '', 'The address to which the message has not yet been delivered is:', '', '  anna@buyer.example', '    Delay reason: user unknown for now', '', 'No action is required on your part.'] },
  { family: 'Sendmail before reports', from: 'Mail Delivery Subsystem <MAILER-DAEMON@s.example>', subject: 'Returned mail: Host unknown (Name server: buyer.example: host not found)', recipients: [['anna@buyer.example', 'hard']],
    text: ['The original message was received at Mon, 3 Feb 2025 09:00:00 GMT', 'from localhost', '', '   ----- The following addresses had permanent fatal errors -----', '<anna@buyer.example>', '', '   ----- Transcript of session follows -----', '550 <anna@buyer.example>... Host unknown (Name server: buyer.example: host not found)', '', '   ----- Original message follows -----', '', ...ourMail] },
  { family: 'Exchange of old', from: 'System Administrator <postmaster@buyer.example>', subject: 'Undeliverable: Invoice 12', recipients: [['anna@buyer.example', 'hard']],
    text: ['Your message', '', '  To:      books@firm.example', '  Subject: Invoice 12', '  Sent:    Mon, 3 Feb 2025 09:00:00 +0100', '', 'did not reach the following recipient(s):', '', 'anna@buyer.example on Mon, 3 Feb 2025 09:00:05 +0100', '    The recipient name is not recognized'] },
  { family: 'Notes', from: 'postmaster@n.example', subject: 'DELIVERY FAILURE: Invoice 12', recipients: [['anna@buyer.example', 'hard']],
    text: ['------- Failure Reasons  --------', '', 'User not listed in public Name & Address Book', 'anna@buyer.example', '', '------- Returned Message --------', ...ourMail] },
  { family: 'GroupWise', from: '<Mailer-Daemon@g.example>', subject: 'Mail System Error', recipients: [['anna@buyer.example', 'temporary']],
    text: ['The message that you sent was undeliverable to the following:', '\tanna@buyer.example (mailbox size limit exceeded)'] },
  { family: 'a large provider', from: 'Mail Delivery Subsystem <mailer-daemon@provider.example>', subject: 'Delivery Status Notification (Failure)', recipients: [['anna@buyer.example', 'temporary']],
    text: ['Delivery to the following recipient failed permanently:', '', '     anna@buyer.example', '', 'Technical details of permanent failure:', 'The provider tried to deliver your message, but it was rejected by the recipient domain. The error that the other server returned was: 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example', '', '----- Original message -----', '', ...ourMail] },
  { family: 'Dutch', from: 'Postmaster <postmaster@nl.example>', subject: 'Onbestelbaar: Factuur 12', recipients: [['anna@buyer.example', 'hard']],
    text: ['Uw bericht is niet bezorgd bij de volgende ontvanger:', '', '<anna@buyer.example>: gebruiker onbekend', '', '--- Oorspronkelijk bericht ---', ...ourMail] },
  { family: 'German', from: 'Mail Delivery System <mailer-daemon@de.example>', subject: 'Unzustellbar: Rechnung 12', recipients: [['anna@buyer.example', 'temporary']],
    text: ['Ihre Nachricht konnte nicht zugestellt werden:', '', '  anna@buyer.example', '  Das Postfach des Empfängers ist voll.', '', '----- Ursprüngliche Nachricht -----', ...ourMail] },
  { family: 'French', from: 'postmaster@fr.example', subject: 'Non remis : Facture 12', recipients: [['anna@buyer.example', 'hard']],
    text: ["Votre message n'a pas pu être remis aux destinataires suivants :", '', '<anna@buyer.example> : destinataire inconnu', '', "----- Message d'origine -----", ...ourMail] },
  { family: 'Japanese', from: 'Postmaster@jp.example', subject: 'Mail System Error - Returned Mail', recipients: [['anna@buyer.example', 'hard']],
    text: ['次のあて先へのメッセージはエラーのため送信できませんでした。', '送信先メールアドレスが見つかりません。', '', '<anna@buyer.example>'] },
  { family: 'Russian', from: 'mailer-daemon@ru.example', subject: 'Недоставленное сообщение', recipients: [['anna@buyer.example', 'hard']],
    text: ['Ваше письмо не доставлено:', '', 'anna@buyer.example: пользователь не найден'] },
  { family: 'a system under a name of its own', from: 'Relay of buyer.example <relay@buyer.example>', subject: 'Delivery failure', recipients: [['anna@buyer.example', 'hard']],
    text: ['We were unable to deliver your message to anna@buyer.example:', '550 5.1.1 no such user', '', '----- Original message follows -----', ...ourMail] },
]

/** Nothing of this is a bounce, however much it looks like one. */
export const others: readonly (PlainMail & { readonly what: string; readonly is: 'no-report' | 'auto-reply' })[] = [
  { what: 'an ordinary mail', is: 'no-report', from: 'Anna <anna@buyer.example>', subject: 'Re: Invoice 12', fields: ['Return-Path: <anna@buyer.example>'], text: ['Thank you, we will pay on Friday.'] },
  { what: 'an invoice with a delivery failure in its subject', is: 'no-report', from: 'Parcels <billing@parcels.example>', subject: 'Delivery failed: invoice 4711', fields: ['Return-Path: <billing@parcels.example>'], text: ['Delivery to the following address failed: Main Street 1.', 'Please pay for the second attempt. Questions: help@parcels.example'] },
  { what: 'a newsletter', is: 'no-report', from: 'News <news@shop.example>', subject: 'Your mailbox is full ... of offers', fields: ['Return-Path: <bounce-12@shop.example>', 'List-Id: <news.shop.example>', 'Precedence: bulk'], text: ['You are receiving this because books@firm.example is on our list.', 'Could not be delivered in time? Order again!'] },
  { what: "a ticket system's answer", is: 'auto-reply', from: 'Helpdesk <help@host.example>', subject: '[#4711] Your request failed', fields: ['Return-Path: <>', 'Auto-Submitted: auto-replied'], text: ['Your request could not be completed. The job for anna@buyer.example returned error 550.', 'We will look into it.'] },
  { what: 'a vacation answer', is: 'auto-reply', from: 'Anna <anna@buyer.example>', subject: 'Out of office: Invoice 12', fields: ['Return-Path: <>', 'Auto-Submitted: auto-replied (vacation)'], text: ['I am away until 3 March. Mail is not read. In urgent cases: ben@buyer.example'] },
  { what: 'a vacation answer of older programs', is: 'auto-reply', from: 'Anna <anna@buyer.example>', subject: 'Abwesenheitsnotiz', fields: ['Return-Path: <>', 'Precedence: junk'], text: ['Ich bin nicht erreichbar.'] },
  { what: "a postmaster's own vacation answer", is: 'auto-reply', from: 'postmaster@buyer.example', subject: 'Automatic reply: Invoice 12', fields: ['Return-Path: <>', 'Auto-Submitted: auto-replied'], text: ['The team is away. anna@buyer.example answers from Monday.'] },
  { what: 'a bounce that a person quotes', is: 'no-report', from: 'Ben <ben@firm.example>', subject: 'Fwd: Undelivered Mail Returned to Sender', fields: ['Return-Path: <ben@firm.example>'], text: ['Have a look, Anna has gone it seems.', '', '---------- Forwarded message ----------', 'From: MAILER-DAEMON@relay.example', 'Subject: Undelivered Mail Returned to Sender', '', 'I could not deliver: <anna@buyer.example>: 550 5.1.1 user unknown'] },
  { what: 'a bounce that a postmaster quotes line by line', is: 'no-report', from: 'Postmaster <postmaster@buyer.example>', subject: 'Re: Undelivered Mail', fields: ['Return-Path: <postmaster@buyer.example>'], text: ['Hello, we look into this.', '', '> I could not deliver your mail: <anna@buyer.example>: 550 5.1.1 user unknown', '> It is a permanent error.'] },
  { what: 'a vacation answer that quotes the mail, above a disclaimer', is: 'auto-reply', from: 'Anna <anna@buyer.example>', subject: 'I am away', fields: ['Return-Path: <>', 'Auto-Submitted: auto-replied'], text: ['I cannot be reached. Write to ben@buyer.example; he cannot deliver wonders either.', '', 'If you are not the intended recipient, delete this mail. It could not be delivered to anybody else.', '', '-----Original Message-----', 'From: books@firm.example', 'Message-ID: <invoice-12@firm.example>'] },
  { what: "a postmaster's vacation answer above a disclaimer", is: 'auto-reply', from: 'Postmaster <postmaster@buyer.example>', subject: 'Abwesenheit: Rechnung 12', fields: ['Return-Path: <>', 'Auto-Submitted: auto-replied'], text: ['Ihre Nachricht konnte ich nicht lesen. Fehler melden Sie an ben@buyer.example.'] },
  { what: "a shop's word about an order", is: 'no-report', from: 'Administrator <admin@shop.example>', subject: 'Your order could not be delivered', fields: ['Return-Path: <admin@shop.example>'], text: ['Your order for anna@buyer.example could not be delivered to the address given. Please call us.'] },
  { what: "a postmaster's own words about a mail", is: 'no-report', from: 'Postmaster <postmaster@buyer.example>', subject: 'Your message to Anna', fields: ['Return-Path: <postmaster@buyer.example>'], text: ['Hello, your message to anna@buyer.example could not be delivered last week. Anna has left us; please write to ben@buyer.example.'] },
  { what: "a postmaster's announcement", is: 'no-report', from: 'Postmaster <postmaster@firm.example>', subject: 'Maintenance on Sunday', fields: ['Return-Path: <postmaster@firm.example>'], text: ['The mail server restarts on Sunday. Questions: help@firm.example'] },
]

/** Somebody forwards a whole report as an attachment. */
export const forwardedReport: Buffer = crlf([
  'From: Ben <ben@firm.example>', 'To: books@firm.example', 'Subject: Undelivered Mail Returned to Sender', 'Content-Type: multipart/mixed; boundary=fw', '',
  '--fw', 'Content-Type: text/plain', '', 'See attached.', '', '--fw', 'Content-Type: message/rfc822', '', deliveryReport([failed('anna@buyer.example', '5.1.1', '550 5.1.1 user unknown')]).toString(), '--fw--', '',
])

/** A filter in front of us wraps a report into one of its own. */
export const wrappedReport: Buffer = crlf([
  'Return-Path: <MAILER-DAEMON@filter.example>', 'From: Mail Delivery Subsystem <MAILER-DAEMON@filter.example>', 'To: books@firm.example', 'Subject: Returned mail: User unknown', 'Content-Type: multipart/mixed; boundary=wr', '',
  '--wr', 'Content-Type: text/plain', '', 'The following addresses had permanent delivery errors', '', '--wr', 'Content-Type: message/rfc822', '', deliveryReport([failed('anna@buyer.example', '5.1.1', '550 5.1.1 user unknown')]).toString(), '--wr--', '',
])

export function providerNotice(what: object): Buffer {
  return crlf(['From: no-reply@notices.example', 'To: books@firm.example', 'Subject: Notification Message', 'Content-Type: text/plain; charset=UTF-8', '', JSON.stringify(what), '', '--', 'If you wish to stop receiving notifications from this topic, unsubscribe.'])
}
