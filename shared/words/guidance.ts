/** What a person has to do before a large service lets a mail program in (B9): the same words on the screen and in a terminal. */
import type { Guidance, GuidanceStep } from '../model/findings.ts'
import type { Language } from '../model/preferences.ts'

export interface GuidanceWords {
  readonly title: Readonly<Record<Guidance['needs'], (provider: string) => string>>
  readonly body: Readonly<Record<Guidance['needs'], (provider: string) => string>>
  readonly steps: Readonly<Record<GuidanceStep['do'], { readonly text: string; readonly button: string }>>
}

export const guidanceWords: Readonly<Record<Language, GuidanceWords>> = {
  en: {
    title: {
      password: (provider) => `${provider} takes your usual password`,
      'app-password': (provider) => `${provider} needs an app password`,
      oauth2: (provider) => `${provider} signs you in on its website`,
      impossible: (provider) => `${provider} lets no other mail program in`,
    },
    body: {
      password: (provider) => `${provider} takes your usual password, once mail programs are allowed there.`,
      'app-password': (provider) => `${provider} does not take your usual password in mail programs. Make an app password on its website, for this program only, and use it here.`,
      oauth2: (provider) => `${provider} only lets mail programs in that sign in through its website. Your usual password does not work here.`,
      impossible: (provider) => `${provider} has no IMAP, POP3 or SMTP for your mailbox. Mail there is read and written with its own programs only.`,
    },
    steps: {
      'two-step': { text: 'Switch on two-step verification for your account, if it is off.', button: 'Two-step verification' },
      'app-password': { text: 'Make an app password, and paste it here instead of your own password.', button: 'App passwords' },
      'allow-programs': { text: 'Allow mail programs (IMAP and POP3) in your mailbox’s settings.', button: 'Mailbox settings' },
      'web-sign-in': { text: 'Sign in over the web, and allow Mailroom to read and send your mail.', button: 'About this' },
      'ask-admin': { text: 'In a company, the administrator may have to allow sending through SMTP for your mailbox.', button: 'For administrators' },
      bridge: { text: 'Install the provider’s bridge program on this computer, and use the servers and the password that it shows you.', button: 'The bridge' },
      elsewhere: { text: 'Use its own program for this address, or an address of another provider here.', button: 'About this' },
    },
  },
  nl: {
    title: {
      password: (provider) => `${provider} neemt uw gewone wachtwoord aan`,
      'app-password': (provider) => `${provider} wil een app-wachtwoord`,
      oauth2: (provider) => `${provider} laat u aanmelden op de eigen website`,
      impossible: (provider) => `${provider} laat geen ander mailprogramma binnen`,
    },
    body: {
      password: (provider) => `${provider} neemt uw gewone wachtwoord aan, zodra mailprogramma’s daar zijn toegestaan.`,
      'app-password': (provider) => `${provider} neemt uw gewone wachtwoord niet aan in mailprogramma’s. Maak op de website een app-wachtwoord, alleen voor dit programma, en gebruik dat hier.`,
      oauth2: (provider) => `${provider} laat alleen mailprogramma’s binnen die zich via de website aanmelden. Uw gewone wachtwoord werkt hier niet.`,
      impossible: (provider) => `${provider} heeft voor uw mailbox geen IMAP, POP3 of SMTP. E-mail wordt daar alleen met de eigen programma’s gelezen en geschreven.`,
    },
    steps: {
      'two-step': { text: 'Zet verificatie in twee stappen aan voor uw account, als die uit staat.', button: 'Verificatie in twee stappen' },
      'app-password': { text: 'Maak een app-wachtwoord, en plak dat hier in plaats van uw eigen wachtwoord.', button: 'App-wachtwoorden' },
      'allow-programs': { text: 'Sta mailprogramma’s (IMAP en POP3) toe in de instellingen van uw mailbox.', button: 'Instellingen van de mailbox' },
      'web-sign-in': { text: 'Meld u aan via het web, en sta Mailroom toe uw mail te lezen en te verzenden.', button: 'Hierover' },
      'ask-admin': { text: 'In een bedrijf moet de beheerder misschien verzenden via SMTP voor uw mailbox toestaan.', button: 'Voor beheerders' },
      bridge: { text: 'Installeer het brugprogramma van de provider op deze computer, en gebruik de servers en het wachtwoord die het toont.', button: 'Het brugprogramma' },
      elsewhere: { text: 'Gebruik voor dit adres het eigen programma, of hier een adres bij een andere provider.', button: 'Hierover' },
    },
  },
}
