/** Storingen rond antwoorden van servers, postvakken en berichten, in het Nederlands. */
import { named, type WordsAbout } from '../failure-words.ts'
import { detail, Host, host, Server, server } from './phrases.ts'

export const receiving: WordsAbout<'server' | 'mailbox' | 'quota' | 'message' | 'mail'> = {
  'server.unavailable': (about) => ({
    title: 'De maildienst is niet beschikbaar',
    cause: `${Server(about)} antwoordde dat er op dit moment niet gewerkt kan worden.`,
    remedy: 'Probeer het later opnieuw. Duurt het lang, vraag het dan aan de beheerder van de server.',
  }),
  'server.protocol': (about) => ({
    title: 'De server gaf een antwoord dat niet klopt',
    cause: `Wat er antwoordt bij ${server(about)}, spreekt niet de mailtaal die werd verwacht${detail(about)}.`,
    remedy: 'Controleer het servertype (POP3, IMAP, HTTP) en de poort of het adres: elke soort server heeft eigen poorten.',
  }),
  'server.answer-too-long': (about) => ({
    title: 'Het antwoord van de server is te lang',
    cause: `${Server(about)} stuurde een antwoord dat veel langer is dan voor een mailserver nodig is. Het is voor de veiligheid afgebroken.`,
    remedy: 'Controleer of dit de juiste server en poort zijn. Zo ja, meld het aan de beheerder.',
  }),
  'server.refused': (about) => ({
    title: 'De server weigerde',
    cause: `${Server(about)} deed niet wat er werd gevraagd.`,
    remedy: 'De woorden van de server zeggen het meest. Helpen die niet, vraag het dan aan de beheerder.',
  }),

  'server.elsewhere': (about) => ({
    title: 'De mail staat op een andere server',
    cause: `${Server(about)} zegt dat de mail bij ${named('', about.name, 'een ander adres')} staat. Daar gaat Mailroom niet vanzelf heen, en uw wachtwoord is daar niet naartoe gestuurd: het is voor de server die u hebt genoemd.`,
    remedy: 'Kent u die andere server als die van uw provider, vul dan de naam ervan in bij de instellingen van het account; via HTTP kan hij ook bij de andere hosts van het account. Zo niet, vraag het uw provider.',
  }),
  'mailbox.in-use': (about) => ({
    title: 'De mailbox is in gebruik',
    cause: `Een ander programma is met dezelfde mailbox bij ${host(about)} verbonden, en deze server laat er maar één tegelijk toe.`,
    remedy: 'Sluit het andere mailprogramma, of wacht een paar minuten en probeer het opnieuw.',
  }),
  'mailbox.missing': (about) => ({
    title: 'De map bestaat niet op de server',
    cause: `${Host(about)} heeft voor dit account geen map ${named('', about.name, 'met die naam')}.`,
    remedy: 'Controleer of dit het juiste account is, of vraag het uw mailprovider.',
  }),
  'mailbox.exists': (about) => ({
    title: 'Er is al een map met die naam',
    cause: `Het account heeft op de server al een map ${named('', about.name, 'met die naam')}.`,
    remedy: 'Kies een andere naam.',
  }),
  'mailbox.special': (about) => ({
    title: 'Deze map blijft zoals hij is',
    cause: `De server en uw andere programma’s gebruiken ${named('', about.name, 'deze map')} ergens voor, zoals verzonden of verwijderde e-mail.`,
    remedy: 'Mappen die iemand zelf heeft gemaakt, kunnen een andere naam krijgen en worden verwijderd.',
  }),
  'mailbox.not-empty': (about) => ({
    title: 'Er staan nog berichten in de map',
    cause: `Verwijdert u ${named('', about.name, 'de map')}, dan verdwijnen de berichten erin ook van de server.`,
    remedy: 'Verplaats of verwijder eerst de berichten, en daarna de map.',
  }),
  'mailbox.one-only': () => ({
    title: 'Dit account heeft alleen een postvak IN',
    cause: 'Het ontvangt zijn e-mail met POP3, en dat kent geen mappen.',
    remedy: 'Biedt de provider IMAP aan, stel het account dan daarmee in.',
  }),

  'quota.exceeded': (about) => ({
    title: 'De mailbox is vol',
    cause: `Er is geen plaats meer${about.address === undefined ? ` bij ${host(about)}` : ` in de mailbox van ${about.address}`}.`,
    remedy: 'Verwijder mail die niet meer nodig is, of vraag om meer ruimte; probeer het daarna opnieuw.',
  }),

  'message.too-large': (about) => ({
    title: 'Het bericht is te groot',
    cause: `${Host(about)} neemt berichten van deze grootte niet aan.`,
    remedy: 'Stuur kleinere bijlagen, of zet grote bestanden ergens anders neer en stuur een link.',
  }),
  'message.gone': () => ({
    title: 'Het bericht staat niet meer op de server',
    cause: 'Toen de lijst werd gemaakt stond het er nog; een ander programma heeft het daarna verwijderd.',
    remedy: 'U hoeft niets te doen. Mist u het, kijk dan in uw andere mailprogramma’s.',
  }),

  'mail.unknown': () => ({
    title: 'Dit bericht is er niet',
    cause: 'Het is verwijderd, of nooit in deze gegevensmap opgehaald.',
    remedy: 'Kijk nog eens in de lijst van berichten.',
  }),
  'mail.unreadable': (about) => ({
    title: 'Het bericht kan niet worden getoond',
    cause: `Het is bewaard precies zoals het kwam, maar de vorm is te kapot om te lezen${detail(about)}.`,
    remedy: 'Bekijk de bron, of exporteer het en open het in een ander programma.',
  }),
}
