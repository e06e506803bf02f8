/** Failures about signing in, and what a server’s owner allows, in English. */
import type { WordsAbout } from '../failure-words.ts'
import { account, detail, Host, host, page, Server } from './phrases.ts'

export const signIn: WordsAbout<'signin' | 'policy'> = {
  'signin.rejected': (about) => ({
    title: 'User name or password is not accepted',
    cause: `${Server(about)} refused the sign-in${about.userName === undefined ? '' : ` of ${about.userName}`}.`,
    remedy: 'Check the user name and type the password again. Some providers want the full address as user name, or a special app password.',
  }),
  'signin.no-password': (about) => ({
    title: 'No password at hand',
    cause: `No password is stored for ${account(about)}.`,
    remedy: 'Type the password: in the window, open the account with Change; on the command line, “mailroom accounts password NAME”. One that is not to be remembered is given with --secrets-stdin each time.',
  }),
  'signin.app-password-needed': (about) => ({
    title: 'An app password is needed',
    cause: `${Host(about)} does not take your usual password from a mail program. It wants an app password: one that you make for this program only.`,
    remedy: `Make an app password on your provider’s website and use it here.${page(about)}`,
  }),
  'signin.second-factor': (about) => ({
    title: 'A second proof of identity is needed',
    cause: `${Host(about)} asks for more than a password, such as a code on your telephone.`,
    remedy: `Sign in on your provider’s website first, or make an app password there.${page(about)}`,
  }),
  'signin.locked': (about) => ({
    title: 'The account is locked',
    cause: `${Host(about)} lets nobody sign in to this mailbox for now.`,
    remedy: 'Sign in on your provider’s website to unlock it, or ask whoever runs the server.',
  }),
  'signin.no-mechanism': (about) => ({
    title: 'No common way to sign in',
    cause: `${Server(about)} offers no way of signing in that Mailroom can use with these settings.`,
    remedy: 'Choose TLS or STARTTLS, as many servers take passwords only over a secure connection; or choose another sign-in method.',
  }),
  'signin.unavailable': (about) => ({
    title: 'The server cannot check passwords just now',
    cause: `${Server(about)} has a fault in its sign-in service. Your password may well be right.`,
    remedy: 'Try again in a few minutes. Nothing has to be changed.',
  }),
  'signin.again': (about) => ({
    title: 'You must sign in again',
    cause: `The permission that you gave Mailroom at ${host(about)} has ended: it was withdrawn, it expired, or the provider wants to see you once more${detail(about)}.`,
    remedy: 'Choose “Sign in again” on the account. Mail that waits stays as it is until then.',
  }),
  'signin.provider-unavailable': (about) => ({
    title: 'The sign-in service does not answer',
    cause: `${Host(about)}, where your provider has you sign in, could not be reached or gave no usable answer. Your permission is not affected.`,
    remedy: 'Nothing has to be done: Mailroom tries again by itself. If you were signing in just now, try once more in a few minutes.',
  }),
  'signin.provider-refused': (about) => ({
    title: 'The provider does not accept Mailroom',
    cause: `${Host(about)} refused the way Mailroom introduces itself there, not you.`,
    remedy: 'Check the client id and the redirect address of Mailroom’s registration with the provider. Until then an app password may work, where the provider offers them.',
  }),
  'signin.no-registration': (about) => ({
    title: 'Mailroom is not registered with this provider',
    cause: `To let you sign in at ${about.name ?? host(about)}, Mailroom needs a client id: the name under which the provider knows it. None is set.`,
    remedy: `Enter one in the settings under “Sign-in over the web”, which says how to get it. Or use an app password, where the provider offers them.${page(about)}`,
  }),
  'signin.denied': (about) => ({
    title: 'The permission was not given',
    cause: `The sign-in at ${host(about)} was declined or called off.`,
    remedy: 'If that was a mistake, sign in once more and allow Mailroom to read and send mail.',
  }),
  'signin.wrong-user': (about) => ({
    title: 'That is another user',
    cause: `You signed in as ${about.userName ?? 'somebody else'}, but the account is for ${about.address ?? 'another address'}. Nothing was kept.`,
    remedy: 'Sign in once more and choose the right user. For a shared mailbox that your own sign-in may use, say so before you sign in.',
  }),
  'signin.not-finished': (about) => ({
    title: 'The sign-in was not finished',
    cause: `Nobody finished signing in at ${host(about)} in the time there is for it.`,
    remedy: 'Start it once more.',
  }),
  'signin.clear-text-refused': (about) => ({
    title: 'The server takes no password without encryption',
    cause: `${Server(about)} refuses passwords on a connection that others could read.`,
    remedy: 'Choose TLS or STARTTLS as security.',
  }),

  'policy.basic-auth-off': (about) => ({
    title: 'Sign-in with a password is switched off',
    cause: `${Host(about)} no longer accepts a user name and password for this mailbox.`,
    remedy: `Choose sign-in over the web (OAuth), or ask your administrator to allow passwords.${page(about)}`,
  }),
  'policy.sender-refused': (about) => ({
    title: 'This sender address is not allowed',
    cause: `${Host(about)} does not let this sign-in send${about.address === undefined ? ' under this address' : ` as ${about.address}`}.`,
    remedy: 'Use the address that belongs to the sign-in, or ask the server’s owner to allow sending under the other one.',
  }),
  'policy.refused': (about) => ({
    title: 'The server’s rules forbid this',
    cause: `${Host(about)} refused because of a rule of its owner.`,
    remedy: 'If its own words do not say which rule, ask whoever runs the server.',
  }),
  'policy.too-fast': (about) => ({
    title: 'The server asks to go slower',
    cause: `${Host(about)} takes no more for now, because much was asked in a short time.`,
    remedy: 'Mailroom waits and tries again by itself. If it happens often, ask your provider for its limits.',
  }),
}
