/** Storingen rond sjablonen, tabellen en bewaakte mappen, in het Nederlands. */
import { named, type WordsAbout } from '../failure-words.ts'
import { templateFaultWords } from '../mail-problems.ts'
import { tableFaultWords } from '../table-faults.ts'
import { detail, file } from './phrases.ts'

export const batches: WordsAbout<'template' | 'table' | 'batch' | 'folder'> = {
  'template.unknown': (about) => ({
    title: 'Dit sjabloon bestaat niet',
    cause: `Geen sjabloon heet ${named('', about.name, 'zo')}, of niet meer.`,
    remedy: 'Zoek de juiste naam op in de lijst met sjablonen.',
  }),
  'template.wrong': (about) => ({
    title: 'Het sjabloon klopt nog niet',
    cause: (about.faults ?? []).map((fault) => templateFaultWords(fault, 'nl')).join(' ') || 'Er staat iets in dat niet wordt begrepen.',
    remedy: 'Verbeter het op de genoemde plaatsen. Er is niets opgeslagen.',
  }),
  'template.in-use': (about) => ({
    title: 'Het sjabloon is in gebruik',
    cause: `Een bewaakte map maakt er mails mee${about.name === undefined ? '' : `: ${about.name}`}.`,
    remedy: 'Kies een ander sjabloon voor die map, of bewaak de map niet meer, en verwijder het sjabloon daarna.',
  }),

  'table.unreadable': (about) => ({
    title: 'De tabel kan niet worden gelezen',
    cause: about.table === undefined ? `${file(about)} is geen tabel die Mailroom begrijpt${detail(about)}.` : `${file(about)}: ${tableFaultWords(about.table, 'nl')}`,
    remedy: 'Sla de tabel op als CSV of XLSX met de namen van de kolommen in de eerste rij, of als een lijst met objecten in de tekstvorm JSON.',
  }),
  'table.empty': (about) => ({
    title: 'De tabel heeft geen rijen',
    cause: `${file(about)} heeft geen rijen onder de namen van de kolommen.`,
    remedy: 'Controleer of u het juiste bestand hebt gekozen.',
  }),

  'batch.gone': () => ({
    title: 'Deze tabel is niet meer bij de hand',
    cause: 'Een geopende tabel blijft alleen bewaard tot Mailroom stopt, of tot er enkele andere zijn geopend.',
    remedy: 'Kies het bestand opnieuw.',
  }),
  'batch.unknown': (about) => ({
    title: 'Deze reeks is er niet',
    cause: `${named('', about.name, 'Ze')} staat niet bij de reeksen die zijn klaargezet.`,
    remedy: 'Bekijk de lijst van reeksen.',
  }),
  'batch.problems': (about) => ({
    title: 'Er is niets klaargezet',
    cause: about.count === undefined ? 'Sommige rijen hebben een probleem.' : about.count === 1 ? 'Eén rij heeft een probleem.' : `${about.count} rijen hebben een probleem.`,
    remedy: 'Verbeter de rijen in de tabel, of laat ze weg. Een reeks wordt in haar geheel klaargezet, of helemaal niet.',
  }),
  'batch.queued-before': (about) => ({
    title: 'Deze tabel is al eerder klaargezet',
    cause: `${named('', about.name, 'De tabel')} is al klaargezet, met precies deze inhoud.`,
    remedy: 'U hoeft niets te doen. Wat nog eens verzonden moet worden, kan met zijn nummer worden gevraagd.',
  }),
  'batch.nothing-left': (about) => ({
    title: 'Er blijft geen mail over om klaar te zetten',
    cause: `Elke rij van ${named('', about.name, 'de tabel')} is weggelaten, of al eerder klaargezet.`,
    remedy: 'Neem rijen weer mee, of vraag met hun nummer om wat nog eens verzonden moet worden.',
  }),
  'batch.files-awaited': (about) => ({
    title: 'Nog niet alle PDF-bestanden zijn er',
    cause: `${named('', about.name, 'De tabel')} noemt bestanden die nog niet in de map staan, of die nog worden geschreven.`,
    remedy: 'U hoeft niets te doen. Mailroom wacht erop, totdat er in de map een minuut lang niets is veranderd.',
  }),

  'folder.unknown': () => ({
    title: 'Deze map wordt niet bewaakt',
    cause: 'Er is geen bewaakte map met dat nummer of pad.',
    remedy: 'Bekijk de lijst met bewaakte mappen opnieuw.',
  }),
  'folder.unusable': (about) => ({
    title: 'De map kan niet worden bewaakt',
    cause: `${named('', about.name, 'Dit')} is geen map die Mailroom kan lezen en schrijven${detail(about)}.`,
    remedy: 'Geef het volledige pad van een map die bestaat, geen koppeling is en niet in de map van Mailroom zelf staat.',
  }),
}
