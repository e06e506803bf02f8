/** The command line in English. */
import { assertNever } from '../failures/failure.ts'
import type { TerminalWords } from './terminal.ts'

const many = (count: number, one: string, more: string, shown: string) => `${shown} ${count === 1 ? one : more}`

export const terminalEn: TerminalWords = {
  help: {
    program: 'Sets up and runs e-mail accounts: fetches mail, sends invoices, loses nothing.',
    accounts: 'the mail accounts',
    accountsList: 'all accounts',
    accountsShow: 'one account; with --json in the form that “accounts add” takes',
    accountsAdd: 'add an account from a JSON file (- = standard input)',
    accountsChange: 'replace an account by what a JSON file says (- = standard input)',
    accountsRemove: 'remove an account',
    accountsDefault: 'send from this account unless another is named',
    check: 'prove an account, step by step, without sending mail',
    detect: 'find the server settings for an e-mail address',
    fetch: 'fetch new mail of the accounts named, or of all',
    mail: 'the mail that was fetched',
    mailList: 'list messages, newest first',
    mailShow: 'show a message',
    mailExport: 'write a message to a file, byte for byte (default ID.eml; - = standard output)',
    send: 'put a mail into the outbox, and send it with --now',
    outbox: 'the mails on their way out',
    outboxList: 'list the outbox',
    outboxRun: 'send what is ready, of the accounts named or of all',
    outboxReset: 'put mails stuck in “Sending” back to “Ready”',
    outboxClear: 'put mails in “Error” back to “Ready”',
    outboxHold: 'keep mails from being sent',
    outboxRelease: 'let mails that were held be sent',
    outboxCancel: 'do not send these mails',
    outboxResolve: 'say what became of a mail whose outcome is unknown: sent or not-sent',
    sendmail: 'take a finished message on standard input, as programs do that expect “sendmail”',
    demo: 'show everything at work, without an account: takes less than a minute',
    secrets: 'where passwords are kept',
    secretsStatus: 'where passwords are kept now, and whether that works',
    secretsUse: 'keep passwords in the keychain, in a vault (a file under a passphrase), or only in memory (session)',
    secretsUnlock: 'unlock the vault',
    data: 'use this data folder',
    json: 'answer in JSON: one document, or one line per event for long work',
    version: 'show the version',
    helpOption: 'show help',
    secretsStdin: 'read {"incoming":"…","outgoing":"…","passphrase":"…"} from standard input; each may be left out',
    secretPlace: 'keep passwords there from now on: keychain, vault or session',
    passphraseStdin: 'read the passphrase from the first line of standard input',
    testMessage: 'then send a test message to the account itself and see it arrive',
    all: 'all accounts',
    deleteMail: 'also delete the mail fetched for it',
    keepMail: 'keep the mail fetched for it',
    account: 'only this account',
    search: 'only messages with these words',
    limit: 'at most so many',
    source: 'the raw message',
    force: 'overwrite the file',
    from: 'the account to send from (default: the default account)',
    to: 'recipient; may be given several times',
    cc: 'copy to; may be given several times',
    bcc: 'hidden copy to; may be given several times',
    subject: 'the subject',
    text: 'the text',
    textFile: 'read the text from a file (- = standard input)',
    attach: 'attach this file; may be given several times',
    now: 'send at once, and say what became of it',
    at: 'not before this time, such as 2027-01-31T09:00:00Z',
    hold: 'put it on hold',
    state: 'only mails in this state',
    sendmailT: 'take the recipients from the message (To, Cc, Bcc)',
    sendmailF: 'the sender’s address: chooses the account',
    sendmailName: 'the sender’s name, where the message has no From',
    sendmailDots: 'a line with only a dot does not end the message',
    sendmailIgnored: 'accepted for compatibility',
    examples: [
      'Examples:',
      '  mailroom detect anna@example.nl',
      '  mailroom accounts add account.json',
      '  mailroom check "Anna" --test-message',
      '  mailroom fetch --all',
      '  mailroom send --from "Anna" --to bram@example.nl --subject "Invoice 12" --text-file letter.txt --attach invoice.pdf --now',
    ].join('\n'),
  },
  usage: {
    unknownCommand: 'There is no such command. “mailroom --help” lists all.',
    fetchWhat: 'Name one or more accounts, or say --all.',
    recipients: 'No recipient: name them, or use -t to take them from the message.',
    twoRecipients: 'Name recipients, or use -t to take them from the message: not both.',
    stdinTwice: 'Standard input can be used for one thing only.',
    removeMail: 'Say what becomes of its mail: --keep-mail or --delete-mail.',
    exists: (path) => `${path} exists already; --force overwrites it.`,
  },
  ask: {
    incoming: 'Password for receiving: ',
    outgoing: 'Password for sending: ',
    passphrase: 'Passphrase: ',
    again: 'The same again: ',
    notSame: 'The two are not the same.',
  },
  accountHeadings: { name: 'Name', address: 'Address', kind: 'Kind', receives: 'Receives', sends: 'Sends', messages: 'Messages', waiting: 'Waiting', state: 'State' },
  mailHeadings: ['No.', 'Date', 'From', 'Subject', 'Size'],
  outboxHeadings: ['No.', 'State', 'To', 'Subject', 'Changed'],
  foundHeadings: ['Type', 'Server', 'Port', 'Security', 'User name', 'Found by'],
  none: { accounts: 'There are no accounts yet.', mail: 'There are no messages.', outbox: 'The outbox is empty.', work: 'There is nothing to do.' },
  kinds: { personal: 'personal', team: 'team' },
  defaultMark: 'default',
  off: 'off',
  securities: { none: 'none', starttls: 'STARTTLS', tls: 'TLS' },
  sources: { 'provider-table': 'list of services', guess: 'trying usual names' },
  accountState: { ready: 'ready', neverChecked: 'not checked yet' },
  saved: (name) => `Account “${name}” was added.`,
  changed: (name) => `Account “${name}” was changed.`,
  removed: (name) => `Account “${name}” was removed.`,
  nowDefault: (name) => `“${name}” is now the default account for sending.`,
  noDefault: 'No account is left that can send.',
  states: {
    draft: 'Draft', scheduled: 'Scheduled', held: 'On hold', ready: 'Ready to send', sending: 'Sending', submitting: 'Sending',
    sent: 'Sent', error: 'Error', unknown: 'Outcome unknown', cancelled: 'Cancelled',
  },
  jobs: { 'fetch-mail': 'Fetching', 'send-mail': 'Sending', 'check-account': 'Checking', 'look-up': 'Looking for settings' },
  sides: { incoming: 'Incoming server', outgoing: 'Outgoing server', 'test-message': 'Test message' },
  steps: {
    name: 'find the server', connect: 'connect', secure: 'encrypt', 'sign-in': 'sign in', mailbox: 'open the inbox',
    sender: 'may send', submit: 'send', arrive: 'arrive',
  },
  skipped: 'not tried',
  allWorks: (name) => `Everything works for “${name}”.`,
  progress: (what, done, total) => (total === null ? `${what}: ${done}` : `${what}: ${done} of ${total}`),
  summary: ({ detail }, name, { number, size }) => {
    switch (detail.kind) {
      case 'fetch-mail': {
        const left = detail.skipped.length === 0 ? '' : `, ${number(detail.skipped.length)} left on the server`
        const gone = detail.removed === 0 ? '' : `, ${number(detail.removed)} removed from the server`
        return `${name}: ${many(detail.fetched, 'new message', 'new messages', number(detail.fetched))} (${size(detail.bytes)}), ${number(detail.known)} already here${left}${gone}`
      }
      case 'send-mail': {
        const failed = detail.failed === 0 ? '' : `, ${number(detail.failed)} not sent`
        const unknown = detail.unknown === 0 ? '' : `, ${number(detail.unknown)} with unknown outcome`
        return `${name}: ${number(detail.sent)} sent${failed}${unknown}`
      }
      case 'check-account':
        return `${name}: ${number(detail.steps.filter(({ state }) => state === 'done').length)} of ${number(detail.steps.length)} steps`
      case 'look-up':
        return `${name}: ${many(detail.findings.incoming.length + detail.findings.outgoing.length, 'setting', 'settings', number(detail.findings.incoming.length + detail.findings.outgoing.length))} found`
      default:
        return assertNever(detail)
    }
  },
  leftOnServer: (serverId, reason) => `left on the server: message ${serverId}: ${reason}`,
  guidance: (provider, needs, page) => {
    const what = { password: 'takes your usual password', 'app-password': 'wants an app password: one you make for this program only', oauth2: 'wants sign-in over the web (OAuth)' }[needs]
    return `${provider} ${what}.${page === null ? '' : ` ${page}`}`
  },
  queued: (id) => `In the outbox as ${id}.`,
  sent: (id) => `Sent (${id}).`,
  waits: (id) => `Not sent yet; ${id} waits in the outbox and will be tried again.`,
  unknown: (id) => `It is not known whether ${id} was sent. It will not be sent again by itself.`,
  changedMails: (count) => `Changed: ${count}`,
  exported: (path) => `Written to ${path}`,
  readBy: { from: 'From', to: 'To', cc: 'Cc', date: 'Date', subject: 'Subject', attachments: 'Attachments' },
  store: (place, name, state) => {
    const where = { keychain: `in the keychain (${name})`, vault: 'in a vault: a file under a passphrase', session: 'in memory only, until Mailroom ends' }[place]
    const how = { ready: 'It works.', locked: 'It is locked.', absent: place === 'vault' ? 'It has not been made yet.' : 'There is none running.' }[state]
    return `Passwords are kept ${where}. ${how}`
  },
  vault: 'The password vault',
  cancelling: 'Stopping …',
  handedOver: 'Mailroom is running: it does the work.',
  demo: {
    begin: (folder) => `Mailroom shows itself, with a practice server on this computer. Everything goes into ${folder}`,
    added: (name, address) => `added    ${name} <${address}>`,
    checked: (name) => `checked  ${name}: receiving and sending work`,
    fetched: (name, count, size) => `fetched  ${name}: ${count} messages, ${size}`,
    same: (count) => `compared ${count} stored messages with the server’s: every byte is the same`,
    different: (count) => `compared: ${count} stored messages are NOT the same as the server’s`,
    queued: (number, to, size) => `queued   invoice ${number} for ${to} (${size} with its PDF)`,
    sent: (count) => `sent     ${count} invoices`,
    reply: (subject, from) => `reply    “${subject}” from ${from}`,
    noReply: 'No reply arrived.',
    done: (seconds) => `Done in ${seconds} seconds.`,
    mailIn: (path) => `Received mail, one file each: ${path}`,
    mailOut: (path) => `Sent mail, one file each:     ${path}`,
    goOn: (command) => `Look around with: ${command}`,
    invoiceSubject: (number) => `Invoice ${number}`,
    invoiceText: (name, number, amount) => `Dear ${name},\n\nPlease find invoice ${number} for ${amount} attached.\n\nKind regards\nDe Linde Bookkeeping\n`,
    invoiceTitle: 'Invoice',
    invoiceLine: 'Bookkeeping, one month',
    organization: 'De Linde Bookkeeping',
  },
}
