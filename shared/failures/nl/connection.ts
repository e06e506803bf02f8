/** Storingen rond namen, verbindingen en certificaten, in het Nederlands. */
import type { Evidence } from '../failure.ts'
import type { WordsAbout } from '../failure-words.ts'
import { readableName } from '../readable-name.ts'
import { after, host, Server, server } from './phrases.ts'

export const connection: WordsAbout<'dns' | 'connect' | 'tls'> = {
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
    cause: `${hetCertificaat(about)} is over zijn laatste dag heen.`,
    remedy: 'Controleer de datum van deze computer. Klopt die, vraag dan de beheerder van de server om het certificaat te vernieuwen.',
  }),
  'tls.not-yet-valid-certificate': (about) => ({
    title: 'Het certificaat van de server is nog niet geldig',
    cause: `${hetCertificaat(about)} gaat in op een latere dag dan het volgens deze computer is.`,
    remedy: 'Bijna altijd loopt de klok verkeerd: zet de datum en de tijd van deze computer goed. Kloppen die, vraag de beheerder van de server dan naar het certificaat.',
  }),
  'tls.wrong-name': (about) => ({
    title: 'Het certificaat is voor een andere server',
    cause: `${Server(about)} toonde een certificaat (het digitale identiteitsbewijs) voor een andere naam${about.certificate === undefined || about.certificate.names.length === 0 ? '' : `: ${about.certificate.names.join(', ')}`}.`,
    remedy: 'Gebruik de servernaam waarvoor het certificaat is, als die bij uw mailprovider hoort.',
  }),
  'tls.weak-certificate': (about) => ({
    title: 'Het certificaat van de server is te makkelijk na te maken',
    cause: `${hetCertificaat(about)} is gemaakt op een manier die niet meer veilig is: met een te korte sleutel, of ondertekend met een methode die gekraakt is.`,
    remedy: 'Vraag de beheerder van de server om een nieuw certificaat. Vergelijk tot die tijd eerst de vingerafdruk met de beheerder voordat u het vertrouwt.',
  }),
  'tls.revoked-certificate': (about) => ({
    title: 'Het certificaat van de server is ingetrokken',
    cause: `${hetCertificaat(about)} is ongeldig verklaard door wie het heeft uitgegeven.`,
    remedy: 'Meld u niet aan. Vraag het aan de beheerder van de server.',
  }),
  'tls.status-missing': (about) => ({
    title: 'Het bewijs dat het certificaat niet is ingetrokken, ontbreekt',
    cause: `${hetCertificaat(about)} geldt alleen samen met een recente verklaring van wie het heeft uitgegeven, en de server stuurde geen geldige mee.`,
    remedy: 'Probeer het later opnieuw. Blijft het zo, meld de beheerder van de server dan dat het certificaat om “OCSP stapling” vraagt.',
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
}

/** Dat van de server zelf, of van wie ervoor instaat. */
function hetCertificaat(about: Evidence): string {
  const of = about.certificate?.problemWith ?? null
  return of === null ? `Het certificaat (het digitale identiteitsbewijs) van ${server(about)}` : `Het certificaat (het digitale identiteitsbewijs) van ${readableName(of)}, die instaat voor ${server(about)},`
}
