/** Makes an invoice as a PDF: enough of one to be opened, looked at, and recognised when it comes back. */
export interface Invoice {
  readonly number: string
  readonly date: Date
  readonly from: string
  readonly to: string
  readonly lines: readonly { readonly text: string; readonly cents: number }[]
}

const euros = (cents: number) => `EUR ${(cents / 100).toFixed(2)}`

export async function makeInvoicePdf(invoice: Invoice): Promise<Buffer> {
  const { default: PdfDocument } = await import('pdfkit')
  const document = new PdfDocument({ size: 'A4', margin: 60, info: { Title: `Invoice ${invoice.number}`, Author: invoice.from, CreationDate: invoice.date } })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve, reject) => {
    document.once('end', resolve)
    document.once('error', reject)
  })

  const total = invoice.lines.reduce((sum, { cents }) => sum + cents, 0)
  const right = document.page.width - 60
  document.fontSize(22).text('Invoice').moveDown(0.3)
  document.fontSize(11).fillColor('#555').text(`Number ${invoice.number}`).text(`Date ${invoice.date.toISOString().slice(0, 10)}`)
  document.moveDown().fillColor('#000').text(`From: ${invoice.from}`).text(`To: ${invoice.to}`).moveDown(1.5)
  const row = (text: string, amount: string) => {
    const { y } = document
    document.text(text, 60, y, { width: 320 })
    document.text(amount, right - 120, y, { width: 120, align: 'right' })
    document.moveDown(0.6)
  }
  for (const { text, cents } of invoice.lines) row(text, euros(cents))
  document.moveTo(60, document.y).lineTo(right, document.y).stroke('#999').moveDown(0.6)
  document.font('Helvetica-Bold')
  row('Total', euros(total))
  document.end()
  await ended
  return Buffer.concat(pieces)
}
