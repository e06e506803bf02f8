/** Everything the command line says beside failures, in every language. A third language is one more file and one more line here. */
import type { FailureCode } from '../failures/failure.ts'
import type { FolderChange, FolderUse } from '../model/folder.ts'
import type { CheckStep, JobCause, JobDetail, JobKind, JobState } from '../model/job.ts'
import type { RemovalReason } from '../model/removal.ts'
import type { Caution, SourceAnswer } from '../model/findings.ts'
import type { Language, LookUp } from '../model/preferences.ts'
import { terminalEn } from './terminal-en.ts'
import { terminalNl } from './terminal-nl.ts'

type AccountHeading = 'name' | 'address' | 'kind' | 'receives' | 'sends' | 'messages' | 'waiting' | 'state'

interface Formatted {
  number(value: number): string
  size(bytes: number): string
}

export interface TerminalWords {
  /** Help texts, by command or option. */
  readonly help: Readonly<Record<
    | 'program' | 'accounts' | 'accountsList' | 'accountsShow' | 'accountsAdd' | 'accountsAddFile' | 'accountsAddHttp' | 'accountsAddRest' | 'fileSays' | 'accountsChange' | 'accountsRemove' | 'accountsDefault'
    | 'organization' | 'organizationShow' | 'organizationSet' | 'organizationCheck' | 'units' | 'unitsList' | 'unitsShow' | 'unitsAdd' | 'unitsChange' | 'unitsRemove' | 'unitsCheck' | 'sendAs' | 'sendPrivate' | 'readReceipt' | 'deliveryReport'
    | 'organizationSignIn' | 'unitsSignIn' | 'accountsOauth' | 'providers' | 'providersList' | 'providersSet' | 'providersSecret' | 'providersName' | 'providersServer' | 'providersRemove' | 'signIn' | 'signInDevice' | 'signInShared' | 'signInOut' | 'check' | 'detect' | 'detectMore' | 'fetch' | 'log' | 'every' | 'mail' | 'mailList' | 'mailShow' | 'mailExport' | 'removals' | 'confirmRemovals' | 'doneRemovals' | 'send' | 'outbox' | 'outboxList' | 'outboxShow' | 'outboxRun'
    | 'outboxReset' | 'outboxClear' | 'outboxHold' | 'outboxRelease' | 'outboxCancel' | 'outboxDismiss' | 'outboxResend' | 'outboxResendTo' | 'outboxResolve' | 'outboxExport' | 'outboxOut' | 'outboxSince' | 'outboxUntil' | 'outboxSearch' | 'sendmail' | 'contacts' | 'contactsList' | 'searchContacts' | 'lastContacts' | 'contactsShow' | 'searchRecord' | 'contactsAdd' | 'contactName' | 'contactNote'
    | 'mailFolder' | 'folders' | 'foldersList' | 'foldersCreate' | 'foldersRename' | 'foldersDelete' | 'mailMove' | 'mailMoveTo'
    | 'contactsChange' | 'contactAddress' | 'contactWithout' | 'contactsMerge' | 'contactsRemove' | 'private' | 'privateOff' | 'doctor' | 'rebuild' | 'doctorMoved' | 'demo'
    | 'templates' | 'templatesList' | 'templatesShow' | 'templatesAdd' | 'templatesEdit' | 'templatesRemove' | 'templatesPreview' | 'templateType' | 'templateLanguage' | 'templateSubject' | 'templateText' | 'templateTextFile' | 'templateHtml' | 'templateTable' | 'templateRow'
    | 'batch' | 'batchTemplate' | 'batchAccount' | 'batchFiles' | 'batchFolder' | 'batchNoFiles' | 'batchColumn' | 'batchAgain' | 'batchDryRun' | 'batchHold' | 'batchWithout' | 'batchCorrect' | 'batchWithoutProblems' | 'batchSkipQueued' | 'batchAt' | 'batchTest' | 'batchTestTo' | 'outboxBatch'
    | 'batches' | 'batchesList' | 'batchesShow' | 'batchesPause' | 'batchesContinue' | 'batchesCancel' | 'batchesConfirm'
    | 'watch' | 'watchList' | 'watchAdd' | 'watchRemove' | 'watchRun' | 'watchOnce' | 'watchSend' | 'watchPolling'
    | 'secrets' | 'secretsStatus' | 'secretsUse' | 'secretsUnlock'
    | 'data' | 'json' | 'version' | 'helpOption' | 'secretsStdin' | 'secretPlace' | 'passphraseStdin' | 'testMessage' | 'all' | 'deleteMail' | 'keepMail'
    | 'account' | 'search' | 'limit' | 'source' | 'force' | 'from' | 'to' | 'cc' | 'bcc' | 'subject' | 'text' | 'textFile' | 'attach'
    | 'now' | 'at' | 'hold' | 'state' | 'sendmailT' | 'sendmailF' | 'sendmailName' | 'sendmailDots' | 'sendmailIgnored' | 'examples',
    string
  >>
  readonly usage: {
    readonly fetchWhat: string
    readonly recipients: string
    readonly twoRecipients: string
    readonly stdinTwice: string
    readonly removeMail: string
    readonly removals: string
    readonly exists: (path: string) => string
    readonly mailNumbers: string
  }
  readonly ask: { readonly incoming: string; readonly outgoing: string; readonly passphrase: string; readonly again: string; readonly notSame: string }
  readonly accountHeadings: Readonly<Record<AccountHeading, string>>
  readonly mailHeadings: readonly [id: string, date: string, from: string, subject: string, size: string]
  readonly outboxHeadings: readonly [id: string, state: string, to: string, subject: string, changed: string]
  readonly foundHeadings: readonly [protocol: string, host: string, port: string, security: string, userName: string, answer: string, source: string]
  readonly serverAnswers: string
  /** No server of a kind may be taken without a person's word. */
  readonly mustChoose: string
  readonly none: { readonly accounts: string; readonly mail: string; readonly outbox: string; readonly work: string }
  readonly kinds: { readonly personal: string; readonly team: string }
  readonly defaultMark: string
  readonly off: string
  readonly securities: { readonly none: string; readonly starttls: string; readonly tls: string }
  readonly sources: Readonly<Record<LookUp, string>>
  readonly sourceStates: Readonly<Record<SourceAnswer['state'], string>>
  readonly cautions: Readonly<Record<Caution, string>>
  /** Who was asked, with how long each took. */
  readonly askedHeadings: readonly [source: string, answer: string, time: string]
  readonly alsoFrom: (sources: string) => string
  /** `off`: the day since when its own password no longer gets in. */
  readonly providerFacts: (name: string, perDay: string | null, off: string | null) => string
  readonly accountState: { readonly ready: string; readonly neverChecked: string; readonly unconfirmed: string }
  readonly saved: (name: string) => string
  readonly changed: (name: string) => string
  readonly removed: (name: string) => string
  readonly nowDefault: (name: string) => string
  readonly noDefault: string
  readonly recipientHeadings: readonly [to: string, state: string, words: string]
  readonly storyHeadings: readonly [when: string, what: string, words: string]
  readonly jobs: Readonly<Record<JobKind, string>>
  readonly sides: Readonly<Record<CheckStep['side'], string>>
  readonly steps: Readonly<Record<CheckStep['step'], string>>
  readonly skipped: string
  readonly allWorks: (name: string) => string
  readonly progress: (what: string, done: string, total: string | null) => string
  /** How a run ended, in one line that begins with the account's name. */
  readonly summaries: { readonly [K in 'fetch-mail' | 'send-mail']: (detail: Extract<JobDetail, { kind: K }>, name: string, formatted: Formatted) => string }
  readonly log: {
    readonly headings: readonly [when: string, account: string, what: string, why: string, took: string, speed: string, how: string]
    readonly kinds: Readonly<Record<JobKind, string>>
    readonly causes: Readonly<Record<JobCause, string>>
    readonly states: Readonly<Record<JobState, string>>
    readonly nothing: string
    readonly fetched: (count: string, size: string) => string
    readonly removed: (count: string) => string
    readonly left: (count: string) => string
    readonly sent: (count: string) => string
    readonly refused: (count: string) => string
    readonly unknown: (count: string) => string
    readonly perSecond: (size: string) => string
    readonly leftBecause: (name: string, count: string, reason: string) => string
  }
  /** Several accounts at once, instead of one account's name. */
  readonly accountsAtOnce: (count: string) => string
  /** So many of the runs asked for were on their way already. */
  readonly joined: (count: number) => string
  readonly leftOnServer: (serverId: string, reason: string) => string
  readonly removals: {
    readonly headings: readonly [from: string, subject: string, stored: string, why: string, when: string]
    readonly doneHeadings: readonly [from: string, subject: string, stored: string, removed: string]
    readonly reasons: Readonly<Record<RemovalReason, string>>
    readonly nextRun: string
    readonly would: (due: string, total: string) => string
    readonly never: (name: string) => string
    readonly waits: string
    readonly inForce: string
    readonly agreed: string
    readonly nothingRemoved: string
  }
  readonly folders: {
    readonly headings: readonly [path: string, use: string, messages: string, unread: string]
    readonly uses: Readonly<Record<FolderUse, string>>
    readonly notOnServer: string
    readonly changed: Readonly<Record<FolderChange['do'], (path: string, to: string) => string>>
    readonly moved: (count: string, to: string) => string
  }
  readonly contacts: {
    readonly headings: readonly [name: string, addresses: string, received: string, sent: string, last: string]
    readonly recordHeadings: readonly [direction: string, date: string, subject: string, id: string]
    readonly directions: Readonly<Record<'incoming' | 'outgoing', string>>
    readonly none: string
    readonly noMail: string
    readonly saved: (name: string, addresses: string) => string
    readonly removed: (count: string) => string
    readonly nowPrivate: string
    readonly nowOpen: string
  }
  readonly levels: {
    readonly headings: readonly [name: string, kind: string, server: string, accounts: string]
    readonly none: string
    readonly unnamed: string
    readonly noServer: string
    readonly sender: string
    readonly footer: string
    readonly organizationSaved: string
    readonly saved: (name: string) => string
    readonly removed: (name: string) => string
  }
  readonly providers: {
    readonly headings: readonly [name: string, clientId: string, from: string, page: string]
    readonly none: string
    readonly settings: string
    readonly secretKept: string
    readonly how: string
    readonly set: (name: string) => string
    readonly removed: (name: string) => string
  }
  readonly signIn: {
    readonly page: (url: string) => string
    /** After a failure that only this helps against: which command. */
    readonly how: Readonly<Partial<Record<FailureCode, string>>>
    readonly code: (page: string, code: string) => string
    readonly done: (who: string, provider: string) => string
    readonly out: (name: string) => string
  }
  readonly queued: (id: string) => string
  readonly sent: (id: string) => string
  readonly waits: (id: string) => string
  readonly unknown: (id: string) => string
  readonly changedMails: (count: string) => string
  /** Below the facts of a mail whose outcome is unknown. */
  readonly resolveHow: (id: string) => string
  readonly exported: (path: string) => string
  readonly readBy: { readonly from: string; readonly to: string; readonly cc: string; readonly date: string; readonly subject: string; readonly attachments: string }
  readonly store: (place: 'keychain' | 'vault' | 'session', name: string, state: 'ready' | 'locked' | 'absent') => string
  /** At the start of a sentence. */
  readonly vault: string
  readonly cancelling: string
  readonly handedOver: string
  readonly templates: {
    readonly headings: readonly [name: string, type: string, language: string, changed: string, subject: string]
    readonly types: Readonly<Record<string, string>>
    readonly none: string
    readonly saved: (name: string) => string
    readonly removed: (name: string) => string
  }
  readonly batch: {
    readonly headings: readonly [row: string, to: string, subject: string, file: string]
    readonly problem: (row: string, to: string, words: string) => string
    readonly more: (count: string) => string
    readonly checked: (count: string) => string
    readonly queued: (count: string, id: string) => string
    readonly nothingQueued: string
    readonly leftOut: (count: string) => string
    readonly corrected: (count: string) => string
    readonly tested: (row: string, address: string) => string
    readonly notBefore: (date: string) => string
  }
  readonly batches: {
    readonly headings: readonly [id: string, table: string, template: string, queued: string, mails: string]
    readonly none: string
    readonly title: (name: string, mails: string) => string
    readonly standing: Readonly<Record<'sent' | 'underWay' | 'waiting' | 'held' | 'needsPerson', string>>
    readonly would: Readonly<Record<'pause' | 'continue' | 'cancel', (count: string) => string>>
    readonly underWay: (count: string) => string
    readonly doubted: (count: string) => string
    readonly confirm: string
  }
  readonly watch: {
    readonly headings: readonly [id: string, path: string, template: string, last: string]
    readonly none: string
    readonly added: (path: string) => string
    readonly removed: (path: string) => string
    readonly outcomes: Readonly<Record<'queued' | 'failed', string>>
    readonly nothing: string
    readonly watching: (paths: string) => string
    readonly back: string
  }
  readonly doctor: {
    readonly copied: (where: string, mails: string) => string
    readonly notCopied: string
    readonly sayMoved: string
    readonly looked: (files: string) => string
    readonly mended: (count: string) => string
    readonly left: (count: string) => string
    readonly canRebuild: (count: string) => string
    readonly fine: string
  }
  readonly demo: {
    readonly begin: (folder: string) => string
    readonly added: (name: string, address: string) => string
    readonly checked: (name: string) => string
    readonly fetched: (name: string, count: string, size: string) => string
    readonly same: (count: string) => string
    readonly different: (count: string) => string
    readonly queued: (number: string, to: string, size: string) => string
    readonly sent: (count: string) => string
    readonly reply: (subject: string, from: string) => string
    readonly noReply: string
    readonly done: (seconds: string) => string
    readonly mailIn: (path: string) => string
    readonly mailOut: (path: string) => string
    readonly goOn: (command: string) => string
    readonly invoiceSubject: (number: string) => string
    readonly invoiceText: (name: string, number: string, amount: string) => string
    readonly invoiceTitle: string
    readonly invoiceLine: string
    readonly organization: string
  }
}

export const terminalWords: Readonly<Record<Language, TerminalWords>> = { en: terminalEn, nl: terminalNl }
