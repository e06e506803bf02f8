/** Failures about sending and the outbox, in English. */
import type { WordsAbout } from '../failure-words.ts'
import { Account, after, host, Server, server } from './phrases.ts'

export const sending: WordsAbout<'send' | 'outbox'> = {
  'send.recipient-refused': (about) => ({
    title: 'A recipient was refused',
    cause: `The server does not take mail for ${about.address ?? 'one of the recipients'}.`,
    remedy: 'Check that address for typing mistakes. If a mail was being sent, the other recipients got it.',
  }),
  'send.all-recipients-refused': (about) => ({
    title: 'Every recipient was refused',
    cause: `The server takes mail for none of the recipients${about.address === undefined ? '' : ` (${about.address})`}.`,
    remedy: 'Check the addresses for typing mistakes, correct them, and send again. Nobody got the mail.',
  }),
  'send.refused': (about) => ({
    title: 'The server refused the mail',
    cause: `${Server(about)} will not take this mail, and says so for good.`,
    remedy: 'Read the server’s words, change the mail accordingly, and send it again. Nobody got it.',
  }),
  'send.temporary': (about) => ({
    title: 'The server did not take the mail yet',
    cause: `${Server(about)} asks to try again later.`,
    remedy: 'Mailroom tries again by itself. Nothing has to be done.',
  }),
  'send.outcome-unknown': (about) => ({
    title: 'It is not known whether the mail was sent',
    cause: `The mail went out to ${server(about)}, but the connection ended before its answer came.`,
    remedy: 'Look into the Sent folder on the server, or ask the recipient; then say which it was. Mailroom never sends it twice by itself.',
  }),
  'send.switched-off': (about) => ({
    title: 'Sending is switched off',
    cause: `${Account(about)} may not send for now.`,
    remedy: 'Switch sending on in the account, or choose another account.',
  }),
  'send.no-server': (about) => ({
    title: 'There is no outgoing server',
    cause: `${Account(about)} uses the shared outgoing server, and none is switched on.`,
    remedy: 'Fill in a server of its own in the account, or switch a shared one on.',
  }),
  'send.needs-smtputf8': (about) => ({
    title: 'The server cannot handle this address',
    cause: `${about.address ?? 'An address'} has letters beyond a to z before the @, and ${host(about)} cannot deliver to such addresses.`,
    remedy: 'Ask the recipient for another address.',
  }),
  'send.test-not-arrived': (about) => ({
    title: 'The test message has not arrived yet',
    cause: `It was sent, but did not show up in the inbox ${after(about)}.`,
    remedy: 'Fetch mail in a few minutes, and look into the junk folder. Both servers work; some are slow.',
  }),

  'outbox.unknown': () => ({
    title: 'This mail is not in the outbox',
    cause: 'There is none with that number.',
    remedy: 'Look at the list of the outbox again.',
  }),
  'outbox.wrong-state': (about) => ({
    title: 'That is not possible for this mail now',
    cause: `Its state${about.name === undefined ? '' : ` (${about.name})`} does not allow it.`,
    remedy: 'Look at the outbox again: the mail may have been sent in the meantime.',
  }),
  'outbox.changed-file': () => ({
    title: 'The message was changed after it was queued',
    cause: 'Its file in the data folder is not as long as it was then: another program changed it, or the disk lost a part of it.',
    remedy: 'Nothing was sent. Write the mail again: half of it is never sent.',
  }),
  'outbox.older-copy': () => ({
    title: 'This mail may have been sent since',
    cause: 'The data folder, or the list of mail in it, was copied or put back from a backup. What waited then may have gone out afterwards.',
    remedy: 'Look into the Sent folder on the server, or ask the recipient; then say which it was, or release the mail. Mailroom never sends it twice by itself.',
  }),
}
