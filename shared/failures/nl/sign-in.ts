/** Storingen rond aanmelden, en wat de eigenaar van een server toestaat, in het Nederlands. */
import type { WordsAbout } from '../failure-words.ts'
import { account, detail, Host, host, page, Server, server } from './phrases.ts'

export const signIn: WordsAbout<'signin' | 'policy'> = {
  'signin.rejected': (about) => ({
    title: 'Gebruikersnaam of wachtwoord wordt niet geaccepteerd',
    cause: `${Server(about)} weigerde de aanmelding${about.userName === undefined ? '' : ` van ${about.userName}`}.`,
    remedy: 'Controleer de gebruikersnaam en typ het wachtwoord opnieuw. Sommige providers willen het volledige adres als gebruikersnaam, of een apart app-wachtwoord.',
  }),
  'signin.no-password': (about) => ({
    title: 'Er is geen wachtwoord',
    cause: `Voor ${account(about)} is geen wachtwoord bewaard.`,
    remedy: 'Typ het wachtwoord: in het venster opent u het account met Wijzigen; op de opdrachtregel is het “mailroom accounts password NAAM”. Een wachtwoord dat niet wordt onthouden, geeft u elke keer met --secrets-stdin.',
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
    title: 'U moet zich opnieuw aanmelden',
    cause: `De toestemming die u Mailroom bij ${host(about)} gaf, geldt niet meer: ze is ingetrokken of verlopen, of de provider wil u nog eens zien${detail(about)}.`,
    remedy: 'Kies “Opnieuw aanmelden” bij het account. Mail die wacht, blijft tot dan zoals ze is.',
  }),
  'signin.provider-unavailable': (about) => ({
    title: 'De aanmelddienst antwoordt niet',
    cause: `${Host(about)}, waar uw provider u laat aanmelden, is niet bereikbaar of gaf geen bruikbaar antwoord. Uw toestemming blijft gelden.`,
    remedy: 'U hoeft niets te doen: Mailroom probeert het vanzelf opnieuw. Was u zich net aan het aanmelden, probeer het dan over een paar minuten nog eens.',
  }),
  'signin.provider-refused': (about) => ({
    title: 'De provider accepteert Mailroom niet',
    cause: `${Host(about)} weigerde de manier waarop Mailroom zich daar voorstelt, niet u.`,
    remedy: 'Controleer de client-id en het terugkeeradres van Mailrooms registratie bij de provider. Tot dan werkt misschien een app-wachtwoord, als de provider dat biedt.',
  }),
  'signin.no-registration': (about) => ({
    title: 'Mailroom is niet geregistreerd bij deze provider',
    cause: `Om u bij ${about.name ?? host(about)} te laten aanmelden heeft Mailroom een client-id nodig: de naam waaronder de provider het kent. Er is er geen ingesteld.`,
    remedy: `Voer er een in bij de instellingen onder “Aanmelden via het web”, waar staat hoe u er een krijgt. Of gebruik een app-wachtwoord, als de provider dat biedt.${page(about)}`,
  }),
  'signin.denied': (about) => ({
    title: 'De toestemming is niet gegeven',
    cause: `De aanmelding bij ${host(about)} is geweigerd of afgebroken.`,
    remedy: 'Was dat een vergissing, meld u dan nog eens aan en sta Mailroom toe mail te lezen en te verzenden.',
  }),
  'signin.wrong-user': (about) => ({
    title: 'Dat is een andere gebruiker',
    cause: `U meldde zich aan als ${about.userName ?? 'iemand anders'}, maar het account is voor ${about.address ?? 'een ander adres'}. Er is niets bewaard.`,
    remedy: 'Meld u nog eens aan en kies de juiste gebruiker. Voor een gedeelde mailbox die uw eigen aanmelding mag gebruiken, geeft u dat vooraf aan.',
  }),
  'signin.not-finished': (about) => ({
    title: 'De aanmelding is niet afgemaakt',
    cause: `Niemand heeft de aanmelding bij ${host(about)} afgemaakt binnen de tijd die ervoor is.`,
    remedy: 'Begin nog eens.',
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
}
