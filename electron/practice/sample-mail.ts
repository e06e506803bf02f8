/**
 * What lies in a practice mailbox: the post of a small office that e-mails its invoices. Every kind of message a reader must
 * cope with is among it, and all dates are near the day it is looked at.
 */
import type MailComposer from 'nodemailer/lib/mail-composer'
import { makeInvoicePdf } from './sample-pdf.ts'

/** A message as nodemailer's composer takes it. */
export type MailOptions = NonNullable<ConstructorParameters<typeof MailComposer>[0]>

/** One message, finished, with CRLF line ends. */
export async function composeMessage(mail: MailOptions): Promise<Buffer> {
  const { default: Composer } = await import('nodemailer/lib/mail-composer')
  const built: Buffer = await new Composer({ newline: '\r\n', ...mail }).compile().build()
  return built
}

const hour = 3_600_000

export interface SampleOwner {
  readonly name: string
  readonly address: string
}

/** Oldest first. */
export async function sampleMails(owner: SampleOwner, now: Date): Promise<readonly Buffer[]> {
  const invoice = await makeInvoicePdf({
    number: '2041',
    date: new Date(now.getTime() - 50 * hour),
    from: 'Paperworks Ltd',
    to: owner.name,
    lines: [{ text: 'Paper A4, 20 boxes', cents: 79_80 }, { text: 'Envelopes C5, 1,000', cents: 34_50 }],
  })
  const finished: Buffer[] = []
  for (const { hoursAgo, ...mail } of samples(invoice)) {
    finished.push(await composeMessage({ to: owner, date: new Date(now.getTime() - hoursAgo * hour), ...mail }))
  }
  return finished
}

type Sample = MailOptions & { readonly hoursAgo: number }

function samples(invoice: Buffer): readonly Sample[] {
  return [
    {
      hoursAgo: 13 * 24,
      from: { name: 'Mailroom', address: 'hello@mailroom.example' },
      subject: 'Welcome to the practice mailbox',
      text: 'This mailbox lives in the memory of your own computer. Nothing you send from it goes anywhere else.\n\nTry it: answer a message, or send an invoice to accounts@bakery.example. You will get a reply.\n',
    },
    {
      hoursAgo: 9 * 24 + 3,
      from: { name: 'Emma Janssen', address: 'emma@janssen.example' },
      subject: 'Re: Offerte – 25 stoelen vóór één juli',
      text: 'Goedemiddag,\n\nAkkoord met de offerte. Graag leveren vóór één juli, coördinatie via onze receptie.\n\nMet vriendelijke groet,\nEmma Janssen\n',
    },
    {
      hoursAgo: 8 * 24,
      from: { name: 'Müller & Söhne', address: 'buchhaltung@mueller.example' },
      subject: 'Rückfrage zur Rechnung Nr. 1187: Fälligkeit und Überweisung',
      text: 'Guten Tag,\n\nauf der Rechnung Nr. 1187 fehlt unsere Bestellnummer. Könnten Sie sie ergänzen und erneut schicken?\n\nFreundliche Grüße\nJürgen Müller\n',
    },
    {
      hoursAgo: 6 * 24 + 5,
      from: { name: '田中 花子', address: 'hanako@tanaka.example' },
      subject: '請求書の確認のお願い',
      text: 'お世話になっております。\n\n先日の請求書を受け取りました。お支払いは月末を予定しております。\n\n田中 花子\n',
    },
    {
      hoursAgo: 5 * 24,
      from: { name: 'Green Office Weekly', address: 'news@greenoffice.example' },
      subject: 'Five ways to print less this winter',
      headers: { 'List-Unsubscribe': '<https://greenoffice.example/unsubscribe>' },
      text: 'Five ways to print less this winter. Read it at https://greenoffice.example/issue/48\n',
      html: newsletter,
    },
    {
      hoursAgo: 4 * 24 + 2,
      from: { name: 'Hill Dental Practice', address: 'office@hilldental.example' },
      subject: 'Statement for October',
      text: 'Hello,\n\ncould you send us the statement for October once more? We can find invoice 1190 but not 1191.\n\nThank you,\nRuth Hill\n',
    },
    {
      hoursAgo: 3 * 24 + 4,
      from: { name: 'Deploy log', address: 'robot@printserver.example' },
      subject: 'Nightly report',
      // Lines that begin with dots, and one that is a dot alone, are what careless mail programs stumble over.
      text: 'Printed pages:\n.hidden folder skipped\n..two dots\n.\n...and the report goes on after the line with one dot.\n',
    },
    {
      hoursAgo: 50,
      from: { name: 'Paperworks Ltd', address: 'billing@paperworks.example' },
      subject: 'Invoice 2041',
      text: 'Dear customer,\n\nplease find invoice 2041 attached. It is due within 14 days.\n\nPaperworks Ltd\n',
      attachments: [{ filename: 'invoice-2041.pdf', content: invoice, contentType: 'application/pdf' }],
    },
    {
      hoursAgo: 31,
      from: { name: 'Sam Okafor', address: 'sam@okafor.example' },
      subject: 'The sign above the door',
      text: 'This is the colour I had in mind. What do you think?\n\nSam\n',
      html: '<p>This is the colour I had in mind. What do you think?</p><p><img src="cid:colour@practice" alt="a green square"></p><p>Sam</p>',
      attachments: [{ filename: 'colour.png', content: Buffer.from(greenSquare, 'base64'), contentType: 'image/png', cid: 'colour@practice' }],
    },
    {
      hoursAgo: 22,
      from: { name: 'City Bakery', address: 'accounts@bakery.example' },
      cc: 'owner@bakery.example',
      subject: 'Change of address',
      text: 'Hello,\n\nfrom the first of next month please send our invoices to accounts@bakery.example only.\n\nKind regards,\nCity Bakery\n',
    },
    {
      hoursAgo: 5,
      from: { name: 'Noor de Wit', address: 'noor@dewit.example' },
      subject: 'Vraag over de factuur van vorige week, en of het mogelijk is om voortaan per kwartaal te betalen in plaats van per maand',
      text: 'Beste,\n\nZou het mogelijk zijn om voortaan per kwartaal te betalen?\n\nGroeten,\nNoor\n',
    },
    {
      hoursAgo: 1,
      from: { name: 'Library of Things', address: 'desk@library.example' },
      subject: 'Your reservation is ready',
      text: 'The projector you reserved is ready. Please bring this message.\n',
      attachments: [{ filename: 'opening-hours.txt', content: 'Mon-Fri 9-17\r\nSat 10-14\r\n', contentType: 'text/plain' }],
    },
  ]
}

const newsletter = `<html><body style="font-family:sans-serif">
<table width="100%" cellpadding="12"><tr><td bgcolor="#2f7d4f"><font color="#ffffff"><b>Green Office Weekly</b></font></td></tr>
<tr><td><h2>Five ways to print less this winter</h2>
<p>Send invoices by e-mail. <a href="https://greenoffice.example/issue/48">Read on</a></p>
<img src="https://tracker.greenoffice.example/open.gif?reader=17" width="1" height="1" alt="">
</td></tr></table></body></html>`

/** A PNG of 8 by 8 pixels in one green. */
const greenSquare = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mPQr/XHihiGlgQAfTA+wXCeUCEAAAAASUVORK5CYII='
