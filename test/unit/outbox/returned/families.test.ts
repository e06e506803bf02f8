/**
 * Texts that mail systems and filters of many makers and languages write, made up after their manuals and error pages; and automatic answers
 * in the languages of the usual programs. What each means, and that nothing else is taken for a bounce.
 */
import { describe, expect, test } from 'vitest'
import { readReturnedMail } from '../../../../electron/outbox/returned/read-returned-mail.ts'
import type { ReturnedMail } from '../../../../electron/outbox/returned/returned-mail.ts'
import { deliveryReport, failed, ourMail, plainMail } from './made-up-mails.ts'

const anna = 'anna@buyer.example'

/** `hard`, `temporary`, `delayed` or what became of it; of Anna alone. */
function verdict(read: ReturnedMail): string {
  if (read.is !== 'delivery-report') return read.is
  return read.recipients.map(({ recipient, action, bounce }) => `${action === 'delayed' ? 'delayed' : (bounce ?? action)}${recipient === anna ? '' : ` of ${String(recipient)}`}`).join(', ')
}

const toRcpt = (words: string) => readReturnedMail(deliveryReport([failed(anna, /\b[45]\.\d\.\d+/.exec(words)?.[0] ?? '5.0.0', words)], { said: `<${anna}>: host mx.buyer.example[192.0.2.3] said: ${words} (in reply to RCPT TO command)` }))

describe('in reply to RCPT, an address that is not there', () => {
  test.each([
    '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]',
    '550 5.1.1 <anna@buyer.example>: user lookup success but no user record found: anna',
    '550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000728',
    '550 The recipient may contain a non-existent account, please check the recipient address.',
    '550 User not found: anna@163.com',
    '550 5.7.1 No such user!',
    '550 Message was not accepted -- invalid mailbox.  Local mailbox anna@mail.ru is unavailable: user not found',
    '550 5.1.1 Not our Customer',
    '550 Requested action not taken: mailbox unavailable For explanation visit http://postmaster.gmx.com/en/error-messages?ip=1&c=rcpt',
    '550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient\'s email address',
    '550 5.5.0 Requested action not taken: mailbox unavailable. [BN3NAM04FT050.eop-NAM04.prod.protection.outlook.com]',
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    '554 delivery error: dd This user doesn\'t have a yahoo.com account (anna@yahoo.com) [0] - mta1.mail.yahoo.com',
    '550 5.1.1 anna@buyer.example recipient not found. <http://x.co/irbounce>',
    '550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550',
    '550 5.1.1 User unknown; rejecting',
    '550 #5.1.0 Address rejected.',
    '550 5.1.0 <anna@buyer.example> recipient rejected.',
    '553 5.3.0 <anna@buyer.example>... Addressee unknown, relay=[192.0.2.1]',
    '550 anna@buyer.example... No such user here',
    '511 5.1.1 unknown address or alias: anna@buyer.example',
    '550 sorry, no mailbox here by that name (#5.1.1)',
    '550 5.1.1 This is not a valid email address',
    '550 Unknown user anna@docomo.ne.jp',
    '550 <anna@ezweb.ne.jp>: User unknown',
    '550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found',
    '550 5.1.1 Empfaenger unbekannt',
    '550 Unrouteable address',
    '550 5.2.1 Mailbox does not exist',
    '550 5.1.1 The user does not exist in virtual mailbox table',
    '550 5.1.1 Mailbox <anna@buyer.example> does not exist',
    '550 5.1.1 Account not available (recipient)',
    '550 unknown recipient, recipient no longer on server: anna@buyer.example',
    '550 5.0.0 <anna@buyer.example>... User unknown',
    '550 RCPT TO:<anna@buyer.example> User unknown',
    '550 5.1.6 recipient no longer on server',
    '550 Recipient is no longer with the company',
    '550 5.1.1 mailbox not known here',
    '550 5.1.2 <anna@buyer.example>: Recipient address rejected: Domain not found',
    '550 5.1.1 Usuario desconocido',
    '550 5.1.1 Utente sconosciuto',
    '550 <anna@buyer.example> no such person at this address',
    '501 5.1.3 Bad recipient address syntax',
    '550 Cuenta inexistente',
    '550 5.1.1 Destinataire inconnu',
    '556 5.1.10 Recipient domain does not accept mail (nullMX)',
    '550 5.1.1 invalid address',
    '554 5.4.4 Unable to find MX records for domain buyer.example',
    '550 Verification failed for <anna@buyer.example> No Such User Here',
    '550 Ungültiger Empfänger',
    '550 User [anna@buyer.example] does not exist',
    '550 Recipient not in list of allowed users, unknown',
    '550 5.1.1 x.buyer.example anna@buyer.example user not found',
    '550 cannot find your recipient',
  ])('%s', (words) => {
    expect(verdict(toRcpt(words))).toBe('hard')
  })
})

describe('in reply to RCPT, anything that says nothing of the address', () => {
  test.each([
    '552 5.1.1 Boite du destinataire pleine.Recipient overquota. OFR_417 [417]',
    '550 5.2.1 This mailbox has been blocked due to inactivity',
    '552 5.2.2 <anna@buyer.example>: user is over quota',
    '554 5.7.1 [HM08] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137',
    '550 Mail content denied. http://service.mail.qq.com/',
    '550 Ip frequency limited.',
    '550 Domain frequency limited.',
    '554 DT:SPM 163 smtp5,D9GowACHO7RNPB9YmkAKCw--.8541S2',
    '550 User suspended',
    '550 MI:IMF 163',
    '553 Requested action not taken: NULL sender is not allowed',
    '451 4.7.1 Sorry, the service is currently unavailable. Please try again later.',
    '550 spam message rejected. Please visit http://help.mail.ru/notspam-support',
    '550 5.1.0 <anna@buyer.example> Account suspended',
    '550 4.2.1 mailbox temporarily disabled: anna@buyer.example',
    '554 This email from IP 1.2.3.4 has been rejected. The email message was detected as spam.',
    '550 permanent failure for one or more recipients (anna@buyer.example:blocked)',
    '550 5.7.1 Message contains spam or virus. (#550)',
    '554 5.7.1 Service unavailable; Client host [1.2.3.4] blocked using zen.spamhaus.org',
    '550-5.7.26 This mail has been blocked because the sender is unauthenticated',
    '421-4.7.0 [1.2.3.4 15] Our system has detected an unusual rate of unsolicited mail',
    '452-4.2.2 The recipient\'s inbox is out of storage space. Please direct the recipient',
    '450-4.2.1 The user you are trying to contact is receiving mail too quickly',
    '550 5.7.511 Access denied, banned sender[1.2.3.4]. To request removal',
    '550 5.7.1 Service unavailable, Client host [1.2.3.4] blocked using FBLW15',
    '550 5.7.606 Access denied, banned sending IP',
    '550 5.7.124 RESOLVER.RST.SenderNotInAllowedSendersList; not in allowed-senders list',
    '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required',
    '550 5.7.64 TenantAttribution; Relay Access Denied',
    '550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient',
    '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException',
    '550 4.4.7 QUEUE.Expired; message expired',
    '554 5.4.14 Hop count exceeded - possible mail loop',
    '550 5.0.350 Remote server returned an error -> 550 Content rejected',
    '552 5.3.4 Message size exceeds fixed maximum message size',
    '550 This message is larger than the current system limit or the recipient\'s mailbox is full',
    '553 5.7.1 <anna@buyer.example>: Sender address rejected: not owned by user',
    '550 Sender verify failed',
    '550 relay not permitted',
    '550 5.7.1 Relaying denied',
    '554 5.7.1 <anna@buyer.example>: Relay access denied',
    '550 5.7.1 SPF check failed',
    '550 rejected because of DMARC policy',
    '550 Reverse DNS lookup failed',
    '450 4.7.1 Client host rejected: cannot find your reverse hostname',
    '450 4.2.0 Greylisted, please try again in 300 seconds',
    '550 5.2.1 The email account that you tried to reach is disabled',
    '550 5.2.1 mailbox disabled, not accepting messages',
    '550 mailbox is inactive',
    '550 Requested action not taken: mailbox locked',
    '550 Account disabled by administrator',
    '550 High probability of spam',
    '554 Message refused',
    '550 Denied by policy',
    '550 5.7.1 Rejected by header based Anti-Spam',
    '554 5.7.1 The message from (<>) with the subject of (x) matches a profile the Internet community may consider spam',
    '451 4.3.0 Temporary server error',
    '421 4.3.2 Service not available, closing channel',
    '554 5.3.0 Mail server error',
    '550 Too many invalid recipients',
    '452 too many recipients',
    '421 Too many concurrent SMTP connections',
    '550 Administrative prohibition',
    '550 5.7.0 Local policy violation',
    '554 Transaction failed',
    '550 Rejected: see http://example.org/blocked',
    '554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes',
    '553 5.7.2 [TSS09] All messages from 1.2.3.4 will be permanently deferred',
    '421 4.7.0 [TSS04] Messages from 1.2.3.4 temporarily deferred due to unexpected volume or user complaints',
    '550 Blocked by recipient',
    '550 5.7.1 recipient does not want your mail',
    '554 Your email has been blocked by Vade',
    '550 5.7.1 Mail rejected because of virus found: Eicar-Test-Signature',
    '550 5.6.0 Message contains bare LF',
    '500 Message body exceeds limit',
    '550 Your domain has no valid DNS record',
    '550 cuda_nsu anna@buyer.example quota exceeded',
    '550 5.7.350 Remote server returned message detected as spam -> 554 spam',
    '550 Postfach voll',
    '552 Mailbox des Empfängers ist voll',
    '550 buzón lleno',
    '550 5.1.8 Access denied, bad outbound sender',
    '554 5.7.0 Reject, id=12345-01 - spam',
    '550 message content rejected, UBE, id=1',
    '550 Attachment type not allowed',
    '550 5.1.7 Invalid address sender',
    '501 5.1.8 Domain of sender address books@firm.example does not exist',
    '450 4.1.2 Domain of sender not found',
    '451 4.4.1 reply: read error from mx',
    '550 5.7.1 Email rejected per SPF policy',
    '550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy',
  ])('%s', (words) => {
    expect(verdict(toRcpt(words))).toBe('temporary')
  })
})

describe("a mail system's own text", () => {
  test.each([
    { name: 'hMailServer', is: 'hard', from: 'mailer-daemon@h.example', subject: 'Message undeliverable: Invoice 12', text: ['Your message did not reach some or all of the intended recipients.', '', '   Sent: Mon, 3 Feb 2025 09:00:00 +0100', '   Subject: Invoice 12', '', 'The following recipient(s) could not be reached:', '', 'anna@buyer.example', '   Error Type: SMTP', '   Remote server (192.0.2.1) issued an error.', '   hMailServer sent: RCPT TO:<anna@buyer.example>', '   Remote server replied: 550 5.1.1 <anna@buyer.example>: User unknown', '', 'hMailServer'] },
    { name: 'MailEnable', is: 'hard', from: 'Postmaster@m.example', subject: 'Message Delivery Failure', text: ['Message could not be delivered to some recipients.', '', 'The following recipient(s) could not be reached:', '', 'Recipient: [SMTP:anna@buyer.example]', 'Reason: Remote SMTP Server Returned: 550 5.1.1 No such user', '', 'Message headers follow:',...ourMail] },
    { name: 'SmarterMail', is: 'hard', from: 'System Administrator <postmaster@s.example>', subject: 'Delivery Failure', text: ['Could not deliver message to the following recipient(s):', '', 'Failed Recipient: anna@buyer.example', 'Reason: Remote host said: 550 5.1.1 User unknown', '', '   -- The header and top 20 lines of the message follows --', '',...ourMail] },
    { name: 'Communigate', is: 'hard', from: 'MAILER-DAEMON@c.example', subject: 'Undeliverable mail: Invoice 12', text: ["Failed to deliver to 'anna@buyer.example'",'SMTP module(domain buyer.example) reports:', ' host mx.buyer.example says:', ' 550 5.1.1 anna@buyer.example... User unknown', ''] },
    { name: 'Post.Office', is: 'temporary', from: 'Mail Administrator <Postmaster@p.example>', subject: 'Mail System Error - Returned Mail', text: ['This Message was undeliverable due to the following reason:', '', 'The user(s) account is temporarily over quota.', '', '<anna@buyer.example>', '', 'Please reply to Postmaster@p.example', 'if you feel this message to be in error.'] },
    { name: 'Post.Office unknown', is: 'hard', from: 'Mail Administrator <Postmaster@p.example>', subject: 'Mail System Error - Returned Mail', text: ['This Message was undeliverable due to the following reason:', '', 'Each of the following recipients was rejected by a remote mail server.', 'The reasons given by the server are included to help you determine why', 'each recipient was rejected.', '', '    Recipient: <anna@buyer.example>', '    Reason:    5.1.1 <anna@buyer.example>... User unknown', '', 'Please reply to Postmaster@p.example'] },
    { name: 'MDaemon', is: 'hard', from: 'MDaemon at md.example <MDaemon@md.example>', subject: 'Permanent Delivery Failure', text: ['The attached message had PERMANENT fatal delivery errors!', '', 'After one or more unsuccessful delivery attempts the attached message has', 'been removed from the mail queue on this server.', '', 'Failed address: anna@buyer.example', '', '--- Session Transcript ---', ' Mon 09:00: Parsing message <xxxx\\pd5.msg>', ' Mon 09:00: <-- 250 2.1.0 Ok', ' Mon 09:00: --> RCPT To:<anna@buyer.example>', ' Mon 09:00: <-- 550 5.1.1 <anna@buyer.example>: Recipient address rejected: User unknown', '--- End Transcript ---'] },
    { name: 'T-Online smail', is: 'hard', from: 'Mailer-Daemon@t-online.example', subject: 'mail failed, returning to sender', text: ['|------------------------- Message log follows: -------------------------|', ' no valid recipients were found for this message', '|------------------------- Failed addresses follow: ---------------------|', ' <anna@buyer.example> ... unknown user', '|------------------------- Message text follows: ------------------------|',...ourMail] },
    { name: 'Sun Messaging', is: 'hard', from: 'Internet Mail Delivery <postmaster@sun.example>', subject: 'Delivery Notification: Delivery has failed', text: ['This report relates to a message you sent with the following header fields:', '', '  Message-id: <invoice-12@firm.example>', '  Date: Mon, 3 Feb 2025 09:00:00 +0100', '  From: books@firm.example', '  To: anna@buyer.example', '  Subject: Invoice 12', '', 'Your message cannot be delivered to the following recipients:', '', '  Recipient address: anna@buyer.example', '  Reason: Illegal host/domain name found'] },
    { name: 'GMX', is: 'hard', from: 'Mail Delivery System <mailer-daemon@gmx.net>', subject: 'Mail delivery failed: returning message to sender', text: ['This message was created automatically by mail delivery software.', '', 'A message that you sent could not be delivered to one or more of', 'its recipients. This is a permanent error. The following address', 'failed:', '', '"anna@buyer.example":', 'SMTP error from remote server after RCPT command:', 'host: mx.buyer.example', '5.1.1 <anna@buyer.example>... User is unknown {mx-us011}', '', '--- The header of the original message is following. ---', '',...ourMail] },
    { name: 'web.de quota', is: 'temporary', from: 'Mail Delivery System <mailer-daemon@web.de>', subject: 'Mail delivery failed: returning message to sender', text: ['This message was created automatically by mail delivery software.', '', 'A message that you sent could not be delivered to one or more of', 'its recipients. This is a permanent error. The following address', 'failed:', '', '"anna@buyer.example":', 'delivery failed: Mailbox quota exceeded', 'reason: Quota exceeded', '', '--- The header of the original message is following. ---', '',...ourMail] },
    { name: 'Domino plain', is: 'hard', from: 'postmaster@d.example', subject: 'DELIVERY FAILURE: User anna (anna@buyer.example) not listed in Domino Directory', text: ['Your message', '', '  Subject: Invoice 12', '', 'was not delivered to:', '', '  anna@buyer.example', '', 'because:', '', '  User anna (anna@buyer.example) not listed in Domino Directory'] },
    { name: 'AOL', is: 'temporary', from: 'Mail Delivery Subsystem <MAILER-DAEMON@aol.example>', subject: 'Returned mail: see transcript for details', text: ['The original message was received at Mon, 3 Feb 2025 09:00:00 -0500 (EST)', 'from x', '', '   ----- The following addresses had permanent fatal errors -----', '<anna@buyer.example>', '', '   ----- Transcript of session follows -----', '... while talking to air-xn02.mail.aol.com.:', '>>> RCPT To:<anna@buyer.example>', '<<< 550 anna IS NOT ACCEPTING MAIL FROM THIS SENDER', '550 <anna@buyer.example>... User unknown'] },
    { name: 'Yahoo', is: 'hard', from: 'MAILER-DAEMON@yahoo.example', subject: 'Failure Notice', text: ['Sorry, we were unable to deliver your message to the following address.', '', '<anna@buyer.example>:', 'Remote host said:', '550 5.1.1 <anna@buyer.example>: Recipient address rejected: User unknown in virtual alias table', '[RCPT_TO]', '', '--- Below this line is a copy of the message.', '',...ourMail] },
    { name: 'Yahoo expired', is: 'temporary', from: 'MAILER-DAEMON@yahoo.example', subject: 'Failure Notice', text: ['Sorry, we were unable to deliver your message to the following address.', '', '<anna@buyer.example>:', 'Mail server for "buyer.example" unreachable for too long', '', '--- Below this line is a copy of the message.',...ourMail] },
    { name: 'Exchange IMC', is: 'hard', from: 'System Administrator <postmaster@x.example>', subject: 'Undeliverable: Invoice 12', text: ['Your message', '', '  To:      anna@buyer.example', '  Subject: Invoice 12', '  Sent:    Mon, 3 Feb 2025 09:00:00 +0100', '', 'did not reach the following recipient(s):', '', 'anna@buyer.example on Mon, 3 Feb 2025 09:00:10 +0100', '    The e-mail account does not exist at the organization this message was', 'sent to.  Check the e-mail address, or contact the recipient directly to', 'find out the correct address.', '    <mx.buyer.example #5.1.1>'] },
    { name: 'Exchange no reason', is: 'temporary', from: 'System Administrator <postmaster@x.example>', subject: 'Undeliverable: Invoice 12', text: ['Your message', '', 'did not reach the following recipient(s):', '', 'anna@buyer.example on Mon, 3 Feb 2025', '    The e-mail system was unable to deliver the message, but did not report a', 'specific reason.  Check the address and try again.  If it still fails, contact your', 'system administrator.', '    < mx.buyer.example #5.0.0 smtp;550 Denied by policy>'] },
    { name: 'Exchange German', is: 'hard', from: 'Systemadministrator <postmaster@x.example>', subject: 'Unzustellbar: Rechnung 12', text: ['Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.', '', '      Betreff:  Rechnung 12', '      Gesendet am:      03.02.2025 09:00', '', 'Folgende(r) Empfänger konnte(n) nicht erreicht werden:', '', '      anna@buyer.example am 03.02.2025 09:00', '            Das E-Mail-Konto ist in der Organisation, an die diese Nachricht gesendet wurde, nicht vorhanden. Überprüfen Sie die E-Mail-Adresse, oder wenden Sie sich direkt an den Empfänger.', '            <mx.buyer.example #5.1.1>'] },
    { name: 'OpenSMTPD', is: 'hard', from: 'Mailer Daemon <MAILER-DAEMON@o.example>', subject: 'Delivery status notification: error', text: ['    Hi!', '', '    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.', '', '    An error has occurred while attempting to deliver a message for', '    the following list of recipients:', '', 'anna@buyer.example: 550 5.1.1 <anna@buyer.example>: user unknown', '', '    Below is a copy of the original message:', '',...ourMail] },
    { name: 'Zoho', is: 'hard', from: 'mailer-daemon@zoho.example', subject: 'Undelivered Mail Returned to Sender', text: ['This message was created automatically by mail delivery software.', ' A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.', '', 'anna@buyer.example Invalid Address, ERROR_CODE :550, ERROR_CODE :Requested action not taken: mailbox unavailable', '', 'Received:from 192.0.2.1 by mx.zoho.example'] },
    { name: 'Kerio', is: 'hard', from: 'postmaster@k.example', subject: 'Delivery failed: Invoice 12', text: ['Your message could not be delivered.', '', 'Recipient: anna@buyer.example', 'Reason: 550 5.1.1 Unknown user', '' ] },
    { name: 'Haraka', is: 'hard', from: 'Mail Delivery System <MAILER-DAEMON@hk.example>', subject: 'Failed mail: Invoice 12', text: ["I'm sorry, your email could not be delivered to one or more recipients.",'', 'Intended Recipients: <anna@buyer.example>', '', 'Failure Reason: 550 5.1.1 <anna@buyer.example> user unknown', ''] },
    { name: 'IMail', is: 'hard', from: 'Postmaster <postmaster@im.example>', subject: 'Undeliverable Mail', text: ['unknown user: anna@buyer.example', '', '',...ourMail] },
    { name: 'IMail full', is: 'temporary', from: 'Postmaster <postmaster@im.example>', subject: 'Undeliverable Mail', text: ['User mailbox exceeds allowed size: anna@buyer.example', '',...ourMail] },
    { name: 'docomo', is: 'hard', from: 'docomo.ne.jp Postmaster <postmaster@docomo.ne.example>', subject: 'Undelivered Mail Returned to Sender', text: ['The following addresses had permanent fatal errors', '', 'Your mail sent on: Mon, 3 Feb 2025 09:00', '    Could not be delivered to: anna@buyer.example', '    As their mailbox does not exist.'] },
    { name: 'docomo full', is: 'temporary', from: 'Postmaster <postmaster@x.example>', subject: 'Undelivered Mail', text: ['Your mail sent on: Mon, 3 Feb 2025 09:00', '    Could not be delivered to: anna@buyer.example', '    As their mailbox is full.'] },
    { name: 'softbank', is: 'hard', from: 'MAILER-DAEMON@softbank.example', subject: 'Mail System Error - Returned Mail', text: ['次のあて先へのメッセージはエラーのため送信できませんでした。', '', '送信先メールアドレスが見つかりませんでした。メールアドレスをご確認の上、再送信してください。', '', '<anna@buyer.example>', '', 'Unknown user'] },
    { name: 'jp rejected', is: 'temporary', from: 'Mail Delivery Subsystem <MAILER-DAEMON@jp.example>', subject: '配信エラーのお知らせ', text: ['お客様が送信されたメールは、以下の理由により配信できませんでした。', '', '宛先: anna@buyer.example', '理由: メールボックスの容量を超えています。'] },
    { name: 'it', is: 'hard', from: 'postmaster@it.example', subject: 'Mancata consegna: Fattura 12', text: ['Il messaggio non è stato recapitato ai seguenti destinatari:', '', '  anna@buyer.example', '  Utente sconosciuto'] },
    { name: 'pt', is: 'hard', from: 'postmaster@pt.example', subject: 'Falha na entrega', text: ['Sua mensagem não pôde ser entregue aos seguintes destinatários:', '', '  anna@buyer.example', '  O usuário não existe'] },
    { name: 'pl', is: 'hard', from: 'MAILER-DAEMON@pl.example', subject: 'Wiadomość niedostarczona', text: ['Twoja wiadomość nie została dostarczona do:', '', '<anna@buyer.example>: użytkownik nie istnieje'] },
    { name: 'tr', is: 'hard', from: 'MAILER-DAEMON@tr.example', subject: 'Teslim edilemeyen posta', text: ['İletiniz teslim edilemedi:', '', 'anna@buyer.example: kullanıcı bulunamadı'] },
    { name: 'ko', is: 'hard', from: 'MAILER-DAEMON@ko.example', subject: '반송 메일 안내', text: ['다음 수신자에게 메일을 보내지 못했습니다.', '', 'anna@buyer.example', '존재하지 않는 사용자입니다.'] },
    { name: 'sv', is: 'hard', from: 'Postmaster <postmaster@se.example>', subject: 'Kunde inte levereras: Faktura 12', text: ['Ditt meddelande kunde inte levereras till:', '', 'anna@buyer.example', 'Okänd mottagare'] },
    { name: 'da', is: 'hard', from: 'Postmaster <postmaster@dk.example>', subject: 'Kan ikke leveres: Faktura 12', text: ['Din meddelelse kunne ikke leveres til:', '', 'anna@buyer.example', 'Ukendt modtager'] },
    { name: 'cs', is: 'hard', from: 'MAILER-DAEMON@cz.example', subject: 'Nedoručitelná zpráva', text: ['Vaši zprávu se nepodařilo doručit:', '', 'anna@buyer.example: uživatel neexistuje'] },
    { name: 'success plain', is: 'delivered', from: 'Postmaster <postmaster@x.example>', subject: 'Delivery Status Notification (Success)', text: ['Your message was successfully delivered to the following recipients:', '', '  anna@buyer.example'] },
    { name: 'postfix delay', is: 'delayed', from: 'MAILER-DAEMON@pf.example (Mail Delivery System)', subject: 'Delayed Mail (still being retried)', text: ['####################################################################', '# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #', '####################################################################', '', 'Your message could not be delivered for 0.2 hours.', 'It will be retried until it is 5.0 days old.', '', '<anna@buyer.example>: connect to mx.buyer.example[192.0.2.1]:25: Connection timed out'] },
    { name: 'exim DE', is: 'delayed', from: 'Mail Delivery System <Mailer-Daemon@e.example>', subject: 'Warnung: Nachricht verzögert', text: ['Diese Nachricht wurde automatisch erzeugt.', '', 'Ihre Nachricht konnte noch nicht zugestellt werden, die Zustellung wird weiter versucht:', '', 'anna@buyer.example'] },
    { name: 'Active hunter', is: 'hard', from: 'Mail Delivery Subsystem <MAILER-DAEMON@ah.example>', subject: 'Returned mail: see transcript', text: ['  ----- The following addresses had permanent fatal errors -----', '', ' >>> anna@buyer.example <anna@buyer.example>', '', '  ----- Transcript of session follows -----', '550 sorry, no mailbox here by that name (#5.1.1 - chkusr)'] },
    { name: 'carrier local limit', is: 'temporary', from: 'postmaster@isp.example', subject: 'Returned mail:', text: ['   ----- The following addresses had delivery problems -----', 'anna@buyer.example', '', '   ----- Non-delivered information -----',"The number of messages in recipient's mailbox exceeded the local limit."] },
    { name: '1und1 trex', is: 'temporary', from: 'Mail Delivery System <mailer-daemon@1und1.example>', subject: 'Mail delivery failed: returning message to sender', text: ['This message was created automatically by mail delivery software (TrexServer).', '', 'A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.', '', 'The following address failed:', '', 'anna@buyer.example', '', 'For the following reason:', '', 'Mail size limit exceeded. For explanation visit', 'http://postmaster.example/en/error-messages?ip=192.0.2.1', '', '--- The header of the original message is following. ---',...ourMail] },
    { name: 'InterScan', is: 'hard', from: '"InterScan MSS" <postmaster@is.example>', subject: 'Mail could not be delivered', text: ['Sent >>> RCPT TO:<anna@buyer.example>', 'Received <<< 550 5.1.1 <anna@buyer.example>... user unknown', '', 'Unable to deliver message to <anna@buyer.example>.'] },
    { name: 'InterScan own name', is: 'hard', from: '"InterScan MSS" <interscan@is.example>', subject: 'Mail could not be delivered', text: ['Sent <<< RCPT TO:<anna@buyer.example>', 'Received >>> 550 5.1.1 <anna@buyer.example>... user unknown', ''] },
    { name: 'MailMarshal', is: 'hard', from: 'MailMarshal <postmaster@mm.example>', subject: 'Undeliverable Mail: "Invoice 12"', text: ['Your message:', '   From:    books@firm.example', '   Subject: Invoice 12', '', 'Could not be delivered because of', '', '550 5.1.1 User unknown', '', 'The following recipients were affected: ', '    anna@buyer.example', '', 'Additional Information', '======================', 'Original Sender:    <books@firm.example>'] },
    { name: 'IronPort', is: 'hard', from: 'Mail Delivery System <MAILER-DAEMON@ip.example>', subject: 'Delivery Status Notification (Failure)', text: ['The following message to <anna@buyer.example> was undeliverable.', 'The reason for the problem:',"5.1.0 - Unknown address error 550-'5.1.1 <anna@buyer.example>: User unknown'"] },
    { name: 'IronPort bounce', is: 'temporary', from: 'Mail Delivery System <MAILER-DAEMON@ip.example>', subject: 'Delivery Status Notification (Failure)', text: ['The following message to <anna@buyer.example> was undeliverable.', 'The reason for the problem:',"5.3.0 - Other mail system problem 554-'Transaction failed; Message rejected as spam'"] },
    { name: 'McAfee', is: 'hard', from: 'user unknown <postmaster@mc.example>', subject: 'Delivery Status', text: ['--- The following addresses had delivery problems ---', '', '<anna@buyer.example>   (User unknown anna@buyer.example)', '', '--------------- Returned Message ---------'] },
    { name: 'X1', is: 'hard', from: '"Mail Deliver System" <MAILER-DAEMON@x1.example>', subject: 'Returned Mail: User unknown', text: ['The original message was received at Mon, 3 Feb 2025 09:00:00 +0100', 'from books@firm.example', '', '---The following addresses had delivery errors---', '', 'anna@buyer.example [User unknown]'] },
    { name: 'James', is: 'hard', from: '<postmaster@james.example>', subject: 'Re:Invoice 12', text: ["Hi. This is the James mail server at james.example.", "I'm afraid I wasn't able to deliver your message to the following addresses.", "This is a permanent error; I've given up. Sorry it didn't work out. Below", "I include the list of recipients and the reason why I was unable to deliver", "your message.",'', 'Message details:', '  Subject: Invoice 12', '  Sent date: Mon Feb 03 09:00:00 CET 2025', '  MAIL FROM: books@firm.example', '  RCPT TO: anna@buyer.example', '  From: books@firm.example', '  To: anna@buyer.example', '', 'Failed recipient(s):', 'anna@buyer.example', '', 'Error message:', '550 5.1.1 <anna@buyer.example>... user unknown'] },
    { name: 'Sendmail 5', is: 'hard', from: 'MAILER-DAEMON@s5.example (Mail Delivery Subsystem)', subject: 'Returned mail: User unknown', text: ['   ----- Transcript of session follows -----', 'While talking to mx.buyer.example:', '>>> RCPT To:<anna@buyer.example>', '<<< 550 anna@buyer.example, No such user', '550 <anna@buyer.example>... User unknown', '', '   ----- Unsent message follows -----',...ourMail] },
    { name: 'mobile', is: 'hard', from: 'Post_Master@mobile.example', subject: 'Undeliverable Message', text: ['Message could not be delivered to mobile.', 'Error: No valid recipients for this MM', '', 'Recipient: anna@buyer.example'] },
    { name: 'PHP mail bounce svc', is: 'hard', from: 'Mail Delivery System <noreply@bounce.example>', subject: 'Undelivered mail', text: ['Delivery to anna@buyer.example failed.', '550 5.1.1 user unknown', '', '--- Original message ---',...ourMail] },
    { name: 'google html', is: 'hard', from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>', subject: 'Delivery Status Notification (Failure)', text: ['<html><body><h2>Address not found</h2><p>Your message wasn\'t delivered to <b>anna@buyer.example</b> because the address couldn\'t be found, or is unable to receive mail.</p><p>The response was:</p><p>550 5.1.1 The email account that you tried to reach does not exist.</p></body></html>'], kind: 'text/html' },
    { name: 'office html', is: 'hard', from: 'postmaster@outlook.example', subject: 'Undeliverable: Invoice 12', text: ['<html><body><p>Delivery has failed to these recipients or groups:</p><p><a href="mailto:anna@buyer.example">anna@buyer.example</a></p><p>The email address you entered couldn\'t be found. Please check the recipient\'s email address and try to resend the message.</p><p>Diagnostic information for administrators:</p><p>Generating server: x.outlook.example</p><p>anna@buyer.example<br>Remote Server returned \'550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup\'</p><p>Original message headers:</p><pre>Received: from x\nMessage-ID: &lt;invoice-12@firm.example&gt;</pre></body></html>'], kind: 'text/html' },
    { name: 'office html nl', is: 'temporary', from: 'postmaster@outlook.example', subject: 'Kan niet worden bezorgd: Factuur 12', text: ['<html><body><p>Uw bericht aan anna@buyer.example kan niet worden bezorgd.</p><p>Het postvak van de ontvanger is vol en kan geen berichten accepteren.</p></body></html>'], kind: 'text/html' },
    { name: 'office html fr', is: 'hard', from: 'postmaster@outlook.example', subject: 'Non remis : Facture 12', text: ['<p>Échec de la remise pour ces destinataires ou groupes :</p><p>anna@buyer.example</p><p>L\'adresse de courrier que vous avez entrée est introuvable. Vérifiez l\'adresse.</p>'], kind: 'text/html' },
    { name: 'office html de', is: 'hard', from: 'postmaster@outlook.example', subject: 'Unzustellbar: Rechnung 12', text: ['<p>Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:</p><p>anna@buyer.example</p><p>Die eingegebene E-Mail-Adresse konnte nicht gefunden werden.</p>'], kind: 'text/html' },
    { name: 'orange fr', is: 'temporary', from: 'MAILER-DAEMON@orange.example', subject: 'Échec de remise', text: ["Votre message n'a pas pu être délivré aux destinataires suivants :",'', 'anna@buyer.example', 'La boîte du destinataire est pleine.'] },
    { name: 'ezweb', is: 'hard', from: 'Post Office <Postmaster@ez.example>', subject: 'Mail System Error - Returned Mail', text: ['Each of the following recipients was rejected by a remote mail server.', '', '    Recipient: <anna@buyer.example>', '    >>> RCPT TO:<anna@buyer.example>', '    <<< 550 <anna@buyer.example>: User unknown'] },
    { name: 'ezweb disabled', is: 'temporary', from: 'Post Office <Postmaster@ez.example>', subject: 'Mail System Error - Returned Mail', text: ['The user(s) account is temporarily limited.', '', '<anna@buyer.example>', '', 'Please reply to Postmaster'] },
    { name: 'mailbox inbox plain', is: 'temporary', from: 'Mail Administrator <mailadmin@x.example>', subject: 'Returned to sender', text: ['Message returned: anna@buyer.example - mailbox over quota'] },
    { name: 'simple', is: 'hard', from: 'MAILER-DAEMON', subject: 'Returned mail: unknown recipient', text: ['Unknown recipient: anna@buyer.example'] },
    { name: 'sympa-ish', is: 'hard', from: 'Mail Delivery System <MAILER-DAEMON@m.example>', subject: 'Undeliverable: Invoice', text: ['Delivery has failed to these recipients or distribution lists:', '', 'anna@buyer.example', 'The recipient\'s e-mail address was not found in the recipient\'s e-mail system. Microsoft Exchange will not try to redeliver this message for you.', '', 'Diagnostic information for administrators:', '', 'Generating server: x.example', '', 'anna@buyer.example', '#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##', '', 'Original message headers:', '', 'Received: from x'] },
    { name: 'exchange groups', is: 'temporary', from: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.example>', subject: 'Undeliverable: Invoice', text: ['Delivery has failed to these recipients or groups:', '', 'anna@buyer.example', 'The recipient\'s mailbox is full and can\'t accept messages now. Please try resending this message later.', '', 'Diagnostic information for administrators:', 'Generating server: x.example', 'anna@buyer.example', 'Remote Server returned \'554 5.2.2 mailbox full; STOREDRV\''] },
    { name: 'group restricted', is: 'temporary', from: 'postmaster@outlook.example', subject: 'Undeliverable: Invoice', text: ['Your message to anna@buyer.example couldn\'t be delivered.', '', 'anna@buyer.example only accepts messages from people in its organization or on its allowed senders list.', 'Remote server returned \'550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup\''] },
    { name: 'gmail blocked', is: 'temporary', from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>', subject: 'Delivery Status Notification (Failure)', text: ['** Message blocked **', '', 'Your message to anna@buyer.example has been blocked. See technical details below for more information.', '', 'The response from the remote server was:', '550 5.7.1 Message rejected due to content'] },
    { name: 'gmail not found domain', is: 'hard', from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>', subject: 'Delivery Status Notification (Failure)', text: ['** Address not found **', '', 'Your message wasn\'t delivered to anna@buyer.example because the domain buyer.example couldn\'t be found. Check for typos or unnecessary spaces and try again.', '', 'The response was:', 'DNS Error: DNS type \'mx\' lookup of buyer.example responded with code NXDOMAIN'] },
    { name: 'gmail delay final', is: 'temporary', from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>', subject: 'Delivery Status Notification (Failure)', text: ['** Message not delivered **', '', 'There was a problem delivering your message to anna@buyer.example. See the technical details below.', '', 'The recipient server did not accept our requests to connect.'] },
    { name: 'gmail delay', is: 'delayed', from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>', subject: 'Delivery Status Notification (Delay)', text: ['** Delivery incomplete **', '', 'There was a temporary problem delivering your message to anna@buyer.example. Gmail will retry for 47 more hours. You\'ll be notified if the delivery fails permanently.'] },
    { name: 'exchange delay', is: 'delayed', from: 'postmaster@x.example', subject: 'Delivery delayed: Invoice', text: ['Delivery is delayed to these recipients or groups:', '', 'anna@buyer.example', '', 'Subject: Invoice', '', 'This message hasn\'t been delivered yet. Delivery will continue to be attempted.', '', 'The server will keep trying to deliver this message for the next 1 days, 19 hours'] },
    { name: 'exchange delivered', is: 'delivered', from: 'postmaster@x.example', subject: 'Delivered: Invoice', text: ['Your message has been delivered to the following recipients:', '', 'anna@buyer.example', '', 'Subject: Invoice'] },
    { name: 'relayed', is: 'relayed', from: 'postmaster@x.example', subject: 'Relayed: Invoice', text: ['Delivery to these recipients or groups is complete, but no delivery notification was sent by the destination server:', '', 'anna@buyer.example', '', 'Subject: Invoice'] },
  ])('$name', ({ is, ...mail }) => {
    expect(verdict(readReturnedMail(plainMail(mail)))).toBe(is)
  })

  test.each([
    ['bad-mailbox', 'hard'], ['bad-domain', 'hard'], ['inactive-mailbox', 'temporary'], ['quota-issues', 'temporary'], ['spam-related', 'temporary'], ['something-new', 'temporary'],
  ])('a verdict in a field of its own, where the words say nothing: %s', (category, is) => {
    expect(verdict(readReturnedMail(deliveryReport([[...failed(anna, '5.0.0', '554 nope'), `X-PowerMTA-BounceCategory: ${category}`]])))).toBe(is)
  })

  test('split into a report part for each recipient', () => {
    const split = deliveryReport([failed(anna, '5.1.1', '550 5.1.1 unknown user'), ['--=_report/1', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; relay.example', '', ...failed('ben@buyer.example', '5.2.2', '552 over quota')]])
    expect(verdict(readReturnedMail(split))).toBe('hard, temporary of ben@buyer.example')
  })
})

describe('an automatic answer', () => {
  test.each([
    { subject: 'Abwesenheitsnotiz: Rechnung 12', text: ['Ich bin bis zum 10. Februar nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.'], fields: ['Return-Path: <>','Auto-Submitted: auto-replied'] },
    { subject: "Réponse automatique : Facture 12", text: ["Je suis absente jusqu'au 10 février. Votre message n'a pas été transmis."], fields: ['Return-Path: <anna@buyer.example>'] },
    { subject: 'Automatisch antwoord: Factuur 12', text: ['Ik ben tot 10 februari afwezig.'], fields: ['Return-Path: <>','X-Auto-Response-Suppress: All','Auto-Submitted: auto-generated'] },
    { subject: 'Afwezigheidsassistent: Factuur 12', text: ['Ik ben er niet.'], fields: ['Return-Path: <anna@buyer.example>'] },
    { subject: 'Respuesta automática: Factura 12', text: ['Estoy fuera de la oficina.'], fields: ['Return-Path: <>'] },
    { subject: 'Fuera de la oficina: Factura 12', text: ['Estoy fuera.'], fields: ['Return-Path: <>'] },
    { subject: 'Fuori sede: Fattura', text: ['Sono assente.'], fields: ['Return-Path: <>'] },
    { subject: 'Risposta automatica: Fattura', text: ['Sono assente.'], fields: ['Return-Path: <>'] },
    { subject: 'Resposta automática: Fatura', text: ['Estou ausente.'], fields: ['Return-Path: <>'] },
    { subject: 'Ausência temporária: Fatura', text: ['Estou ausente.'], fields: ['Return-Path: <>'] },
    { subject: 'Odpowiedź automatyczna: Faktura', text: ['Jestem nieobecna.'], fields: ['Return-Path: <>'] },
    { subject: 'Autosvar: Faktura', text: ['Jag är inte på kontoret.'], fields: ['Return-Path: <>'] },
    { subject: 'Automatiskt svar: Faktura', text: ['Jag är inte på kontoret.'], fields: ['Return-Path: <>'] },
    { subject: 'Automatisk svar: Faktura', text: ['Jeg er ikke på kontoret.'], fields: ['Return-Path: <>'] },
    { subject: 'Автоматический ответ: Счёт', text: ['Я в отпуске.'], fields: ['Return-Path: <>'] },
    { subject: '自動応答: 請求書', text: ['休暇中です。'], fields: ['Return-Path: <>'] },
    { subject: '自动答复: 发票', text: ['我不在办公室。'], fields: ['Return-Path: <>'] },
    { subject: 'Automaattinen vastaus: Lasku', text: ['Olen lomalla.'], fields: ['Return-Path: <>'] },
    { subject: 'Automatická odpověď: Faktura', text: ['Jsem na dovolené.'], fields: ['Return-Path: <>'] },
    { subject: 'Automatikus válasz: Számla', text: ['Szabadságon vagyok.'], fields: ['Return-Path: <>'] },
    { subject: 'Otomatik yanıt: Fatura', text: ['Ofis dışındayım.'], fields: ['Return-Path: <>'] },
    { subject: 'OOO: Invoice 12', text: ['I am out of the office until Monday. Mail could not be delivered urgent? call.'], fields: ['Return-Path: <anna@buyer.example>'] },
    { subject: 'I am out of the office Re: Invoice 12', text: ['Back Monday.'], fields: ['Return-Path: <anna@buyer.example>'] },
    { subject: 'Auto: Invoice 12', text: ['Back Monday.'], fields: ['Return-Path: <>','X-Autoreply: yes'] },
    { subject: 'Automatische Antwort: Rechnung', text: ['Ich bin im Urlaub.'], fields: ['Return-Path: <>'] },
    { subject: 'Abwesend: Rechnung', text: ['Ich bin im Urlaub.'], fields: ['Return-Path: <>'] },
    { subject: 'Automatic reply: Invoice', text: ['Thanks.'], fields: ['Return-Path: <>','X-MS-Exchange-Inbox-Rules-Loop: x','Auto-Submitted: auto-generated'] },
    { subject: 'Invoice 12', text: ['Thank you for your message. Anna has left the company. This mailbox is no longer monitored; the address does not exist any more after March.'], fields: ['Return-Path: <>','Auto-Submitted: auto-replied'] },
  ])('$subject', (mail) => {
    expect(readReturnedMail(plainMail({ from: 'Anna <anna@buyer.example>', ...mail })).is).toBe('auto-reply')
  })
})

describe('never called a bounce', () => {
  test.each([
    { from: 'Anna <anna@buyer.example>', subject: 'Undeliverable?', text: ['Did my mail to ben@buyer.example reach him? I got "550 user unknown" yesterday.'], fields: ['Return-Path: <anna@buyer.example>'] },
    { from: 'DHL <noreply@parcel.example>', subject: 'Delivery failed: your parcel could not be delivered', text: ['Your parcel 550 could not be delivered to Anna. Contact anna@buyer.example.'], fields: ['Return-Path: <bounce@parcel.example>'] },
    { from: 'Anna <anna@buyer.example>', subject: 'Please confirm your message (Invoice 12)', text: ['Your message is being held because the address books@firm.example is not known. Click to deliver.'], fields: ['Return-Path: <anna@buyer.example>'] },
  ])('$subject', (mail) => {
    expect(readReturnedMail(plainMail(mail)).is).toBe('no-report')
  })
})
