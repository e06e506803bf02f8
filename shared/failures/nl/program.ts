/** Storingen rond wat er van het programma is gevraagd, en het programma zelf, in het Nederlands. */
import type { WordsAbout } from '../failure-words.ts'
import { detail, file } from './phrases.ts'

/** By what the system says (errno). */
const unreadable: Readonly<Record<string, string>> = { ENOENT: 'is er niet', EACCES: 'mag door u niet worden gelezen', EPERM: 'mag door u niet worden gelezen', EISDIR: 'is een map' }

export const program: WordsAbout<'input' | 'job' | 'file' | 'host' | 'output' | 'program'> = {
  'input.invalid': () => ({
    title: 'Er is iets niet goed ingevuld',
    cause: 'In minstens één veld staat iets dat niet kan.',
    remedy: 'Verbeter de genoemde velden en probeer het opnieuw. Er is niets veranderd.',
  }),
  'input.not-json': (about) => ({
    title: 'Het bestand is niet te begrijpen',
    cause: `${file(about)} is geen JSON, de tekstvorm voor gegevens die hier wordt verwacht${detail(about)}.`,
    remedy: '“--help” achter dezelfde opdracht toont wat erin hoort; “show NAAM --json” drukt er een af die klopt.',
  }),
  'input.unreadable-file': (about) => ({
    title: 'Het bestand is niet te lezen',
    cause: `${file(about)} ${unreadable[about.detail ?? ''] ?? 'is niet te lezen'}${detail(about)}.`,
    remedy: 'Controleer de naam en de map, en of u het mag lezen.',
  }),

  'job.unknown': () => ({
    title: 'Dit werk is niet meer bekend',
    cause: 'Het is lang geleden afgelopen, of hoort bij een andere gegevensmap.',
    remedy: 'Start het opnieuw als u het nog nodig hebt.',
  }),
  'job.interrupted': () => ({
    title: 'Het werk is onderbroken',
    cause: 'Mailroom stopte, of de computer ging uit, terwijl het bezig was.',
    remedy: 'Start het opnieuw. Wat al klaar was, is bewaard.',
  }),
  'job.cancelled': () => ({
    title: 'Geannuleerd',
    cause: 'Het werk is gestopt omdat iemand daarom vroeg.',
    remedy: 'Start het opnieuw wanneer u wilt.',
  }),

  'file.unknown': () => ({
    title: 'Het bestand is niet meer bij de hand',
    cause: 'Een bestand dat is aangereikt, wordt maar bewaard tot Mailroom stopt.',
    remedy: 'Voeg het bestand opnieuw toe.',
  }),
  'file.too-large': (about) => ({
    title: 'Het bestand is te groot',
    cause: `${file(about)} is groter dan Mailroom aanneemt${detail(about)}.`,
    remedy: 'Gebruik een kleiner bestand, of zet het ergens anders neer en stuur een link.',
  }),

  'host.not-possible': (about) => ({
    title: 'Dat kan hier niet',
    cause: `Mailroom kan het niet zoals het nu draait${detail(about)}.`,
    remedy: 'Doe het in het venster van Mailroom, of met de programma’s van uw computer.',
  }),

  'output.unwritten': (about) => ({
    title: 'Het antwoord kon niet worden geschreven',
    cause: `Waar de uitvoer heen gaat, nam er niet meer van aan${detail(about)}: wat er staat is niet alles. Het werk zelf is gedaan, voor zover het kwam.`,
    remedy: 'Maak ruimte op die schijf, of schrijf ergens anders heen, en vraag het opnieuw.',
  }),

  'program.error': () => ({
    title: 'Mailroom maakte een fout',
    cause: 'Er gebeurde iets dat niet mogelijk hoort te zijn. Het staat in het logboek, zonder wachtwoorden.',
    remedy: 'Probeer het opnieuw. Gebeurt het weer, stuur dan het logboek (in de map van Mailroom, onder “log”) aan wie u met Mailroom helpt.',
  }),
}
