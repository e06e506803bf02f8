/** Which column is which field, as far as its heading says so, in English and Dutch. A person can change every guess. */
import { fieldName } from '../../../shared/model/template.ts'

/** Field → column. */
export type ColumnsOfFields = Readonly<Record<string, string>>

/** The likelier headings first, as `fieldName` writes them. */
const headings: Readonly<Record<string, readonly string[]>> = {
  'recipient.address': ['email', 'e_mail', 'mail', 'email_address', 'e_mail_address', 'emailadres', 'e_mailadres', 'mailadres', 'to', 'aan', 'recipient', 'ontvanger', 'address'],
  'recipient.name': ['name', 'naam', 'customer', 'klant', 'customer_name', 'klantnaam', 'debtor', 'debiteur', 'company', 'bedrijf', 'employee', 'medewerker', 'werknemer', 'contact', 'contactpersoon'],
  'recipient.cc': ['cc', 'copy', 'kopie'],
  'document.number': ['number', 'nummer', 'invoice', 'factuur', 'invoice_number', 'factuurnummer', 'invoice_no', 'factuurnr', 'invoice_nr', 'document_number', 'documentnummer', 'no', 'nr'],
  'document.date': ['date', 'datum', 'invoice_date', 'factuurdatum', 'document_date'],
  'document.due_date': ['due_date', 'vervaldatum', 'due', 'payment_date', 'uiterste_betaaldatum', 'betaaldatum'],
  'document.amount': ['amount', 'bedrag', 'total', 'totaal', 'totaalbedrag', 'amount_due', 'balance', 'saldo'],
  'document.currency': ['currency', 'valuta', 'munt'],
  'document.period': ['period', 'periode', 'month', 'maand'],
  'document.description': ['description', 'omschrijving', 'subject', 'onderwerp'],
  'document.reference': ['reference', 'referentie', 'kenmerk', 'your_reference', 'uw_kenmerk'],
}
const fileHeadings = ['pdf', 'file', 'bestand', 'filename', 'file_name', 'bestandsnaam', 'attachment', 'bijlage']

export function guessColumns(columns: readonly string[]): ColumnsOfFields {
  const free = new Map(columns.map((column) => [fieldName(column), column] as const).toReversed())
  const guessed: Record<string, string> = {}
  for (const [field, names] of Object.entries(headings)) {
    const name = names.find((one) => free.has(one))
    if (name === undefined) continue
    guessed[field] = free.get(name) ?? ''
    free.delete(name)
  }
  return guessed
}

/** How the PDF of a row is called, where the table tells; null = it does not. */
export function guessFileRule(columns: readonly string[], guessed: ColumnsOfFields): string | null {
  const named = columns.find((column) => fileHeadings.includes(fieldName(column)))
  if (named !== undefined) return `{${named}}`
  const number = guessed['document.number']
  return number === undefined ? null : `{${number}}.pdf`
}
