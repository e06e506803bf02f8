/** Failures about servers’ answers, mailboxes and messages, in English. */
import { named, type WordsAbout } from '../failure-words.ts'
import { detail, Host, host, Server, server } from './phrases.ts'

export const receiving: WordsAbout<'server' | 'mailbox' | 'quota' | 'message' | 'mail'> = {
  'server.unavailable': (about) => ({
    title: 'The mail service is not available',
    cause: `${Server(about)} answered that it cannot work just now.`,
    remedy: 'Try again later. If it lasts, ask whoever runs the server.',
  }),
  'server.protocol': (about) => ({
    title: 'The server gave an answer that makes no sense',
    cause: `What answers at ${server(about)} does not speak the language of mail that was expected${detail(about)}.`,
    remedy: 'Check the server type (POP3, IMAP, HTTP) and the port or address: each kind of server has its own.',
  }),
  'server.answer-too-long': (about) => ({
    title: 'The server’s answer is too long',
    cause: `${Server(about)} sent an answer far longer than a mail server has reason to. It was cut off for safety.`,
    remedy: 'Check that this is the right server and port. If it is, tell whoever runs it.',
  }),
  'server.refused': (about) => ({
    title: 'The server refused',
    cause: `${Server(about)} did not do what was asked.`,
    remedy: 'The server’s own words tell most. Ask whoever runs it if they do not help.',
  }),

  'server.elsewhere': (about) => ({
    title: 'The mail is on another server',
    cause: `${Server(about)} says that mail is at ${named('', about.name, 'another address')}. Mailroom does not go there by itself, and your password was not sent there: it is for the server you named.`,
    remedy: 'If you know that other server as your provider’s, put its name into the account’s settings; over HTTP it can be added to the account’s other hosts instead. If not, ask your provider.',
  }),
  'mailbox.in-use': (about) => ({
    title: 'The mailbox is in use',
    cause: `Another program is connected to the same mailbox at ${host(about)}, and this server allows only one at a time.`,
    remedy: 'Close the other mail program, or wait a few minutes and try again.',
  }),
  'mailbox.missing': (about) => ({
    title: 'The folder does not exist on the server',
    cause: `${Host(about)} has no folder ${named('', about.name, 'of that name')} for this account.`,
    remedy: 'Check that the account is the right one, or ask your mail provider.',
  }),
  'mailbox.exists': (about) => ({
    title: 'There is a folder of that name already',
    cause: `The account has a folder ${named('', about.name, 'of that name')} on the server.`,
    remedy: 'Choose another name.',
  }),
  'mailbox.special': (about) => ({
    title: 'This folder stays as it is',
    cause: `The server and your other programs use ${named('', about.name, 'this folder')} for something, such as sent or deleted mail.`,
    remedy: 'Folders that people made can be renamed and deleted.',
  }),
  'mailbox.not-empty': (about) => ({
    title: 'There is still mail in the folder',
    cause: `Deleting ${named('', about.name, 'the folder')} would remove its messages from the server too.`,
    remedy: 'Move or delete the messages first; then delete the folder.',
  }),
  'mailbox.one-only': () => ({
    title: 'This account has only an inbox',
    cause: 'It receives its mail with POP3, which knows no folders.',
    remedy: 'Where the provider offers IMAP, set the account up with that.',
  }),

  'quota.exceeded': (about) => ({
    title: 'The mailbox is full',
    cause: `There is no room left${about.address === undefined ? ` at ${host(about)}` : ` in the mailbox of ${about.address}`}.`,
    remedy: 'Delete mail that is no longer needed, or ask for more room; then try again.',
  }),

  'message.too-large': (about) => ({
    title: 'The message is too large',
    cause: `${Host(about)} does not take messages of this size.`,
    remedy: 'Send smaller attachments, or put large files elsewhere and send a link.',
  }),
  'message.gone': () => ({
    title: 'The message is no longer on the server',
    cause: 'It was there when the list was made; another program has removed it since.',
    remedy: 'Nothing has to be done. Look in your other mail programs if you miss it.',
  }),

  'mail.unknown': () => ({
    title: 'This message is not here',
    cause: 'It was deleted, or never fetched into this data folder.',
    remedy: 'Look at the list of messages again.',
  }),
  'mail.unreadable': (about) => ({
    title: 'The message cannot be shown',
    cause: `It is kept exactly as it came, but its form is too broken to be read${detail(about)}.`,
    remedy: 'Look at its source, or export it and open it in another program.',
  }),
}
