/** What is wrong with a template, and with one mail of a batch: one sentence each, in every language. A third one is one more record here. */
import type { Language } from '../model/preferences.ts'
import type { MailProblem, TemplateFault } from '../model/template.ts'

interface ProblemWords {
  readonly parts: Readonly<Record<TemplateFault['part'], string>>
  readonly place: (part: string, line: number, column: number) => string
  readonly faults: Readonly<Record<TemplateFault['code'], (name: string) => string>>
  readonly problems: Readonly<Record<MailProblem['code'], (about: { readonly field: string; readonly value: string; readonly at: string; readonly row: string }) => string>>
}

const english: ProblemWords = {
  parts: { subject: 'Subject', text: 'Text', html: 'HTML' },
  place: (part, line, column) => `${part}, line ${line}, column ${column}`,
  faults: {
    'unknown-filter': (name) => `There is no filter called “${name}”.`,
    'unknown-tag': (name) => `There is no command called “${name}”.`,
    'not-closed': (name) => `“${name}” has no end.`,
    'unknown-field': (name) => `There is no field “${name}”. Fields begin with sender., recipient. or document.`,
    'not-understood': () => 'This cannot be understood.',
  },
  problems: {
    'field-missing': ({ field }) => `The field ${field} is empty or missing.`,
    'not-a-date': ({ value }) => `“${value}” is not a date.`,
    'unclear-date': ({ value }) => `“${value}” can be read as two different dates. Write it as 2027-01-31.`,
    'not-an-amount': ({ value }) => `“${value}” is not a number.`,
    'unclear-amount': ({ value }) => `“${value}” can be read as two different amounts. Write it with two decimals.`,
    'not-a-currency': ({ value }) => `“${value}” is not a currency, such as EUR.`,
    'unknown-style': ({ value }) => `“${value}” is not a way to write a date: use full, long, medium, short or iso.`,
    'too-long': ({ field }) => `It becomes too long (${field}).`,
    'too-much-work': () => 'The template does more work than is allowed for one mail.',
    'template-wrong': () => 'The template cannot be filled in with this row.',
    'no-address': () => 'There is no e-mail address.',
    'not-an-address': ({ value }) => `“${value}” is not an e-mail address.`,
    'too-many-addresses': () => 'There are more than 20 addresses.',
    'file-unnamed': ({ field }) => `The file’s name needs ${field}, which is empty or missing.`,
    'file-name': ({ value }) => `“${value}” cannot be the name of a file in this folder.`,
    'file-missing': ({ value }) => `The file ${value} is not there.`,
    'file-not-regular': ({ value }) => `${value} is a link or a folder, not a file.`,
    'file-not-pdf': ({ value }) => `${value} is not a PDF file.`,
    'file-not-whole': ({ value }) => `${value} has no end: it was cut off, or is still being written.`,
    'file-too-large': ({ value }) => `${value} is too large to be mailed.`,
    'file-changed': ({ value }) => `${value} was changed in the meantime.`,
    'twice-in-table': ({ value, row }) => `The same document for the same recipient is in row ${row} already (${value}).`,
    'queued-before': ({ value, at }) => `${value} was queued for this recipient before, on ${at}. It is not sent twice unless you ask for it by name.`,
  },
}

const dutch: ProblemWords = {
  parts: { subject: 'Onderwerp', text: 'Tekst', html: 'HTML' },
  place: (part, line, column) => `${part}, regel ${line}, kolom ${column}`,
  faults: {
    'unknown-filter': (name) => `Er is geen filter met de naam “${name}”.`,
    'unknown-tag': (name) => `Er is geen opdracht met de naam “${name}”.`,
    'not-closed': (name) => `“${name}” heeft geen einde.`,
    'unknown-field': (name) => `Er is geen veld “${name}”. Velden beginnen met sender., recipient. of document.`,
    'not-understood': () => 'Dit is niet te begrijpen.',
  },
  problems: {
    'field-missing': ({ field }) => `Het veld ${field} is leeg of ontbreekt.`,
    'not-a-date': ({ value }) => `“${value}” is geen datum.`,
    'unclear-date': ({ value }) => `“${value}” kan als twee verschillende datums worden gelezen. Schrijf hem als 2027-01-31.`,
    'not-an-amount': ({ value }) => `“${value}” is geen getal.`,
    'unclear-amount': ({ value }) => `“${value}” kan als twee verschillende bedragen worden gelezen. Schrijf het met twee decimalen.`,
    'not-a-currency': ({ value }) => `“${value}” is geen valuta, zoals EUR.`,
    'unknown-style': ({ value }) => `“${value}” is geen manier om een datum te schrijven: gebruik full, long, medium, short of iso.`,
    'too-long': ({ field }) => `Het wordt te lang (${field}).`,
    'too-much-work': () => 'Het sjabloon doet meer werk dan voor één mail is toegestaan.',
    'template-wrong': () => 'Het sjabloon kan niet met deze rij worden ingevuld.',
    'no-address': () => 'Er is geen e-mailadres.',
    'not-an-address': ({ value }) => `“${value}” is geen e-mailadres.`,
    'too-many-addresses': () => 'Er zijn meer dan 20 adressen.',
    'file-unnamed': ({ field }) => `De naam van het bestand heeft ${field} nodig, en dat is leeg of ontbreekt.`,
    'file-name': ({ value }) => `“${value}” kan niet de naam van een bestand in deze map zijn.`,
    'file-missing': ({ value }) => `Het bestand ${value} is er niet.`,
    'file-not-regular': ({ value }) => `${value} is een koppeling of een map, geen bestand.`,
    'file-not-pdf': ({ value }) => `${value} is geen PDF-bestand.`,
    'file-not-whole': ({ value }) => `${value} heeft geen einde: het is afgebroken, of wordt nog geschreven.`,
    'file-too-large': ({ value }) => `${value} is te groot om te mailen.`,
    'file-changed': ({ value }) => `${value} is in de tussentijd veranderd.`,
    'twice-in-table': ({ value, row }) => `Hetzelfde document voor dezelfde ontvanger staat al in rij ${row} (${value}).`,
    'queued-before': ({ value, at }) => `${value} is al eerder voor deze ontvanger klaargezet, op ${at}. Het wordt niet nog eens verzonden, tenzij u er met name om vraagt.`,
  },
}

const words: Readonly<Record<Language, ProblemWords>> = { en: english, nl: dutch }

/** "Text, line 3, column 5: There is no filter called …" */
export function templateFaultWords(fault: TemplateFault, language: Language): string {
  const { parts, place, faults } = words[language]
  return `${place(parts[fault.part], fault.line, fault.column)}: ${faults[fault.code](fault.name)}`
}

/** `shownDate` writes a date as its reader is used to. */
export function mailProblemWords({ code, field, value, at, row }: MailProblem, language: Language, shownDate: (iso: string) => string = (iso) => iso.slice(0, 10)): string {
  return words[language].problems[code]({ field: field ?? '?', value: value ?? '', at: at === null ? '' : shownDate(at), row: row === null ? '?' : String(row) })
}
