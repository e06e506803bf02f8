/** Elke storing in het Nederlands: gewone woorden, geen vakterm zonder uitleg. */
import { type FailureLanguage, named, placeOf } from './failure-words.ts'
import type { Evidence } from './failure.ts'
import { templateFaultWords } from './mail-problems.ts'

const server = (about: Evidence) => placeOf(about, 'poort', 'de server')
const Server = (about: Evidence) => placeOf(about, 'poort', 'De server')
const host = (about: Evidence) => about.host ?? 'de server'
const Host = (about: Evidence) => about.host ?? 'De server'
const account = (about: Evidence) => named('het account ', about.name, 'dit account')
const Account = (about: Evidence) => named('Het account ', about.name, 'Dit account')
const file = (about: Evidence) => named('Het bestand ', about.name, 'Het bestand')
const after = ({ seconds }: Evidence) => (seconds === undefined ? 'binnen de toegestane tijd' : `binnen ${seconds} seconden`)
const page = ({ page }: Evidence) => (page === undefined ? '' : ` De pagina daarvoor is ${page}`)
const detail = ({ detail }: Evidence) => (detail === undefined ? '' : ` (${detail})`)

export const wordsNl: FailureLanguage = {
  serverSaid: (words) => `De server antwoordde: “${words}”`,

  failures: {
    'dns.no-such-host': (about) => ({
      title: 'Er is geen server met deze naam',
      cause: `De namenlijst van het internet kent ${host(about)} niet.`,
      remedy: 'Kijk of de servernaam goed getypt is, of vraag uw mailprovider naar de juiste naam.',
    }),
    'dns.unavailable': (about) => ({
      title: 'De servernaam kon niet worden opgezocht',
      cause: `De dienst die servers bij hun naam vindt, gaf geen antwoord op de vraag naar ${host(about)}. Meestal is er dan geen internetverbinding.`,
      remedy: 'Kijk of deze computer verbonden is met internet en probeer het opnieuw.',
    }),
    'connect.refused': (about) => ({
      title: 'De server neemt geen verbindingen aan',
      cause: `${Server(about)} is te bereiken, maar daar antwoordt niets. Misschien is het poortnummer verkeerd, of staat de maildienst uit.`,
      remedy: 'Controleer de poort en de beveiliging die erbij hoort. Kloppen die, probeer het dan later opnieuw.',
    }),
    'connect.unreachable': (about) => ({
      title: 'De server is niet te bereiken',
      cause: `Er is geen weg over het netwerk naar ${server(about)}.`,
      remedy: 'Controleer de internetverbinding, en of u voor deze server op het kantoornetwerk of een VPN moet zitten.',
    }),
    'connect.timeout': (about) => ({
      title: 'De server antwoordde niet op tijd',
      cause: `${Server(about)} gaf geen antwoord ${after(about)}.`,
      remedy: 'Controleer de servernaam en de poort. Stel bij een trage verbinding een langere wachttijd in onder Meer instellingen, Geavanceerd.',
    }),
    'connect.lost': (about) => ({
      title: 'De verbinding is verbroken',
      cause: `De verbinding met ${server(about)} stopte midden in het werk.`,
      remedy: 'Probeer het opnieuw. Wat al klaar was, is bewaard. Blijft het gebeuren, vraag het dan aan de beheerder van de server.',
    }),
    'connect.too-many': (about) => ({
      title: 'Te veel verbindingen tegelijk',
      cause: `${Server(about)} laat op dit moment niet meer verbindingen van jou toe.`,
      remedy: 'Sluit andere mailprogramma’s die dit account gebruiken, of wacht een paar minuten en probeer het opnieuw.',
    }),

    'tls.untrusted-certificate': (about) => ({
      title: 'De identiteit van de server is niet te controleren',
      cause: `Het certificaat (het digitale identiteitsbewijs) van ${server(about)} is uitgegeven door iemand die deze computer niet kent.`,
      remedy: 'Vergelijk de vingerafdruk met wat de eigenaar van de server u zegt. Vertrouw het alleen als ze gelijk zijn.',
    }),
    'tls.self-signed-certificate': (about) => ({
      title: 'De server staat alleen voor zichzelf in',
      cause: `Het certificaat (het digitale identiteitsbewijs) van ${server(about)} is door de server zelf ondertekend, en door niemand anders.`,
      remedy: 'Bij een server van uw eigen kantoor is dat gewoon: vergelijk de vingerafdruk met die van de eigenaar, en vertrouw het alleen als ze gelijk zijn.',
    }),
    'tls.expired-certificate': (about) => ({
      title: 'Het certificaat van de server is verlopen',
      cause: `Het certificaat (het digitale identiteitsbewijs) van ${server(about)} is over zijn laatste dag heen, of nog niet geldig.`,
      remedy: 'Controleer de datum van deze computer. Klopt die, vraag dan de beheerder van de server om het certificaat te vernieuwen.',
    }),
    'tls.wrong-name': (about) => ({
      title: 'Het certificaat is voor een andere server',
      cause: `${Server(about)} toonde een certificaat (het digitale identiteitsbewijs) voor een andere naam${about.certificate === undefined || about.certificate.names.length === 0 ? '' : `: ${about.certificate.names.join(', ')}`}.`,
      remedy: 'Gebruik de servernaam waarvoor het certificaat is, als die bij uw mailprovider hoort.',
    }),
    'tls.revoked-certificate': (about) => ({
      title: 'Het certificaat van de server is ingetrokken',
      cause: `Het certificaat (het digitale identiteitsbewijs) van ${server(about)} is ongeldig verklaard door wie het heeft uitgegeven.`,
      remedy: 'Meld u niet aan. Vraag het aan de beheerder van de server.',
    }),
    'tls.changed-certificate': (about) => ({
      title: 'De server toont een ander certificaat dan eerst',
      cause: `U vertrouwde eerder een certificaat van ${server(about)}; nu toont die een ander${about.certificate?.verifies === true ? ', waarvoor een bekende instantie instaat' : ', waarvoor niemand instaat'}. Er is niets naartoe gestuurd.`,
      remedy: 'Vraag de eigenaar van de server of het vernieuwd is, en vergelijk de nieuwe vingerafdruk voordat u verdergaat.',
    }),
    'tls.handshake-failed': (about) => ({
      title: 'Er kwam geen beveiligde verbinding tot stand',
      cause: `${Server(about)} en deze computer werden het niet eens over de versleuteling.`,
      remedy: 'Controleer of de beveiliging (TLS of STARTTLS) bij de poort past. Een heel oude server biedt misschien alleen wat niet meer veilig is.',
    }),
    'tls.not-offered': (about) => ({
      title: 'De server biedt hier geen versleuteling',
      cause: `STARTTLS (overgaan op versleuteling vóór het aanmelden) is gekozen, maar ${server(about)} biedt dat niet.`,
      remedy: 'Kies TLS met zijn eigen poort. Uw wachtwoord is niet verzonden.',
    }),
    'tls.injected-data': (about) => ({
      title: 'Er is misschien met de verbinding geknoeid',
      cause: `Op de verbinding met ${server(about)} kwam iets binnen op een moment dat er niets mag komen.`,
      remedy: 'Gebruik dit netwerk niet voor mail. Uw wachtwoord is niet verzonden. Meld het aan de beheerder van de server.',
    }),

    'signin.rejected': (about) => ({
      title: 'Gebruikersnaam of wachtwoord wordt niet geaccepteerd',
      cause: `${Server(about)} weigerde de aanmelding${about.userName === undefined ? '' : ` van ${about.userName}`}.`,
      remedy: 'Controleer de gebruikersnaam en typ het wachtwoord opnieuw. Sommige providers willen het volledige adres als gebruikersnaam, of een apart app-wachtwoord.',
    }),
    'signin.no-password': (about) => ({
      title: 'Er is geen wachtwoord',
      cause: `Voor ${account(about)} is geen wachtwoord bewaard.`,
      remedy: 'Typ het wachtwoord: open het account met Wijzigen, of geef het mee op de opdrachtregel.',
    }),
    'signin.app-password-needed': (about) => ({
      title: 'Er is een app-wachtwoord nodig',
      cause: `${Host(about)} neemt uw gewone wachtwoord niet aan van een mailprogramma. Er is een app-wachtwoord nodig: een wachtwoord dat u alleen voor dit programma maakt.`,
      remedy: `Maak een app-wachtwoord op de website van uw provider en gebruik dat hier.${page(about)}`,
    }),
    'signin.second-factor': (about) => ({
      title: 'Er is een tweede bewijs van wie u bent nodig',
      cause: `${Host(about)} vraagt meer dan een wachtwoord, zoals een code op uw telefoon.`,
      remedy: `Meld u eerst aan op de website van uw provider, of maak daar een app-wachtwoord.${page(about)}`,
    }),
    'signin.locked': (about) => ({
      title: 'Het account is geblokkeerd',
      cause: `${Host(about)} laat voorlopig niemand in deze mailbox.`,
      remedy: 'Meld u aan op de website van uw provider om de blokkade op te heffen, of vraag het aan de beheerder van de server.',
    }),
    'signin.no-mechanism': (about) => ({
      title: 'Er is geen gemeenschappelijke manier van aanmelden',
      cause: `${Server(about)} biedt geen manier van aanmelden die Mailroom met deze instellingen kan gebruiken.`,
      remedy: 'Kies TLS of STARTTLS, want veel servers nemen wachtwoorden alleen aan over een beveiligde verbinding; of kies een andere manier van aanmelden.',
    }),
    'signin.unavailable': (about) => ({
      title: 'De server kan nu geen wachtwoorden controleren',
      cause: `De aanmelddienst van ${server(about)} heeft een storing. Uw wachtwoord kan heel goed kloppen.`,
      remedy: 'Probeer het over een paar minuten opnieuw. U hoeft niets te veranderen.',
    }),
    'signin.again': (about) => ({
      title: 'De toestemming om aan te melden is verlopen',
      cause: `${Host(about)} wil dat u Mailroom opnieuw toestemming geeft.`,
      remedy: 'Open het account met Wijzigen en meld u opnieuw aan.',
    }),
    'signin.clear-text-refused': (about) => ({
      title: 'De server neemt geen wachtwoord zonder versleuteling aan',
      cause: `${Server(about)} weigert wachtwoorden op een verbinding die anderen kunnen meelezen.`,
      remedy: 'Kies TLS of STARTTLS als beveiliging.',
    }),

    'policy.basic-auth-off': (about) => ({
      title: 'Aanmelden met een wachtwoord staat uit',
      cause: `${Host(about)} neemt voor deze mailbox geen gebruikersnaam en wachtwoord meer aan.`,
      remedy: `Kies aanmelden via het web (OAuth), of vraag uw beheerder om wachtwoorden toe te staan.${page(about)}`,
    }),
    'policy.sender-refused': (about) => ({
      title: 'Dit afzenderadres is niet toegestaan',
      cause: `${Host(about)} laat deze aanmelding niet verzenden ${about.address === undefined ? 'onder dit adres' : `als ${about.address}`}.`,
      remedy: 'Gebruik het adres dat bij de aanmelding hoort, of vraag de eigenaar van de server om het andere toe te staan.',
    }),
    'policy.refused': (about) => ({
      title: 'Dit mag niet van de server',
      cause: `${Host(about)} weigerde vanwege een regel van de eigenaar.`,
      remedy: 'Zegt het antwoord niet om welke regel het gaat, vraag het dan aan de beheerder van de server.',
    }),
    'policy.too-fast': (about) => ({
      title: 'De server vraagt om het rustiger aan te doen',
      cause: `${Host(about)} neemt even niets meer aan, omdat er in korte tijd veel is gevraagd.`,
      remedy: 'Mailroom wacht en probeert het vanzelf opnieuw. Gebeurt het vaak, vraag uw provider dan naar de grenzen.',
    }),

    'server.unavailable': (about) => ({
      title: 'De maildienst is niet beschikbaar',
      cause: `${Server(about)} antwoordde dat er op dit moment niet gewerkt kan worden.`,
      remedy: 'Probeer het later opnieuw. Duurt het lang, vraag het dan aan de beheerder van de server.',
    }),
    'server.protocol': (about) => ({
      title: 'De server gaf een antwoord dat niet klopt',
      cause: `Wat er antwoordt bij ${server(about)}, spreekt niet de mailtaal die werd verwacht${detail(about)}.`,
      remedy: 'Controleer het servertype (POP3, IMAP) en de poort: elk soort server heeft eigen poorten.',
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
    'server.moved': (about) => ({
      title: 'De mailbox staat op een andere server',
      cause: `${Server(about)} verwees Mailroom naar een andere server. Daar gaat Mailroom niet vanzelf heen: uw wachtwoord is voor de server die u hebt gekozen.`,
      remedy: 'Vraag uw mailprovider naar de naam van de juiste server, en vul die bij de instellingen van het account in.',
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

    'send.recipient-refused': (about) => ({
      title: 'Een ontvanger is geweigerd',
      cause: `De server neemt geen mail aan voor ${about.address ?? 'een van de ontvangers'}.`,
      remedy: 'Kijk dat adres na op typefouten. De andere ontvangers hebben de mail wel gekregen.',
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

    'secrets.locked': (about) => ({
      title: 'De plek voor wachtwoorden is op slot',
      cause: `${named('', about.name, 'De sleutelbos (waarin deze computer wachtwoorden bewaart)')} moet open zijn voordat Mailroom een wachtwoord kan lezen of bewaren.`,
      remedy: 'Maak hem open, met de aanmelding van uw computer of de wachtwoordzin, en probeer het opnieuw. Er is niets veranderd.',
    }),
    'secrets.absent': () => ({
      title: 'Er is geen plek om wachtwoorden te bewaren',
      cause: 'Op deze computer draait geen sleutelbos (een veilige plek voor wachtwoorden), dus het wachtwoord kon niet worden bewaard.',
      remedy: 'Kies waar wachtwoorden heen gaan: alleen in het geheugen, tot Mailroom stopt (--secret-place session), of in een bestand met een wachtwoordzin (mailroom secrets use vault; in het venster onder Instellingen).',
    }),
    'secrets.failed': (about) => ({
      title: 'De sleutelbos meldde een storing',
      cause: `De plek waar deze computer wachtwoorden bewaart, kon niet doen wat er werd gevraagd${detail(about)}.`,
      remedy: 'Meld u af van deze computer en weer aan, en probeer het nog eens. Er is geen wachtwoord overschreven.',
    }),
    'vault.wrong-passphrase': () => ({
      title: 'De wachtwoordzin klopt niet',
      cause: 'Het bestand met uw wachtwoorden gaat er niet mee open.',
      remedy: 'Typ hem opnieuw, en let op hoofdletters. Zonder wachtwoordzin kan niemand het bestand openen; dan moeten de wachtwoorden opnieuw worden getypt.',
    }),
    'vault.damaged': (about) => ({
      title: 'Het bestand met wachtwoorden is beschadigd',
      cause: `${file(about)} is niet meer te lezen. Het is gelaten zoals het is.`,
      remedy: 'Zet een reservekopie terug, of maak een nieuwe kluis (het bestand voor wachtwoorden) en typ de wachtwoorden opnieuw.',
    }),

    'storage.full': () => ({
      title: 'De schijf is vol',
      cause: 'Er is geen plaats meer om iets op te slaan. Wat al opgeslagen was, is veilig, en op de server is niets verwijderd.',
      remedy: 'Maak ruimte op de schijf en probeer het opnieuw.',
    }),
    'storage.failed': (about) => ({
      title: 'De schijf deed niet wat er werd gevraagd',
      cause: `Een bestand kon niet worden gelezen of geschreven${about.name === undefined ? '' : ` (${about.name})`}${detail(about)}.`,
      remedy: 'Controleer of de schijf is aangesloten en of u in de map van Mailroom mag schrijven; probeer het daarna opnieuw.',
    }),
    'storage.damaged': (about) => ({
      title: 'De gegevens van Mailroom zijn beschadigd',
      cause: `${named('', about.name, 'Een bestand in de map van Mailroom')} is niet te lezen als wat het hoort te zijn. Het is gelaten zoals het is.`,
      remedy: 'Zet de map terug uit een reservekopie. De berichten zelf zijn losse bestanden: verplaats de bestanden waarvan de naam met “mailroom.db” begint naar een andere plek, en “mailroom doctor --rebuild” op de opdrachtregel maakt de lijst met ontvangen mail opnieuw. Wat in het Postvak UIT wacht, hoort daar niet bij.',
    }),
    'settings.damaged': (about) => ({
      title: 'De instellingen konden niet worden gelezen',
      cause: `Het bestand met instellingen was beschadigd en is apart gezet${about.name === undefined ? '' : ` als ${about.name}`}. Er is niets verwijderd.`,
      remedy: 'Kijk uw accounts na. Wat ontbreekt kunt u opnieuw toevoegen, of uit het apart gezette bestand halen.',
    }),
    'settings.newer': (about) => ({
      title: 'De instellingen zijn van een nieuwere Mailroom',
      cause: `${named('', about.name, 'Het bestand met instellingen')} is geschreven door een nieuwere versie van dit programma. Het is niet aangeraakt.`,
      remedy: 'Gebruik de nieuwere Mailroom, of een andere gegevensmap.',
    }),
    'data-folder.in-use': (about) => ({
      title: 'Mailroom is al gestart',
      cause: `Een andere Mailroom gebruikt dezelfde map${about.name === undefined ? '' : ` (${about.name})`}, en gaf geen antwoord.`,
      remedy: 'Gebruik de Mailroom die openstaat, of sluit die en probeer het opnieuw.',
    }),

    'input.invalid': () => ({
      title: 'Er is iets niet goed ingevuld',
      cause: 'In minstens één veld staat iets dat niet kan.',
      remedy: 'Verbeter de genoemde velden en probeer het opnieuw. Er is niets veranderd.',
    }),
    'input.not-json': (about) => ({
      title: 'Het bestand is niet te begrijpen',
      cause: `${file(about)} is geen JSON, de tekstvorm voor gegevens die hier wordt verwacht${detail(about)}.`,
      remedy: 'Maak het bestand met “mailroom accounts show NAAM --json”, verander wat nodig is en probeer het opnieuw.',
    }),
    'input.unreadable-file': (about) => ({
      title: 'Het bestand is niet te lezen',
      cause: `${file(about)} is er niet, of mag niet worden gelezen${detail(about)}.`,
      remedy: 'Controleer de naam en de map, en of u het mag lezen.',
    }),
    'account.unknown': (about) => ({
      title: 'Dat account is er niet',
      cause: `Geen enkel account heet ${named('', about.name, 'zo')}, en geen enkel heeft het als adres.`,
      remedy: 'Kijk in de lijst van accounts naar de juiste naam.',
    }),
    'account.ambiguous': (about) => ({
      title: 'Er past meer dan één account bij',
      cause: `${named('', about.name, 'Die naam')} past bij verschillende accounts${detail(about)}.`,
      remedy: 'Gebruik de eigen naam van het account, of zijn id.',
    }),
    'account.cannot-send': (about) => ({
      title: 'Dit account verzendt niet',
      cause: `${Account(about)} is alleen voor ontvangen ingesteld, of verzenden staat uit.`,
      remedy: 'Kies een ander account, of open dit met Wijzigen en vul een server voor uitgaande mail in.',
    }),
    'account.cannot-receive': (about) => ({
      title: 'Dit account ontvangt niet',
      cause: `${Account(about)} is alleen voor verzenden ingesteld.`,
      remedy: 'Kies een ander account, of open dit met Wijzigen en vul een server voor inkomende mail in.',
    }),
    'account.paused': (about) => ({
      title: 'Het account is gepauzeerd',
      cause: `Het aanmelden mislukte eerder, dus Mailroom laat ${account(about)} met rust tot iemand ernaar gekeken heeft.`,
      remedy: 'Verbeter het wachtwoord en controleer het account: als dat lukt, is de pauze voorbij.',
    }),
    'unit.unknown': (about) => ({
      title: 'Dat onderdeel is er niet',
      cause: `Geen enkel bedrijf, geen werkgever en geen afdeling heet ${named('', about.name, 'zo')}.`,
      remedy: 'Kijk in de lijst van onderdelen naar de juiste naam.',
    }),
    'protocol.not-yet': (about) => ({
      title: 'Dit servertype wordt nog niet ondersteund',
      cause: `Mailroom kan deze instellingen bewaren, maar kan nog niet werken met ${about.protocol ?? 'dit soort server'}.`,
      remedy: 'Kies POP3 of IMAP, als uw provider een van beide biedt.',
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
    'contact.unknown': (about) => ({
      title: 'Dit contact is er niet',
      cause: `${named('Niemand met de naam ', about.name, 'Niemand')} staat bij uw contacten, of niet meer.`,
      remedy: 'Kijk nog eens in de lijst met contacten.',
    }),
    'contact.ambiguous': (about) => ({
      title: 'Meer contacten hebben deze naam',
      cause: `Er is meer dan één contact met de naam ${about.name ?? 'die u noemde'}.`,
      remedy: 'Gebruik in plaats daarvan een van de e-mailadressen van het contact.',
    }),
    'contact.address-taken': (about) => ({
      title: 'Dit adres hoort bij een ander contact',
      cause: `${about.address ?? 'Het adres'} is ${about.name === undefined ? 'van een ander contact' : `een adres van ${about.name}`}.`,
      remedy: 'Gaat het om dezelfde persoon, voeg de twee contacten dan samen.',
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
    'discovery.nothing-found': (about) => ({
      title: 'Er zijn geen instellingen gevonden',
      cause: `Over de mailservers voor ${about.address ?? 'dit adres'} is niets bekend.`,
      remedy: 'Vraag uw mailprovider naar de namen van de server voor inkomende en die voor uitgaande mail, en vul ze zelf in.',
    }),
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
      cause: `${file(about)} is geen tabel die Mailroom begrijpt${detail(about)}.`,
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
    'host.not-possible': (about) => ({
      title: 'Dat kan hier niet',
      cause: `Mailroom kan het niet zoals het nu draait${detail(about)}.`,
      remedy: 'Doe het in het venster van Mailroom, of met de programma’s van uw computer.',
    }),
    'program.error': () => ({
      title: 'Mailroom maakte een fout',
      cause: 'Er gebeurde iets dat niet mogelijk hoort te zijn. Het staat in het logboek, zonder wachtwoorden.',
      remedy: 'Probeer het opnieuw. Gebeurt het weer, stuur dan het logboek (in de map van Mailroom, onder “log”) aan wie u met Mailroom helpt.',
    }),
  },

  fieldProblems: {
    empty: 'Vul dit in.',
    'not-an-address': 'Dit is geen e-mailadres, zoals anna@example.nl.',
    'not-a-host': 'Dit kan geen naam van een server zijn, zoals mail.example.nl.',
    'not-a-url': 'Dit is geen adres dat met https:// begint.',
    'port-range': 'Een poort is een heel getal van 1 tot en met 65535.',
    'number-range': 'Dit getal is te klein of te groot.',
    'line-break': 'Dit moet één regel zijn, zonder regeleinden of tabs.',
    'too-long': 'Dit is te lang.',
    'not-a-choice': 'Dit is geen van de keuzes.',
    'wrong-type': 'Hier wordt iets van een ander soort verwacht.',
    'unknown-field': 'Er is geen veld met deze naam.',
    'must-be-address': 'Deze server wil een volledig e-mailadres als gebruikersnaam.',
    'neither-direction': 'Kies verzenden, ontvangen, of allebei.',
    'passphrase-short': 'Gebruik minstens 10 tekens.',
    'no-recipient': 'Vul minstens één ontvanger in.',
    'needs-incoming': 'Er is geen server voor inkomende mail waarvan de aanmelding te gebruiken is.',
    'not-confirmed': 'Zonder versleuteling kunnen anderen het wachtwoord lezen: bevestig dat u dit wilt.',
    'name-taken': 'Er is er al een met deze naam.',
    'address-taken': 'Een ander contact heeft dit adres.',
    taken: 'Deze naam is al in gebruik.',
  },
}
