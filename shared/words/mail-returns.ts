/** What is said of what came back about a mail, on the screen and on the command line, in every language. */
import type { MailReturn, RefusalCause, ReturnOutcome } from '../model/mail-return.ts'
import type { Language } from '../model/preferences.ts'

export interface ReturnWords {
  readonly outcomes: Readonly<Record<ReturnOutcome, string>>
  /** In a mail's story, about one address. */
  readonly story: Readonly<Record<ReturnOutcome, (address: string) => string>>
  /** One sentence each: why it did not arrive, and what helps. */
  readonly causes: Readonly<Record<RefusalCause, string>>
  /** Under a bounce: what it means for the next mail. */
  readonly hard: string
  readonly temporary: string
}

const en: ReturnWords = {
  outcomes: { delayed: 'Delayed', 'passed-on': 'Passed on', answered: 'Automatic answer', delivered: 'Delivered', bounced: 'Bounced', deleted: 'Deleted', read: 'Read', complained: 'Complaint' },
  story: {
    delayed: (address) => `Delayed on its way to ${address}`,
    'passed-on': (address) => `Passed on to a server that reports nothing more, for ${address}`,
    answered: (address) => `Automatic answer from ${address}`,
    delivered: (address) => `Delivered to ${address}`,
    bounced: (address) => `Bounced: not delivered to ${address}`,
    deleted: (address) => `Deleted by ${address}, perhaps unread`,
    read: (address) => `Read by ${address}`,
    complained: (address) => `${address} marked it as unwanted mail`,
  },
  causes: {
    'no-such-address': 'This address does not exist. Check how it is written, or ask the recipient for the right one.',
    'no-such-domain': 'There is no mail server for the part after the @. Check how the address is written.',
    moved: 'The recipient has another address now. Ask for it.',
    'takes-no-mail': 'This address accepts no mail. Ask the recipient for another one.',
    'mailbox-full': 'The recipient’s mailbox is full. Try again in some days, or tell the recipient.',
    'mailbox-disabled': 'The recipient’s mailbox is switched off. Ask the recipient.',
    'too-large': 'The mail is larger than the recipient’s server accepts. Send a smaller file.',
    'content-refused': 'The recipient’s server does not accept what is in the mail: it takes it for unwanted mail, or refuses an attachment.',
    'sender-refused': 'The recipient’s server does not accept mail from your mail server or your address. Show its words to your mail provider.',
    'too-many': 'The recipient’s server takes no more mail for now. Send it again later.',
    'gave-up': 'It could not be delivered in time, and the mail server has given up. Send it again later.',
    'server-trouble': 'Something on the way does not work. Send it again later.',
    'not-allowed': 'The recipient’s server refuses this mail. Its words say why.',
    unknown: 'The report does not say why. Its words may help.',
  },
  hard: 'The next mail to this address will come back, too.',
  temporary: 'A later mail to this address may arrive.',
}

const nl: ReturnWords = {
  outcomes: { delayed: 'Vertraagd', 'passed-on': 'Doorgegeven', answered: 'Automatisch antwoord', delivered: 'Bezorgd', bounced: 'Teruggekomen', deleted: 'Verwijderd', read: 'Gelezen', complained: 'Klacht' },
  story: {
    delayed: (address) => `Vertraagd op weg naar ${address}`,
    'passed-on': (address) => `Doorgegeven aan een server die verder niets meldt, voor ${address}`,
    answered: (address) => `Automatisch antwoord van ${address}`,
    delivered: (address) => `Bezorgd bij ${address}`,
    bounced: (address) => `Teruggekomen: niet bezorgd bij ${address}`,
    deleted: (address) => `Verwijderd door ${address}, misschien ongelezen`,
    read: (address) => `Gelezen door ${address}`,
    complained: (address) => `${address} heeft de mail als ongewenst gemeld`,
  },
  causes: {
    'no-such-address': 'Dit adres bestaat niet. Controleer hoe het geschreven is, of vraag de ontvanger om het juiste.',
    'no-such-domain': 'Voor het deel na de @ is er geen mailserver. Controleer hoe het adres geschreven is.',
    moved: 'De ontvanger heeft nu een ander adres. Vraag erom.',
    'takes-no-mail': 'Dit adres neemt geen e-mail aan. Vraag de ontvanger om een ander.',
    'mailbox-full': 'De mailbox van de ontvanger is vol. Probeer het over een paar dagen weer, of laat het de ontvanger weten.',
    'mailbox-disabled': 'De mailbox van de ontvanger is uitgeschakeld. Vraag het de ontvanger.',
    'too-large': 'De mail is groter dan de server van de ontvanger aanneemt. Stuur een kleiner bestand.',
    'content-refused': 'De server van de ontvanger neemt de inhoud niet aan: hij houdt de mail voor ongewenst, of weigert een bijlage.',
    'sender-refused': 'De server van de ontvanger neemt geen mail aan van uw mailserver of uw adres. Laat de tekst aan uw mailprovider zien.',
    'too-many': 'De server van de ontvanger neemt nu geen mail meer aan. Verstuur de mail later opnieuw.',
    'gave-up': 'De mail kon niet op tijd bezorgd worden en de mailserver heeft het opgegeven. Verstuur de mail later opnieuw.',
    'server-trouble': 'Er werkt iets niet onderweg. Verstuur de mail later opnieuw.',
    'not-allowed': 'De server van de ontvanger weigert deze mail. Zijn tekst zegt waarom.',
    unknown: 'Het bericht zegt niet waarom. De tekst helpt misschien.',
  },
  hard: 'Ook de volgende mail aan dit adres komt terug.',
  temporary: 'Een latere mail aan dit adres komt misschien wel aan.',
}

export const returnWords: Readonly<Record<Language, ReturnWords>> = { en, nl }

/** Why, and what it means for the next one; null where nothing failed. */
export function whyReturned({ outcome, cause, bounce }: Pick<MailReturn, 'outcome' | 'cause' | 'bounce'>, words: ReturnWords): string | null {
  if (cause === null) return null
  return outcome === 'bounced' && bounce !== null ? `${words.causes[cause]} ${words[bounce]}` : words.causes[cause]
}
