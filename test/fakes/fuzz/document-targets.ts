/** The readers of documents: mails, reports, settings found for an address, tables, the settings file, certificates' words. */
import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { readAutoconfig } from '../../../electron/discovery/read-autoconfig.ts'
import { readAutodiscover } from '../../../electron/discovery/read-autodiscover.ts'
import { readXml } from '../../../electron/discovery/read-xml.ts'
import { readHeaders, readMoreHeaders } from '../../../electron/mail/read-headers.ts'
import { readWords, wordsLimit } from '../../../electron/mail/read-words.ts'
import { decodeBody } from '../../../electron/mime/decode-body.ts'
import { partsBetween, splitHeader } from '../../../electron/mime/walk-parts.ts'
import { readTable } from '../../../electron/outbox/batches/read-table.ts'
import { TableError } from '../../../electron/outbox/batches/table.ts'
import { readDeliveryStatus } from '../../../electron/outbox/returned/delivery-status.ts'
import { readReturnedMail } from '../../../electron/outbox/returned/read-returned-mail.ts'
import { readSession } from '../../../electron/protocols/jmap/session-resource.ts'
import { elementsIn } from '../../../electron/protocols/net/der.ts'
import { isWithdrawnByStaple, withdrawnByLists } from '../../../electron/protocols/net/revocation.ts'
import { isGoodByStaple } from '../../../electron/protocols/net/staple.ts'
import { serverWords, withoutSecret } from '../../../electron/protocols/net/server-words.ts'
import { emptySettings, readSettingsText, writeSettingsText } from '../../../electron/storage/settings-text.ts'
import { failed } from '../../../shared/failures/failure.ts'
import { readableName } from '../../../shared/failures/readable-name.ts'
import { makeIdentity, makeRevocationList, makeStaple } from '../identities.ts'
import { mutated } from './mutated.ts'
import { checkOutcome, checkSame, type Target, target } from './target.ts'

const binary = (text: string) => Buffer.from(text, 'latin1')
const parts = { address: 'anna@shop.example', localPart: 'anna', domain: 'shop.example' }
const where = { host: 'h.example' }

const report = [
  'From: MAILER-DAEMON@relay.example', 'To: books@firm.example', 'Subject: =?utf-8?Q?Undelivered_Mail?= =?iso-8859-1?B?6Q==?=', 'Date: Mon, 23 Nov 2026 05:12:00 +0100', 'Message-ID: <1@relay.example>', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=delivery-status; boundary="=_1"', '', '--=_1', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', '', '<anna@buyer.example>: 550 5.1.1 nobody =C3=A9', '',
  '--=_1', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; relay.example', 'Original-Envelope-Id: mailroom-4711', '', 'Final-Recipient: rfc822; anna@buyer.example', 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550 nobody', '',
  '--=_1', 'Content-Type: message/rfc822', '', 'Message-ID: <invoice-12@firm.example>', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html', 'Content-Transfer-Encoding: base64', '', Buffer.from('<p>Hello <b>you</b><script>x</script>&amp;</p>').toString('base64'), '--b--', '--=_1--', '',
].join('\r\n')
const receipt = report.replaceAll('delivery-status', 'disposition-notification').replace('Action: failed', 'Disposition: manual-action/MDN-sent-manually; displayed')
const plainBounce = ['From: Mail Delivery System <postmaster@relay.example>', 'Subject: Mail delivery failed: returning message to sender', '', 'A message that you sent could not be delivered to one or more of its recipients.', '', '  anna@buyer.example', '    SMTP error from remote mail server after RCPT TO: 550 5.1.1 no such user', '', '------ This is a copy of the message ------', '', 'Message-ID: <invoice-12@firm.example>', ''].join('\r\n')
const mailWords = ['--=_1', '--b', '\r\n\r\n', 'Content-Type: multipart/mixed; boundary=', 'Content-Type: message/rfc822\r\n\r\n', '=?utf-8?B?', '?=', '=3D', 'boundary=""', '<!--', '<![CDATA[', '&#x10ffff;']
const mails = mutated([report, receipt, plainBounce], mailWords)

const xmlWords = ['<', '</', '>', '&', '&#0;', '<!DOCTYPE x [<!ENTITY a "b">]>', '<!ENTITY % x SYSTEM "file:///etc/passwd">', '&a;', ']]>', '<![CDATA[', '<?xml', '<x>', 'xmlns:a="b"', '%EMAILADDRESS%', '__proto__']
const autoconfig = '<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="shop.example"><domain>shop.example</domain><incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer><outgoingServer type="smtp"><hostname>smtp.shop.example</hostname><port>587</port><socketType>STARTTLS</socketType></outgoingServer></emailProvider></clientConfig>'
const autodiscover = '<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="a"><Account><AccountType>email</AccountType><Action>settings</Action><Protocol><Type>IMAP</Type><Server>imap.shop.example</Server><Port>993</Port><LoginName>anna</LoginName><SSL>on</SSL><SPA>off</SPA></Protocol></Account></Response></Autodiscover>'
const bomb = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at === 0 ? '' : at};`.repeat(10)}">`).join('')}]><clientConfig>&lol9;</clientConfig>`
/** What it is, and how it is written. */
export const hostileXml: readonly (readonly [string, string])[] = [
  ['entities that grow without end', bomb],
  ['one long entity said often', `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]><x>${'&a;'.repeat(20_000)}</x>`],
  ['a file for an entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'],
  ['an address for an entity', '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]><x/>'],
  ['a document type elsewhere', '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>'],
  ['elements in elements without end', `${'<x>'.repeat(4000)}${'</x>'.repeat(4000)}`],
  ['more elements than there are settings', `<x>${'<y/>'.repeat(20_000)}</x>`],
  ['an end that never comes', `<x>${'<y>'.repeat(10)}`],
]
const xml = mutated([autoconfig, autodiscover, ...hostileXml.map(([, text]) => text)], xmlWords)

const session = JSON.stringify({
  username: 'anna', capabilities: { 'urn:ietf:params:jmap:core': { maxSizeUpload: 1, maxSizeRequest: 1, maxConcurrentRequests: 4, maxCallsInRequest: 4, maxObjectsInGet: 1, maxObjectsInSet: 1 } },
  accounts: { a: { name: 'x', isReadOnly: false, accountCapabilities: { 'urn:ietf:params:jmap:mail': {} } } }, primaryAccounts: { 'urn:ietf:params:jmap:mail': 'a' },
  apiUrl: 'https://h.example/api', downloadUrl: 'https://h.example/d/{accountId}/{blobId}/{name}?t={type}', uploadUrl: '/u/{accountId}', eventSourceUrl: 'https://h.example/e?types={types}', state: '1',
})
const settings = writeSettingsText(emptySettings())

const root = makeIdentity({ isAuthority: true })
const leaf = makeIdentity({ issuer: root })
const leafCertificate = new X509Certificate(leaf.cert)
const rootCertificate = new X509Certificate(root.cert)
const certificate = leafCertificate.raw.toString('latin1')
const staple = makeStaple(root, { of: leaf, isWithdrawn: true }).toString('latin1')
const list = makeRevocationList(root, [{ of: leaf, isWithdrawn: true }])

export const documentTargets: readonly Target[] = [
  target('mails that come back', mails, (text) => void readReturnedMail(binary(text))),
  target('delivery statuses', mutated(['Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; anna@buyer.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550\n no\n'], ['\n\n', ':', 'Final-Recipient:']), (text) => void readDeliveryStatus(text)),
  target('headers of mails', mails, (text) => {
    const { subject } = readHeaders(binary(text))
    readMoreHeaders(binary(text))
    if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(subject)) throw new Error(`a subject that turns the reading: ${JSON.stringify(subject)}`)
  }),
  target('words of mails', mails, (text) => {
    if (JSON.stringify(readWords(binary(text))).length > 20 * wordsLimit) throw new Error('more words than there may be')
  }),
  target('parts of mails', fc.tuple(mails, fc.constantFrom('=_1', 'b', '', '--')), ([text, boundary]) => {
    const { header, body } = splitHeader(binary(text))
    let length = header.length
    for (const part of partsBetween(body, boundary)) length += part.length
    if (length > text.length) throw new Error('parts of more than there is')
  }),
  target('encoded bodies', fc.tuple(mails, fc.constantFrom('base64', 'quoted-printable', '7bit', 'x-unknown', ''), fc.constantFrom('utf-8', 'iso-8859-1', 'utf-16', 'iso-2022-jp', 'gb18030', 'no-such', '')), ([text, encoding, charset]) => void decodeBody(binary(text), encoding, charset)),
  target('XML', xml, async (text) => {
    const read = await readXml(binary(text), where)
    checkOutcome(read)
    if (read.ok && /<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Error('a document type was taken')
    if (read.ok && JSON.stringify(read.value).length > 20 * text.length + 1000) throw new Error('it grew')
  }),
  target('autoconfig', mutated([autoconfig], xmlWords), async (text) => {
    const read = await readAutoconfig(binary(text), parts, { source: 'autoconfig', voucher: 'h.example' } as never, where)
    checkOutcome(read)
    if (read.ok && read.value.some(({ host, port }) => /[\s\p{Cc}]/u.test(host) || !(port >= 1 && port <= 65535))) throw new Error('no such server')
  }),
  target('Autodiscover', mutated([autodiscover], xmlWords), async (text) => checkOutcome(await readAutodiscover(binary(text), parts, { source: 'autodiscover', voucher: 'h.example' } as never, where))),
  target('a JMAP session', mutated([session], ['https://evil.example/', 'http:', 'null', '[]', '{}', 'javascript:']), (text) => {
    const read = readSession(text, 'https://h.example/.well-known/jmap', [], where)
    checkOutcome(read)
    if (read.ok && new URL(read.value.apiUrl).host !== 'h.example') throw new Error(`went to ${read.value.apiUrl}`)
  }),
  target('the settings file', mutated([settings, '{"version":1,"accounts":[]}', '{"version":99}', 'null', '[]'], ['"version":', 'null', '{}', '[]', '"__proto__":{}', '1e999']), (text) => {
    const read = readSettingsText(text)
    if (read.is === 'good') checkSame(readSettingsText(writeSettingsText(read.settings)), { ...read, writtenBy: read.settings.version }, 'settings there and back')
  }),
  target('tables', mutated(['number;to;file\r\n1;anna@buyer.example;1.pdf\r\n"2";"b@c.example";"2;x.pdf"\r\n', '[{"number":1,"to":"a@b.example"},{"number":2}]', 'sep=,\na,b\n1,2\n', '\xff\xfea\0,\0b\0'], [';', '"', '""', 'sep=', '[{', '}]', 'PK\x03\x04']), async (text) => {
    await readTable(binary(text)).catch((error: unknown) => {
      if (!(error instanceof TableError)) throw error
    })
  }),
  target('words of servers', fc.tuple(mutated([`535 5.7.8 ${Buffer.from('\0anna\0geheim-1234').toString('base64')} geheim-1234`], ['geheim', 'GEHEIM-1234', '\x1b[31m', '\xe2\x80\xae']), fc.constantFrom('geheim-1234', 'ab', '.*', '$&')), ([text, secret]) => {
    const words = serverWords(binary(text).toString('utf8'))
    if (words.length > 500 || /[\p{Cc}\p{Cf}]/u.test(words) || !words.isWellFormed()) throw new Error('not fit to be shown')
    const outcome = withoutSecret(failed('server.refused', { serverWords: words }), secret)
    if (!outcome.ok && secret.length >= 4 && outcome.failure.evidence.serverWords?.toLowerCase().includes(secret) === true) throw new Error(`the secret in ${outcome.failure.evidence.serverWords}`)
  }),
  target('what is said of certificates', fc.oneof(mutated([certificate, staple], ['\x30\x82', '\x30\x80', '\x02\x01', '\xa1']), mutated([list], ['-----BEGIN X509 CRL-----', '-----END X509 CRL-----', 'A'])), (text) => {
    elementsIn(binary(text))
    isWithdrawnByStaple(binary(text), leafCertificate)
    if (isGoodByStaple(binary(text), leafCertificate, rootCertificate, new Date())) throw new Error('good, although its issuer says that it is not')
    withdrawnByLists(text)
    readableName(text.slice(0, 500))
  }),
]
