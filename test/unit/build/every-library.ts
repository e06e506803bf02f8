/** Run from a bundle, without node_modules in reach, by bundle.test.ts: one real use of each library that tends not to survive bundling. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

const did: string[] = []

const { default: PDFDocument } = await import('pdfkit')
const pdf = new PDFDocument()
const chunks: Buffer[] = []
pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
const ended = new Promise((resolve) => pdf.on('end', resolve))
for (const font of ['Helvetica', 'Times-BoldItalic', 'Courier', 'ZapfDingbats']) pdf.font(font).text('Invoice')
pdf.end()
await ended
if (Buffer.concat(chunks).subarray(0, 5).toString() === '%PDF-') did.push('pdfkit')

const { createTransport } = await import('nodemailer')
const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
const mime = await new MailComposer({ from: 'a@example.org', to: 'b@example.org', subject: 'Grüße', text: 'Hello', attachments: [{ filename: 'a.pdf', content: Buffer.concat(chunks) }] }).compile().build()
if (typeof createTransport({ host: '127.0.0.1' }).sendMail === 'function') did.push('nodemailer')

const { simpleParser } = await import('mailparser')
const mail = await simpleParser(mime)
if (mail.subject === 'Grüße' && mail.attachments.length === 1) did.push('mailparser')

const { ImapFlow } = await import('imapflow')
const imap = new ImapFlow({ host: '127.0.0.1', port: 9, secure: true, auth: { user: 'a', pass: 'b' }, logger: false })
imap.on('error', () => undefined)
imap.close()
did.push('imapflow')

const { SMTPServer } = await import('smtp-server')
const server = new SMTPServer({ disabledCommands: ['STARTTLS'] })
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
await new Promise<void>((resolve) => server.close(resolve))
did.push('smtp-server')

const { default: Conf } = await import('conf')
const folder = mkdtempSync(join(tmpdir(), 'mailroom-conf-'))
const conf = new Conf<{ name: string }>({ cwd: folder })
conf.set('name', 'Mailroom')
if (new Conf<{ name: string }>({ cwd: folder }).get('name') === 'Mailroom') did.push('conf')
rmSync(folder, { recursive: true })

await import('puppeteer-core')
did.push('puppeteer-core')

const answer = await new Promise<unknown>((resolve, reject) => {
  const worker = new Worker(new URL('./every-library-worker.ts', import.meta.url), { workerData: 20 })
  worker.once('message', resolve)
  worker.once('error', reject)
})
if (answer === 42) did.push('worker')

const { AsyncEntry } = await import('@napi-rs/keyring')
if (typeof AsyncEntry === 'function') did.push('@napi-rs/keyring')

console.log(did.join(' '))
