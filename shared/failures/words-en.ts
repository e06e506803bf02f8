/** Every failure in English: plain words, no term of the trade without an explanation. */
import { type FailureLanguage, named, placeOf } from './failure-words.ts'
import type { Evidence } from './failure.ts'
import { templateFaultWords } from './mail-problems.ts'

const server = (about: Evidence) => placeOf(about, 'port', 'the server')
const Server = (about: Evidence) => placeOf(about, 'port', 'The server')
const host = (about: Evidence) => about.host ?? 'the server'
const Host = (about: Evidence) => about.host ?? 'The server'
const account = (about: Evidence) => named('the account ', about.name, 'this account')
const Account = (about: Evidence) => named('The account ', about.name, 'This account')
const file = (about: Evidence) => named('The file ', about.name, 'The file')
const after = ({ seconds }: Evidence) => (seconds === undefined ? 'within the time allowed' : `within ${seconds} seconds`)
const page = ({ page }: Evidence) => (page === undefined ? '' : ` The page for that is ${page}`)
const detail = ({ detail }: Evidence) => (detail === undefined ? '' : ` (${detail})`)

export const wordsEn: FailureLanguage = {
  serverSaid: (words) => `The server said: “${words}”`,

  failures: {
    'dns.no-such-host': (about) => ({
      title: 'There is no server by this name',
      cause: `The internet’s directory of names does not know ${host(about)}.`,
      remedy: 'Check the server name for a typing mistake, or ask your mail provider for the right one.',
    }),
    'dns.unavailable': (about) => ({
      title: 'The server name could not be looked up',
      cause: `The service that finds servers by name did not answer when asked for ${host(about)}. Usually there is no internet connection.`,
      remedy: 'Check whether this computer is online, then try again.',
    }),
    'connect.refused': (about) => ({
      title: 'The server does not accept connections',
      cause: `${Server(about)} can be reached, but nothing answers there. The port number may be wrong, or the mail service is switched off.`,
      remedy: 'Check the port and the security chosen for it. If both are right, try again later.',
    }),
    'connect.unreachable': (about) => ({
      title: 'The server cannot be reached',
      cause: `There is no way over the network to ${server(about)}.`,
      remedy: 'Check the internet connection, and whether you must be in the office network or use a VPN to reach this server.',
    }),
    'connect.timeout': (about) => ({
      title: 'The server did not answer in time',
      cause: `${Server(about)} gave no answer ${after(about)}.`,
      remedy: 'Check the server name and port. On a slow connection, set a longer server timeout under More settings, Advanced.',
    }),
    'connect.lost': (about) => ({
      title: 'The connection was lost',
      cause: `The connection to ${server(about)} ended in the middle of the work.`,
      remedy: 'Try again. What was finished before is kept. If it keeps happening, ask whoever runs the server.',
    }),
    'connect.too-many': (about) => ({
      title: 'Too many connections at once',
      cause: `${Server(about)} allows no more connections from you right now.`,
      remedy: 'Close other mail programs that use this account, or wait a few minutes and try again.',
    }),

    'tls.untrusted-certificate': (about) => ({
      title: 'The server’s identity cannot be verified',
      cause: `The certificate (the digital proof of identity) of ${server(about)} was issued by somebody this computer does not know.`,
      remedy: 'Compare its fingerprint with what the server’s owner tells you. Trust it only if they are the same.',
    }),
    'tls.self-signed-certificate': (about) => ({
      title: 'The server vouches only for itself',
      cause: `The certificate (the digital proof of identity) of ${server(about)} was signed by the server itself, and by nobody else.`,
      remedy: 'For a server of your own office this is usual: compare the fingerprint with its owner, and trust it only if it is the same.',
    }),
    'tls.expired-certificate': (about) => ({
      title: 'The server’s certificate has expired',
      cause: `The certificate (the digital proof of identity) of ${server(about)} is past its last day, or not valid yet.`,
      remedy: 'Check the date of this computer. If it is right, ask whoever runs the server to renew the certificate.',
    }),
    'tls.wrong-name': (about) => ({
      title: 'The certificate is for another server',
      cause: `${Server(about)} showed a certificate (the digital proof of identity) that is for another name${about.certificate === undefined || about.certificate.names.length === 0 ? '' : `: ${about.certificate.names.join(', ')}`}.`,
      remedy: 'Use the server name that the certificate is for, if it belongs to your mail provider.',
    }),
    'tls.revoked-certificate': (about) => ({
      title: 'The server’s certificate was withdrawn',
      cause: `The certificate (the digital proof of identity) of ${server(about)} was declared invalid by whoever issued it.`,
      remedy: 'Do not sign in. Ask whoever runs the server.',
    }),
    'tls.changed-certificate': (about) => ({
      title: 'The server shows another certificate than before',
      cause: `You trusted a certificate of ${server(about)} before; it now shows a different one${about.certificate?.verifies === true ? ', which a known authority vouches for' : ', which nobody vouches for'}. Nothing was sent to it.`,
      remedy: 'Ask the server’s owner whether it was renewed, and compare the new fingerprint before you go on.',
    }),
    'tls.handshake-failed': (about) => ({
      title: 'No secure connection could be made',
      cause: `${Server(about)} and this computer did not agree on how to encrypt.`,
      remedy: 'Check that the security (TLS or STARTTLS) fits the port. A very old server may offer only what is no longer safe.',
    }),
    'tls.not-offered': (about) => ({
      title: 'The server does not offer encryption here',
      cause: `STARTTLS (switching to encryption before sign-in) was chosen, but ${server(about)} does not offer it.`,
      remedy: 'Choose TLS with its own port. Your password was not sent.',
    }),
    'tls.injected-data': (about) => ({
      title: 'The connection may have been tampered with',
      cause: `Something was sent on the connection to ${server(about)} at a moment when nothing may be sent.`,
      remedy: 'Do not use this network for mail. Your password was not sent. Tell whoever runs the server.',
    }),

    'signin.rejected': (about) => ({
      title: 'User name or password is not accepted',
      cause: `${Server(about)} refused the sign-in${about.userName === undefined ? '' : ` of ${about.userName}`}.`,
      remedy: 'Check the user name and type the password again. Some providers want the full address as user name, or a special app password.',
    }),
    'signin.no-password': (about) => ({
      title: 'No password at hand',
      cause: `No password is stored for ${account(about)}.`,
      remedy: 'Type the password: open the account with Change, or give it to the command line.',
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
      title: 'The permission to sign in has ended',
      cause: `${Host(about)} wants you to allow Mailroom again.`,
      remedy: 'Open the account with Change and sign in again.',
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

    'server.unavailable': (about) => ({
      title: 'The mail service is not available',
      cause: `${Server(about)} answered that it cannot work just now.`,
      remedy: 'Try again later. If it lasts, ask whoever runs the server.',
    }),
    'server.protocol': (about) => ({
      title: 'The server gave an answer that makes no sense',
      cause: `What answers at ${server(about)} does not speak the language of mail that was expected${detail(about)}.`,
      remedy: 'Check the server type (POP3, IMAP) and the port: each kind of server has ports of its own.',
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
    'server.moved': (about) => ({
      title: 'The mailbox is on another server',
      cause: `${Server(about)} sent Mailroom to another server. Mailroom does not go there by itself: your password is for the server you chose.`,
      remedy: 'Ask your mail provider for the name of the right server, and put it into the account’s settings.',
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

    'send.recipient-refused': (about) => ({
      title: 'A recipient was refused',
      cause: `The server does not take mail for ${about.address ?? 'one of the recipients'}.`,
      remedy: 'Check that address for typing mistakes. The other recipients got the mail.',
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

    'secrets.locked': (about) => ({
      title: 'The place for passwords is locked',
      cause: `${named('', about.name, 'The keychain (where this computer keeps passwords)')} must be unlocked before Mailroom can read or keep a password.`,
      remedy: 'Unlock it, with your computer’s sign-in or the passphrase, and try again. Nothing was changed.',
    }),
    'secrets.absent': () => ({
      title: 'There is no place to keep passwords',
      cause: 'This computer has no keychain (a safe place for passwords) that is running, so the password could not be kept.',
      remedy: 'Choose where passwords go: in memory only, until Mailroom ends (--secret-place session), or in a file locked with a passphrase (mailroom secrets use vault; in the window under Settings).',
    }),
    'secrets.failed': (about) => ({
      title: 'The keychain reported a fault',
      cause: `The place where this computer keeps passwords could not do what was asked${detail(about)}.`,
      remedy: 'Sign out of this computer and in again, then try once more. No password was overwritten.',
    }),
    'vault.wrong-passphrase': () => ({
      title: 'The passphrase is not right',
      cause: 'The file with your passwords cannot be opened with it.',
      remedy: 'Type it again, and mind capital letters. Without the passphrase nobody can open the file; the passwords must then be typed again.',
    }),
    'vault.damaged': (about) => ({
      title: 'The file with passwords is damaged',
      cause: `${file(about)} cannot be read any more. It was left as it is.`,
      remedy: 'Put back a copy from a backup, or make a new vault (the file for passwords) and type the passwords again.',
    }),

    'storage.full': () => ({
      title: 'The disk is full',
      cause: 'There is no room left to store anything. What was stored before is safe, and nothing was removed from the server.',
      remedy: 'Make room on the disk, then try again.',
    }),
    'storage.failed': (about) => ({
      title: 'The disk did not do what was asked',
      cause: `A file could not be read or written${about.name === undefined ? '' : ` (${about.name})`}${detail(about)}.`,
      remedy: 'Check that the disk is connected and that you may write to Mailroom’s folder; then try again.',
    }),
    'storage.damaged': (about) => ({
      title: 'Mailroom’s data is damaged',
      cause: `${named('', about.name, 'A file in Mailroom’s folder')} cannot be read as what it should be. It was left as it is.`,
      remedy: 'Put the folder back from a backup. The messages themselves are separate files: move the files whose names begin with “mailroom.db” elsewhere, and “mailroom doctor --rebuild” on the command line makes the list of received mail again. What waits in the outbox is not in it.',
    }),
    'settings.damaged': (about) => ({
      title: 'The settings could not be read',
      cause: `The settings file was damaged and has been set aside${about.name === undefined ? '' : ` as ${about.name}`}. Nothing was deleted.`,
      remedy: 'Check your accounts. What is missing can be added again, or taken from the file that was set aside.',
    }),
    'settings.newer': (about) => ({
      title: 'The settings are from a newer Mailroom',
      cause: `${named('', about.name, 'The settings file')} was written by a newer version of this program. It was not touched.`,
      remedy: 'Use the newer Mailroom, or another data folder.',
    }),
    'data-folder.in-use': (about) => ({
      title: 'Mailroom is already running',
      cause: `Another Mailroom is using the same folder${about.name === undefined ? '' : ` (${about.name})`}, and it did not answer.`,
      remedy: 'Use the Mailroom that is open, or close it and try again.',
    }),

    'input.invalid': () => ({
      title: 'Something is not filled in right',
      cause: 'At least one field holds something that cannot be used.',
      remedy: 'Correct the fields that are named, and try again. Nothing was changed.',
    }),
    'input.not-json': (about) => ({
      title: 'The file cannot be understood',
      cause: `${file(about)} is not JSON, the text form for data that is expected here${detail(about)}.`,
      remedy: 'Make the file with “mailroom accounts show NAME --json”, change what you need, and try again.',
    }),
    'input.unreadable-file': (about) => ({
      title: 'The file cannot be read',
      cause: `${file(about)} is not there, or may not be read${detail(about)}.`,
      remedy: 'Check its name and folder, and whether you may read it.',
    }),
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
    'account.paused': (about) => ({
      title: 'The account is paused',
      cause: `Sign-in failed before, so Mailroom leaves ${account(about)} alone until somebody has looked at it.`,
      remedy: 'Correct the password and check the account: a successful check ends the pause.',
    }),
    'unit.unknown': (about) => ({
      title: 'There is no such unit',
      cause: `No company, employer or department is called ${named('', about.name, 'that')}.`,
      remedy: 'Look in the list of units for the right name.',
    }),
    'protocol.not-yet': (about) => ({
      title: 'This server type is not supported yet',
      cause: `Mailroom can store these settings, but cannot yet work with ${about.protocol ?? 'this type of server'}.`,
      remedy: 'Choose POP3 or IMAP, if your provider offers one of them.',
    }),
    'job.unknown': () => ({
      title: 'This work is no longer known',
      cause: 'It ended long ago, or belongs to another data folder.',
      remedy: 'Start it again if you still need it.',
    }),
    'job.interrupted': () => ({
      title: 'The work was interrupted',
      cause: 'Mailroom ended, or the computer was switched off, while it was running.',
      remedy: 'Start it again. What was finished before is kept.',
    }),
    'job.cancelled': () => ({
      title: 'Cancelled',
      cause: 'The work was stopped because somebody asked for it.',
      remedy: 'Start it again whenever you like.',
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
    'file.unknown': () => ({
      title: 'The file is no longer at hand',
      cause: 'A file that was handed over is kept only until Mailroom ends.',
      remedy: 'Attach the file again.',
    }),
    'file.too-large': (about) => ({
      title: 'The file is too large',
      cause: `${file(about)} is larger than Mailroom takes${detail(about)}.`,
      remedy: 'Use a smaller file, or put it elsewhere and send a link.',
    }),
    'discovery.nothing-found': (about) => ({
      title: 'No settings were found',
      cause: `Nothing is known about the mail servers for ${about.address ?? 'this address'}.`,
      remedy: 'Ask your mail provider for the names of the incoming and outgoing server, and fill them in yourself.',
    }),
    'template.unknown': (about) => ({
      title: 'There is no such template',
      cause: `No template is called ${named('', about.name, 'that')}, or no longer.`,
      remedy: 'Look at the list of templates for the right name.',
    }),
    'template.wrong': (about) => ({
      title: 'The template is not right yet',
      cause: (about.faults ?? []).map((fault) => templateFaultWords(fault, 'en')).join(' ') || 'Something in it is not understood.',
      remedy: 'Correct it at the places named. Nothing was saved.',
    }),
    'template.in-use': (about) => ({
      title: 'The template is in use',
      cause: `A watched folder makes its mails with it${about.name === undefined ? '' : `: ${about.name}`}.`,
      remedy: 'Choose another template for that folder, or stop watching it, and then remove the template.',
    }),
    'table.unreadable': (about) => ({
      title: 'The table cannot be read',
      cause: `${file(about)} is not a table that Mailroom understands${detail(about)}.`,
      remedy: 'Save it as CSV or XLSX with the names of the columns in the first row, or as a list of objects in the text form JSON.',
    }),
    'table.empty': (about) => ({
      title: 'The table has no rows',
      cause: `${file(about)} has no rows below the names of its columns.`,
      remedy: 'Check that you chose the right file.',
    }),
    'batch.gone': () => ({
      title: 'This table is no longer at hand',
      cause: 'A table that was opened is kept only until Mailroom ends, or until several others were opened.',
      remedy: 'Choose the file again.',
    }),
    'batch.problems': (about) => ({
      title: 'Nothing was queued',
      cause: about.count === undefined ? 'Some rows have a problem.' : about.count === 1 ? 'One row has a problem.' : `${about.count} rows have a problem.`,
      remedy: 'Correct the rows in the table, or leave them out. A batch is queued as a whole or not at all.',
    }),
    'batch.queued-before': (about) => ({
      title: 'This table was queued before',
      cause: `${named('', about.name, 'The table')} was queued already, with exactly these contents.`,
      remedy: 'Nothing has to be done. What should go out again can be asked for by its number.',
    }),
    'folder.unknown': () => ({
      title: 'This folder is not watched',
      cause: 'There is no watched folder with that number or path.',
      remedy: 'Look at the list of watched folders again.',
    }),
    'folder.unusable': (about) => ({
      title: 'The folder cannot be watched',
      cause: `${named('', about.name, 'It')} is not a folder that Mailroom can read and write${detail(about)}.`,
      remedy: 'Give the full path of a folder that exists, is no link, and is not inside Mailroom’s own folder.',
    }),
    'host.not-possible': (about) => ({
      title: 'That is not possible here',
      cause: `This way of running Mailroom cannot do it${detail(about)}.`,
      remedy: 'Do it in the Mailroom window, or with the programs of your computer.',
    }),
    'program.error': () => ({
      title: 'Mailroom made a mistake',
      cause: 'Something happened that should not be possible. It is written down in the log, without passwords.',
      remedy: 'Try again. If it happens again, send the log (in Mailroom’s folder, under “log”) to whoever helps you with Mailroom.',
    }),
  },

  fieldProblems: {
    empty: 'Fill this in.',
    'not-an-address': 'This is not an e-mail address, such as anna@example.nl.',
    'not-a-host': 'This cannot be the name of a server, such as mail.example.nl.',
    'not-a-url': 'This is not an address that begins with https://.',
    'port-range': 'A port is a whole number from 1 to 65535.',
    'number-range': 'This number is too small or too large.',
    'line-break': 'This must be one line, without line breaks or tabs.',
    'too-long': 'This is too long.',
    'not-a-choice': 'This is not one of the choices.',
    'wrong-type': 'Something of another kind is expected here.',
    'unknown-field': 'There is no field of this name.',
    'must-be-address': 'This server wants a full e-mail address as user name.',
    'neither-direction': 'Choose sending, receiving, or both.',
    'passphrase-short': 'Use at least 10 characters.',
    'no-recipient': 'Fill in at least one recipient.',
    'needs-incoming': 'There is no incoming server whose sign-in could be used.',
    'not-confirmed': 'Without encryption others can read the password: confirm that you want this.',
    'name-taken': 'There is already one with this name.',
    'address-taken': 'Another contact has this address.',
    taken: 'This name is in use already.',
  },
}
