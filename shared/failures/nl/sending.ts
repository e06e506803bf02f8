/** Storingen rond verzenden en het Postvak UIT, in het Nederlands. */
import type { WordsAbout } from '../failure-words.ts'
import { Account, after, host, Server, server } from './phrases.ts'

export const sending: WordsAbout<'send' | 'outbox'> = {
  'send.recipient-refused': (about) => ({
    title: 'Een ontvanger is geweigerd',
    cause: `De server neemt geen mail aan voor ${about.address ?? 'een van de ontvangers'}.`,
    remedy: 'Kijk dat adres na op typefouten. Werd er een mail verzonden, dan hebben de andere ontvangers die wel gekregen.',
  }),
  'send.all-recipients-refused': (about) => ({
    title: 'Alle ontvangers zijn geweigerd',
    cause: `De server neemt voor geen van de ontvangers mail aan${about.address === undefined ? '' : ` (${about.address})`}.`,
    remedy: 'Kijk de adressen na op typefouten, verbeter ze en verzend opnieuw. Niemand heeft de mail gekregen.',
  }),
  'send.refused': (about) => ({
    title: 'De server weigerde de mail',
    cause: `${Server(about)} neemt deze mail niet aan, en dat is definitief.`,
    remedy: 'Lees de woorden van de server, pas de mail daarop aan en verzend hem opnieuw. Niemand heeft hem gekregen.',
  }),
  'send.temporary': (about) => ({
    title: 'De server nam de mail nog niet aan',
    cause: `${Server(about)} vraagt om het later opnieuw te proberen.`,
    remedy: 'Mailroom probeert het vanzelf opnieuw. U hoeft niets te doen.',
  }),
  'send.outcome-unknown': (about) => ({
    title: 'Het is niet bekend of de mail verzonden is',
    cause: `De mail ging naar ${server(about)}, maar de verbinding stopte voordat het antwoord kwam.`,
    remedy: 'Kijk in de map Verzonden op de server, of vraag het de ontvanger; geef dan aan wat het was. Mailroom verzendt uit zichzelf nooit twee keer.',
  }),
  'send.switched-off': (about) => ({
    title: 'Verzenden staat uit',
    cause: `${Account(about)} mag voorlopig niet verzenden.`,
    remedy: 'Zet verzenden aan bij het account, of kies een ander account.',
  }),
  'send.no-server': (about) => ({
    title: 'Er is geen server voor uitgaande mail',
    cause: `${Account(about)} gebruikt de gedeelde server voor uitgaande mail, en daarvan staat er geen aan.`,
    remedy: 'Vul bij het account een eigen server in, of zet een gedeelde aan.',
  }),
  'send.needs-smtputf8': (about) => ({
    title: 'De server kan niet overweg met dit adres',
    cause: `${about.address ?? 'Een adres'} heeft voor de @ andere letters dan a tot en met z, en aan zulke adressen kan ${host(about)} niet bezorgen.`,
    remedy: 'Vraag de ontvanger om een ander adres.',
  }),
  'send.test-not-arrived': (about) => ({
    title: 'Het testbericht is nog niet aangekomen',
    cause: `Het is verzonden, maar verscheen niet in het Postvak IN ${after(about)}.`,
    remedy: 'Haal over een paar minuten mail op, en kijk in de map met ongewenste mail. Beide servers werken; sommige zijn traag.',
  }),

  'outbox.unknown': () => ({
    title: 'Deze mail staat niet in het Postvak UIT',
    cause: 'Er is er geen met dat nummer.',
    remedy: 'Kijk nog eens in de lijst van het Postvak UIT.',
  }),
  'outbox.wrong-state': (about) => ({
    title: 'Dat kan nu niet met deze mail',
    cause: `De toestand${about.name === undefined ? '' : ` (${about.name})`} laat het niet toe.`,
    remedy: 'Kijk nog eens in het Postvak UIT: misschien is de mail intussen verzonden.',
  }),
  'outbox.changed-file': () => ({
    title: 'Het bericht is veranderd nadat het in de wachtrij kwam',
    cause: 'Het bestand in de gegevensmap is niet meer zo lang als toen: een ander programma heeft het veranderd, of de schijf verloor een deel.',
    remedy: 'Er is niets verzonden. Schrijf de mail opnieuw: half wordt hij nooit verzonden.',
  }),
  'outbox.older-copy': () => ({
    title: 'Deze mail kan intussen verzonden zijn',
    cause: 'De gegevensmap, of de lijst met mail daarin, is gekopieerd of uit een reservekopie teruggezet. Wat toen wachtte, kan daarna verzonden zijn.',
    remedy: 'Kijk in de map Verzonden op de server, of vraag het de ontvanger; geef dan aan wat het was, of geef de mail vrij. Mailroom verzendt uit zichzelf nooit twee keer.',
  }),
}
