/** Failures about accounts, units, contacts and the search for settings, in English. */
import { named, type WordsAbout } from '../failure-words.ts'
import { Account, account, detail, Host } from './phrases.ts'

export const accounts: WordsAbout<'account' | 'unit' | 'contact' | 'discovery'> = {
  'account.unknown': (about) => ({
    title: 'There is no such account',
    cause: `No account is called ${named('', about.name, 'that')}, and none has it as its address.`,
    remedy: 'Look at the list of accounts for the right name.',
  }),
  'account.ambiguous': (about) => ({
    title: 'More than one account fits',
    cause: `${named('', about.name, 'That name')} fits several accounts${detail(about)}.`,
    remedy: 'Use the account’s own name, or its id.',
  }),
  'account.cannot-send': (about) => ({
    title: 'This account does not send',
    cause: `${Account(about)} is set up for receiving only, or sending is switched off.`,
    remedy: 'Choose another account, or open this one with Change and fill in an outgoing server.',
  }),
  'account.cannot-receive': (about) => ({
    title: 'This account does not receive',
    cause: `${Account(about)} is set up for sending only.`,
    remedy: 'Choose another account, or open this one with Change and fill in an incoming server.',
  }),
  'account.no-web-sign-in': (about) => ({
    title: 'Nobody signs in over the web here',
    cause: about.host === undefined ? `${Account(about)} uses a password.` : `${Host(about)} is signed in to with a password, or not at all.`,
    remedy: 'To sign in over the web instead, open the account with Change, or the server in the settings, and choose that as the way to sign in.',
  }),
  'account.paused': (about) => ({
    title: 'The account is paused',
    cause: `Sign-in failed before, so Mailroom leaves ${account(about)} alone until somebody has looked at it.`,
    remedy: 'Correct the password and check the account: a successful check ends the pause.',
  }),

  'unit.no-server': () => ({
    title: 'There is no server to check',
    cause: 'No server for outgoing mail is filled in here: mail takes that of the next level, where there is one.',
    remedy: 'Fill one in: “mailroom organization set --help” and “mailroom units change --help” show how.',
  }),
  'unit.unknown': (about) => ({
    title: 'There is no such unit',
    cause: `No company, employer or department is called ${named('', about.name, 'that')}.`,
    remedy: 'Look in the list of units for the right name.',
  }),

  'contact.unknown': (about) => ({
    title: 'There is no such contact',
    cause: `${named('Nobody called ', about.name, 'Nobody')} is among your contacts, or no longer.`,
    remedy: 'Look at the list of contacts again.',
  }),
  'contact.ambiguous': (about) => ({
    title: 'Several contacts have this name',
    cause: `More than one contact is called ${about.name ?? 'that'}.`,
    remedy: 'Use one of the contact’s e-mail addresses instead.',
  }),
  'contact.address-taken': (about) => ({
    title: 'This address belongs to another contact',
    cause: `${about.address ?? 'The address'} is ${about.name === undefined ? 'another contact’s' : `an address of ${about.name}`}.`,
    remedy: 'If both are the same person, merge the two contacts.',
  }),

  'discovery.nothing-found': (about) => ({
    title: 'No settings were found',
    cause: `Nothing is known about the mail servers for ${about.address ?? 'this address'}.`,
    remedy: 'Ask your mail provider for the names of the incoming and outgoing server, and fill them in yourself.',
  }),
  'discovery.no-mail': (about) => ({
    title: 'This domain takes no mail',
    cause: `${about.host ?? 'The domain'} says of itself that no mail is delivered there, so ${about.address ?? 'this'} is hardly anybody’s address.`,
    remedy: 'See whether the address is spelled right.',
  }),
}
