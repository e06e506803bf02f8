/** Storingen rond aanmelden, en wat de eigenaar van een server toestaat, in het Nederlands. */
import type { WordsAbout } from '../failure-words.ts'
import { account, Host, page, Server, server } from './phrases.ts'

export const signIn: WordsAbout<'signin' | 'policy'> = {
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
}
