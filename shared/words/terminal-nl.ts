/** De opdrachtregel in het Nederlands. */
import { assertNever } from '../failures/failure.ts'
import type { TerminalWords } from './terminal.ts'

const many = (count: number, one: string, more: string, shown: string) => `${shown} ${count === 1 ? one : more}`

export const terminalNl: TerminalWords = {
  help: {
    program: 'Zet e-mailaccounts op en houdt ze gaande: haalt mail op, verzendt facturen, raakt niets kwijt.',
    accounts: 'de mailaccounts',
    accountsList: 'alle accounts',
    accountsShow: 'één account; met --json in de vorm die “accounts add” aanneemt',
    accountsAdd: 'een account toevoegen uit een JSON-bestand (- = standaardinvoer)',
    accountsChange: 'een account vervangen door wat een JSON-bestand zegt (- = standaardinvoer)',
    accountsRemove: 'een account verwijderen',
    accountsDefault: 'vanaf dit account verzenden, tenzij een ander wordt genoemd',
    check: 'een account bewijzen, stap voor stap, zonder mail te verzenden',
    detect: 'de serverinstellingen voor een e-mailadres vinden',
    fetch: 'nieuwe mail ophalen van de genoemde accounts, of van alle',
    mail: 'de opgehaalde mail',
    mailList: 'berichten opsommen, nieuwste eerst',
    mailShow: 'een bericht tonen',
    mailExport: 'een bericht naar een bestand schrijven, byte voor byte (zonder naam ID.eml; - = standaarduitvoer)',
    send: 'een mail in het Postvak UIT zetten, en met --now verzenden',
    outbox: 'de mails die onderweg zijn naar buiten',
    outboxList: 'het Postvak UIT opsommen',
    outboxRun: 'verzenden wat klaarstaat, van de genoemde accounts of van alle',
    outboxReset: 'mails die vastzitten in “Bezig met verzenden” terugzetten op “Klaar”',
    outboxClear: 'mails met een fout terugzetten op “Klaar”',
    outboxHold: 'mails vasthouden',
    outboxRelease: 'vastgehouden mails weer laten gaan',
    outboxCancel: 'deze mails niet verzenden',
    outboxResolve: 'zeggen wat er van een mail met onbekende afloop is geworden: sent of not-sent',
    sendmail: 'een kant-en-klaar bericht van de standaardinvoer aannemen, voor programma’s die “sendmail” verwachten',
    demo: 'alles aan het werk zien, zonder account: duurt nog geen minuut',
    secrets: 'waar wachtwoorden worden bewaard',
    secretsStatus: 'waar wachtwoorden nu worden bewaard, en of dat werkt',
    secretsUse: 'wachtwoorden bewaren in de sleutelbos (keychain), in een kluis (vault: een bestand met een wachtwoordzin), of alleen in het geheugen (session)',
    secretsUnlock: 'de kluis openen',
    data: 'deze gegevensmap gebruiken',
    json: 'antwoorden in JSON: één document, of één regel per gebeurtenis bij lang werk',
    version: 'de versie tonen',
    helpOption: 'hulp tonen',
    secretsStdin: '{"incoming":"…","outgoing":"…","passphrase":"…"} van de standaardinvoer lezen; elk mag ontbreken',
    secretPlace: 'wachtwoorden voortaan daar bewaren: keychain, vault of session',
    passphraseStdin: 'de wachtwoordzin van de eerste regel van de standaardinvoer lezen',
    testMessage: 'daarna een testbericht aan het account zelf sturen en zien aankomen',
    all: 'alle accounts',
    deleteMail: 'ook de opgehaalde mail verwijderen',
    keepMail: 'de opgehaalde mail bewaren',
    account: 'alleen dit account',
    search: 'alleen berichten met deze woorden',
    limit: 'hoogstens zoveel',
    source: 'het ruwe bericht',
    force: 'het bestand overschrijven',
    from: 'het account om vanaf te verzenden (anders: het standaardaccount)',
    to: 'ontvanger; mag vaker worden gegeven',
    cc: 'kopie aan; mag vaker worden gegeven',
    bcc: 'verborgen kopie aan; mag vaker worden gegeven',
    subject: 'het onderwerp',
    text: 'de tekst',
    textFile: 'de tekst uit een bestand lezen (- = standaardinvoer)',
    attach: 'dit bestand bijvoegen; mag vaker worden gegeven',
    now: 'meteen verzenden, en zeggen wat ervan geworden is',
    at: 'niet vóór dit tijdstip, zoals 2027-01-31T09:00:00Z',
    hold: 'vasthouden',
    state: 'alleen mails in deze toestand',
    sendmailT: 'de ontvangers uit het bericht nemen (To, Cc, Bcc)',
    sendmailF: 'het adres van de afzender: kiest het account',
    sendmailName: 'de naam van de afzender, als het bericht geen From heeft',
    sendmailDots: 'een regel met alleen een punt beëindigt het bericht niet',
    sendmailIgnored: 'aangenomen voor andere programma’s',
    examples: [
      'Voorbeelden:',
      '  mailroom detect anna@example.nl',
      '  mailroom accounts add account.json',
      '  mailroom check "Anna" --test-message',
      '  mailroom fetch --all',
      '  mailroom send --from "Anna" --to bram@example.nl --subject "Factuur 12" --text-file brief.txt --attach factuur.pdf --now',
    ].join('\n'),
  },
  usage: {
    unknownCommand: 'Die opdracht is er niet. “mailroom --help” noemt ze allemaal.',
    fetchWhat: 'Noem een of meer accounts, of zeg --all.',
    recipients: 'Geen ontvanger: noem ze, of gebruik -t om ze uit het bericht te nemen.',
    twoRecipients: 'Noem ontvangers, of gebruik -t om ze uit het bericht te nemen: niet allebei.',
    stdinTwice: 'De standaardinvoer kan maar voor één ding worden gebruikt.',
    removeMail: 'Zeg wat er met de mail gebeurt: --keep-mail of --delete-mail.',
    exists: (path) => `${path} bestaat al; --force overschrijft het.`,
  },
  ask: {
    incoming: 'Wachtwoord voor ontvangen: ',
    outgoing: 'Wachtwoord voor verzenden: ',
    passphrase: 'Wachtwoordzin: ',
    again: 'Nog een keer: ',
    notSame: 'De twee zijn niet gelijk.',
  },
  accountHeadings: { name: 'Naam', address: 'Adres', kind: 'Soort', receives: 'Ontvangt', sends: 'Verzendt', messages: 'Berichten', waiting: 'Wachten', state: 'Toestand' },
  mailHeadings: ['Nr.', 'Datum', 'Van', 'Onderwerp', 'Grootte'],
  outboxHeadings: ['Nr.', 'Toestand', 'Aan', 'Onderwerp', 'Gewijzigd'],
  foundHeadings: ['Type', 'Server', 'Poort', 'Beveiliging', 'Gebruikersnaam', 'Gevonden door'],
  none: { accounts: 'Er zijn nog geen accounts.', mail: 'Er zijn geen berichten.', outbox: 'Het Postvak UIT is leeg.', work: 'Er is niets te doen.' },
  kinds: { personal: 'persoonlijk', team: 'team' },
  defaultMark: 'standaard',
  off: 'uit',
  securities: { none: 'geen', starttls: 'STARTTLS', tls: 'TLS' },
  sources: { 'provider-table': 'lijst van diensten', guess: 'gebruikelijke namen proberen' },
  accountState: { ready: 'klaar', neverChecked: 'nog niet gecontroleerd' },
  saved: (name) => `Account “${name}” is toegevoegd.`,
  changed: (name) => `Account “${name}” is gewijzigd.`,
  removed: (name) => `Account “${name}” is verwijderd.`,
  nowDefault: (name) => `“${name}” is nu het standaardaccount om te verzenden.`,
  noDefault: 'Er is geen account meer over dat kan verzenden.',
  states: {
    draft: 'Concept', scheduled: 'Gepland', held: 'Vastgehouden', ready: 'Klaar om te verzenden', sending: 'Bezig met verzenden', submitting: 'Bezig met verzenden',
    sent: 'Verzonden', error: 'Fout', unknown: 'Afloop onbekend', cancelled: 'Geannuleerd',
  },
  jobs: { 'fetch-mail': 'Ophalen', 'send-mail': 'Verzenden', 'check-account': 'Controleren', 'look-up': 'Instellingen zoeken' },
  sides: { incoming: 'Inkomende mail', outgoing: 'Uitgaande mail', 'test-message': 'Testbericht' },
  steps: {
    name: 'server vinden', connect: 'verbinden', secure: 'versleutelen', 'sign-in': 'aanmelden', mailbox: 'Postvak IN openen',
    sender: 'mag verzenden', submit: 'verzenden', arrive: 'aankomen',
  },
  skipped: 'niet geprobeerd',
  allWorks: (name) => `Alles werkt voor “${name}”.`,
  progress: (what, done, total) => (total === null ? `${what}: ${done}` : `${what}: ${done} van ${total}`),
  summary: ({ detail }, name, { number, size }) => {
    switch (detail.kind) {
      case 'fetch-mail': {
        const left = detail.skipped.length === 0 ? '' : `, ${number(detail.skipped.length)} op de server gelaten`
        const gone = detail.removed === 0 ? '' : `, ${number(detail.removed)} van de server verwijderd`
        return `${name}: ${many(detail.fetched, 'nieuw bericht', 'nieuwe berichten', number(detail.fetched))} (${size(detail.bytes)}), ${number(detail.known)} al hier${left}${gone}`
      }
      case 'send-mail': {
        const failed = detail.failed === 0 ? '' : `, ${number(detail.failed)} niet verzonden`
        const unknown = detail.unknown === 0 ? '' : `, ${number(detail.unknown)} met onbekende afloop`
        return `${name}: ${number(detail.sent)} verzonden${failed}${unknown}`
      }
      case 'check-account':
        return `${name}: ${number(detail.steps.filter(({ state }) => state === 'done').length)} van ${number(detail.steps.length)} stappen`
      case 'look-up':
        return `${name}: ${many(detail.findings.incoming.length + detail.findings.outgoing.length, 'instelling', 'instellingen', number(detail.findings.incoming.length + detail.findings.outgoing.length))} gevonden`
      default:
        return assertNever(detail)
    }
  },
  leftOnServer: (serverId, reason) => `op de server gelaten: bericht ${serverId}: ${reason}`,
  guidance: (provider, needs, page) => {
    const what = { password: 'neemt je gewone wachtwoord aan', 'app-password': 'wil een app-wachtwoord: een wachtwoord dat je alleen voor dit programma maakt', oauth2: 'wil aanmelden via het web (OAuth)' }[needs]
    return `${provider} ${what}.${page === null ? '' : ` ${page}`}`
  },
  queued: (id) => `In het Postvak UIT als ${id}.`,
  sent: (id) => `Verzonden (${id}).`,
  waits: (id) => `Nog niet verzonden; ${id} wacht in het Postvak UIT en wordt opnieuw geprobeerd.`,
  unknown: (id) => `Het is niet bekend of ${id} verzonden is. Het wordt niet vanzelf opnieuw verzonden.`,
  changedMails: (count) => `Gewijzigd: ${count}`,
  exported: (path) => `Geschreven naar ${path}`,
  readBy: { from: 'Van', to: 'Aan', cc: 'Cc', date: 'Datum', subject: 'Onderwerp', attachments: 'Bijlagen' },
  store: (place, name, state) => {
    const where = { keychain: `in de sleutelbos (${name})`, vault: 'in een kluis: een bestand met een wachtwoordzin', session: 'alleen in het geheugen, tot Mailroom stopt' }[place]
    const how = { ready: 'Dat werkt.', locked: 'Die is op slot.', absent: place === 'vault' ? 'Die is nog niet gemaakt.' : 'Er draait er geen.' }[state]
    return `Wachtwoorden worden bewaard ${where}. ${how}`
  },
  vault: 'De wachtwoordkluis',
  cancelling: 'Bezig met stoppen …',
  handedOver: 'Mailroom is gestart: die doet het werk.',
  demo: {
    begin: (folder) => `Mailroom laat zichzelf zien, met een oefenserver op deze computer. Alles komt in ${folder}`,
    added: (name, address) => `toegevoegd    ${name} <${address}>`,
    checked: (name) => `gecontroleerd ${name}: ontvangen en verzenden werken`,
    fetched: (name, count, size) => `opgehaald     ${name}: ${count} berichten, ${size}`,
    same: (count) => `vergeleken    ${count} bewaarde berichten met die van de server: elke byte is gelijk`,
    different: (count) => `vergeleken: ${count} bewaarde berichten zijn NIET gelijk aan die van de server`,
    queued: (number, to, size) => `klaargezet    factuur ${number} voor ${to} (${size} met PDF)`,
    sent: (count) => `verzonden     ${count} facturen`,
    reply: (subject, from) => `antwoord      “${subject}” van ${from}`,
    noReply: 'Er kwam geen antwoord.',
    done: (seconds) => `Klaar in ${seconds} seconden.`,
    mailIn: (path) => `Ontvangen mail, elk een bestand: ${path}`,
    mailOut: (path) => `Verzonden mail, elk een bestand: ${path}`,
    goOn: (command) => `Kijk rond met: ${command}`,
    invoiceSubject: (number) => `Factuur ${number}`,
    invoiceText: (name, number, amount) => `Beste ${name},\n\nBijgevoegd vind je factuur ${number} van ${amount}.\n\nMet vriendelijke groet\nDe Linde Boekhouding\n`,
    invoiceTitle: 'Factuur',
    invoiceLine: 'Boekhouding, één maand',
    organization: 'De Linde Boekhouding',
  },
}
