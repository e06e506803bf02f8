/**
 * Every command of the command line with its options, and nothing of what they do: that is loaded only for the command that
 * was given, so that `--version` and `--help` answer at once.
 */
import { Argument, Command as Declared, InvalidArgumentError, Option } from 'commander'
import type { TerminalWords } from '../../../shared/words/terminal.ts'
import type { SecretPlaceName } from './give-secrets.ts'
import type { Command } from './session.ts'
import type { ExportOptions } from './commands/export-log.ts'
import type { SendOptions } from './commands/send.ts'
import type { SendmailOptions } from './commands/sendmail.ts'
import type { BatchOptions } from './commands/batch.ts'
import type { WatchOptions, WatchRunOptions } from './commands/watch.ts'
import type { ProviderOptions } from './commands/providers.ts'
import type { TemplateOptions } from './commands/templates.ts'
import type { ShownState } from '../../../shared/model/outgoing-mail.ts'
import type { CommandLineWords } from '../../../shared/words/command-line.ts'
import { accountExample, accountRest, httpExample, organizationExample, unitExample } from './account-example.ts'
import type { ActionWords } from '../../../shared/words/terminal-actions.ts'
import { helpInWords } from './wrong-usage.ts'
import type { MarkOptions } from './commands/mail-actions.ts'

interface Globals {
  readonly data?: string
  readonly json?: boolean
}

export interface ProgramOptions {
  readonly words: TerminalWords
  readonly frame: CommandLineWords
  readonly actions: ActionWords
  readonly version: string
  /** Runs the command that was given. `fetches`: the accounts whose mail it fetches with the passwords kept for them; null = all. */
  run(globals: Globals, command: () => Promise<Command>, fetches?: readonly string[] | null): Promise<void>
  /** The demo opens a program of its own. */
  runDemo(globals: Globals): Promise<void>
  write(text: string): void
  /** Commander's own sentences about a mistake are not written: whoever runs it says what is wrong. */
  writeError(text: string): void
}

export function declareProgram({ words: { help, usage }, frame, actions: { help: act }, version, run, runDemo, write, writeError }: ProgramOptions): Declared {
  const program = new Declared('mailroom')
  const outputs = { writeOut: write, writeErr: writeError, outputError: () => undefined }
  const declare = (parent: Declared, usage: string, description: string) =>
    parent.command(usage).description(description).helpOption('-h, --help', help.helpOption).configureOutput(outputs).exitOverride()
  const shown = (example: unknown) => JSON.stringify(example, null, 2)
  const globalsOf = (command: Declared) => command.optsWithGlobals<Globals>()
  const list = (value: string, before: readonly string[]) => [...before, value]

  program
    .description(help.program)
    .version(version, '-V, --version', help.version)
    .helpOption('-h, --help', help.helpOption)
    .addOption(new Option('--data <dir>', help.data).argParser(notEmpty))
    .option('--json', help.json)
    .addHelpText('after', `\n${help.examples}\n\n${frame.exitCodes}`)
    .configureHelp(helpInWords(frame))
    .helpCommand('help [command]', frame.helpCommand)
    .configureOutput(outputs)
    .exitOverride()

  const secretsStdin = new Option('--secrets-stdin', help.secretsStdin)
  const passphraseStdin = new Option('--passphrase-stdin', help.passphraseStdin)
  const secretPlace = new Option('--secret-place <place>', help.secretPlace).choices(['keychain', 'vault', 'session'])
  const limit = new Option('--limit <count>', help.limit).default(100).argParser(countOf)

  const accounts = declare(program, 'accounts', help.accounts)
  declare(accounts, 'list', help.accountsList).action((_options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/accounts.ts')).listAccounts))
  declare(accounts, 'show <name>', help.accountsShow).action((name: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/accounts.ts')).showAccount(name)))
  type SaveOptions = { readonly secretsStdin?: boolean; readonly secretPlace?: SecretPlaceName; readonly oauth?: boolean; readonly device?: boolean; readonly shared?: boolean }
  declare(accounts, 'add <file>', help.accountsAdd).addOption(secretsStdin).addOption(secretPlace).option('--oauth', help.accountsOauth).option('--device', help.signInDevice).option('--shared', help.signInShared).addHelpText('after', `\n${help.accountsAddFile}\n${shown(accountExample)}\n\n${help.accountsAddHttp}\n${shown(httpExample)}\n\n${help.accountsAddRest}\n${shown(accountRest)}`)
    .action((file: string, options: SaveOptions, command: Declared) => {
      if (file === '-' && options.secretsStdin === true) command.error(usage.stdinTwice)
      return run(globalsOf(command), async () => (await import('./commands/accounts.ts')).addAccount(file, options))
    })
  declare(accounts, 'change <name> <file>', help.accountsChange).addOption(secretsStdin).addOption(secretPlace)
    .action((name: string, file: string, options: SaveOptions, command: Declared) => {
      if (file === '-' && options.secretsStdin === true) command.error(usage.stdinTwice)
      return run(globalsOf(command), async () => (await import('./commands/accounts.ts')).changeAccount(name, file, options))
    })
  declare(accounts, 'remove <name>', help.accountsRemove).option('--keep-mail', help.keepMail).option('--delete-mail', help.deleteMail)
    .action((name: string, options: { readonly keepMail?: boolean; readonly deleteMail?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/accounts.ts')).removeAccount(name, options)))
  declare(accounts, 'default <name>', help.accountsDefault).action((name: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/accounts.ts')).setDefaultAccount(name)))

  declare(accounts, 'password <name>', act.password).addOption(secretsStdin).addOption(secretPlace).action((name: string, options: SaveOptions, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/accounts.ts')).givePassword(name, options)))

  const organization = declare(program, 'organization', help.organization)
  declare(organization, 'show', help.organizationShow).action((_options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/levels.ts')).showOrganization))
  declare(organization, 'set <file>', help.organizationSet).addHelpText('after', `\n${help.fileSays}\n${shown(organizationExample)}`).addOption(secretsStdin).addOption(secretPlace)
    .action((file: string, options: SaveOptions, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/levels.ts')).setOrganization(file, options)))
  declare(organization, 'check', help.organizationCheck).addOption(secretsStdin).action((options: SaveOptions, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/levels.ts')).checkLevel(null, options)))

  const units = declare(program, 'units', help.units)
  declare(units, 'list', help.unitsList).action((_options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/levels.ts')).listUnits))
  declare(units, 'show <name>', help.unitsShow).action((name: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/levels.ts')).showUnit(name)))
  declare(units, 'add <file>', help.unitsAdd).addHelpText('after', `\n${help.fileSays}\n${shown(unitExample)}`).addOption(secretsStdin).addOption(secretPlace)
    .action((file: string, options: SaveOptions, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/levels.ts')).addUnit(file, options)))
  declare(units, 'change <name> <file>', help.unitsChange).addHelpText('after', `\n${help.fileSays}\n${shown(unitExample)}`).addOption(secretsStdin).addOption(secretPlace)
    .action((name: string, file: string, options: SaveOptions, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/levels.ts')).changeUnit(name, file, options)))
  declare(units, 'remove <name>', help.unitsRemove).action((name: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/levels.ts')).removeUnit(name)))
  declare(units, 'check <name>', help.unitsCheck).addOption(secretsStdin).action((name: string, options: SaveOptions, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/levels.ts')).checkLevel(name, options)))

  type HolderOptions = { readonly device?: boolean; readonly shared?: boolean; readonly out?: boolean }
  const holderOptions = (command: Declared) => command.option('--device', help.signInDevice).option('--shared', help.signInShared).option('--out', help.signInOut)
  holderOptions(declare(organization, 'sign-in', help.organizationSignIn)).action((options: HolderOptions, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/sign-in.ts')).signInLevel(null, options)))
  holderOptions(declare(units, 'sign-in <name>', help.unitsSignIn)).action((name: string, options: HolderOptions, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/sign-in.ts')).signInLevel(name, options)))
  holderOptions(declare(program, 'sign-in <name>', help.signIn))
    .action((name: string, options: HolderOptions, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/sign-in.ts')).signInAccount(name, options)))

  const providers = declare(program, 'providers', help.providers)
  declare(providers, 'list', help.providersList).action((_options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/providers.ts')).listProviders))
  declare(providers, 'set <provider> <client-id>', help.providersSet).option('--secret-stdin', help.providersSecret).option('--name <name>', help.providersName).option('--server <host>', help.providersServer, list, [])
    .action((provider: string, clientId: string, options: ProviderOptions, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/providers.ts')).setProvider(provider, clientId, options)))
  declare(providers, 'remove <provider>', help.providersRemove).action((provider: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/providers.ts')).removeProvider(provider)))

  declare(program, 'check <name>', help.check).option('--test-message', help.testMessage).option('--send-as <address>', help.sendAs).addOption(secretsStdin)
    .action((name: string, options: { readonly testMessage?: boolean; readonly sendAs?: string; readonly secretsStdin?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/check.ts')).checkAccount(name, options)))
  declare(program, 'detect <address>', help.detect).addHelpText('after', `\n${help.detectMore}`).action((address: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/detect.ts')).detectSettings(address)))
  declare(program, 'fetch [names...]', help.fetch).option('--all', help.all).addOption(secretsStdin)
    .action((names: string[], options: { readonly all?: boolean; readonly secretsStdin?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/fetch.ts')).fetchMail(names, options), options.secretsStdin === true ? undefined : options.all === true ? null : names))

  declare(program, 'log', help.log).option('--account <name>', help.account).option('--every', help.every).addOption(limit)
    .action((options: { readonly account?: string; readonly every?: boolean; readonly limit: number }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/log.ts')).showLog(options)))

  const mail = declare(program, 'mail', help.mail)
  declare(mail, 'list', help.mailList).option('--account <name>', help.account).option('--folder <path>', help.mailFolder).option('--search <words>', help.search).addOption(limit)
    .action((options: { readonly account?: string; readonly folder?: string; readonly search?: string; readonly limit: number }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/mail.ts')).listMail(options)))
  const folders = declare(program, 'folders', help.folders)
  declare(folders, 'list <account>', help.foldersList).action((account: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/folders.ts')).listFolders(account)))
  declare(folders, 'create <account> <path>', help.foldersCreate).action((account: string, path: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/folders.ts')).changeFolder(account, { do: 'create', path })))
  declare(folders, 'rename <account> <path> <to>', help.foldersRename).action((account: string, path: string, to: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/folders.ts')).changeFolder(account, { do: 'rename', path, to })))
  declare(folders, 'delete <account> <path>', help.foldersDelete).action((account: string, path: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/folders.ts')).changeFolder(account, { do: 'delete', path })))
  declare(mail, 'show', help.mailShow).addArgument(new Argument('<id>').argParser(countOf)).option('--source', help.source)
    .action((id: number, options: { readonly source?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/mail.ts')).showMail(id, options)))
  declare(mail, 'move', help.mailMove).addArgument(new Argument('<ids...>').argParser((given: string, before: number[] | undefined) => [...(before ?? []), countOf(given)]))
    .requiredOption('--to <path>', help.mailMoveTo).option('--folder <path>', help.mailFolder)
    .action((ids: number[], options: { readonly to: string; readonly folder?: string }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/folders.ts')).moveMail(ids, options)))
  declare(mail, 'export', help.mailExport).addArgument(new Argument('<id>').argParser(countOf)).argument('[file]').option('--force', help.force)
    .action((id: number, file: string | undefined, options: { readonly force?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/mail.ts')).exportMail(id, file, options)))

  const messages = () => new Argument('<ids...>').argParser((given: string, before: number[] | undefined) => [...(before ?? []), countOf(given)])
  declare(mail, 'delete', act.mailDelete).addArgument(messages()).option('--folder <path>', help.mailFolder).action((ids: number[], options: { readonly folder?: string }, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/mail-actions.ts')).deleteMail(ids, options)))
  declare(mail, 'restore', act.mailRestore).addArgument(messages()).action((ids: number[], _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/mail-actions.ts')).restoreMail(ids)))
  declare(mail, 'mark', act.mailMark).addArgument(messages()).option('--read', act.markRead).option('--unread', act.markUnread).option('--flag', act.markFlag).option('--unflag', act.markUnflag)
    .action((ids: number[], options: MarkOptions, command: Declared) => run(globalsOf(command), async () => (await import('./commands/mail-actions.ts')).markMail(ids, options)))
  declare(mail, 'attachments', act.mailAttachments).addArgument(new Argument('<id>').argParser(countOf)).option('--to <folder>', act.attachmentTo).option('--force', help.force)
    .action((id: number, options: { readonly to?: string; readonly force?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/mail-actions.ts')).saveAttachments(id, options)))

  declare(program, 'removals <name>', help.removals).option('--confirm', help.confirmRemovals).option('--done', help.doneRemovals).addOption(limit)
    .action((name: string, options: { readonly confirm?: boolean; readonly done?: boolean; readonly limit: number }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/removals.ts')).showRemovals(name, options)))

  declare(program, 'send', help.send)
    .option('--from <name>', help.from)
    .option('--to <address>', help.to, list, [])
    .option('--cc <address>', help.cc, list, [])
    .option('--bcc <address>', help.bcc, list, [])
    .option('--subject <text>', help.subject, '')
    .addOption(new Option('--text <text>', help.text).conflicts('textFile'))
    .option('--text-file <file>', help.textFile)
    .option('--attach <file>', help.attach, list, [])
    .option('--now', help.now)
    .option('--at <time>', help.at)
    .option('--hold', help.hold)
    .option('--private', help.sendPrivate)
    .addOption(new Option('--read-receipt <where>', help.readReceipt).choices(['none', 'account', 'reply-to']))
    .option('--delivery-report', help.deliveryReport)
    .addOption(secretsStdin)
    .action((options: SendOptions, command: Declared) => run(globalsOf(command), async () => (await import('./commands/send.ts')).sendMail(options)))

  const outbox = declare(program, 'outbox', help.outbox)
  const states = ['draft', 'scheduled', 'held', 'ready', 'sending', 'submitting', 'sent', 'error', 'unknown', 'cancelled', 'partly', 'delivered', 'bounced', 'read'] satisfies ShownState[]
  declare(outbox, 'list', help.outboxList).addOption(new Option('--state <state>', help.state).choices(states)).option('--search <words>', help.outboxSearch).option('--batch <id>', help.outboxBatch).addOption(limit)
    .action((options: { readonly state?: ShownState; readonly search?: string; readonly batch?: string; readonly limit: number }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/outbox.ts')).listOutbox(options)))
  declare(outbox, 'show <id>', help.outboxShow).action((id: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/outbox.ts')).showOutgoing(id)))
  declare(outbox, 'run [names...]', help.outboxRun).addOption(secretsStdin)
    .action((names: string[], options: { readonly secretsStdin?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/outbox.ts')).runOutbox(names, options)))
  declare(outbox, 'reset [ids...]', help.outboxReset).action((ids: string[], _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/outbox.ts')).resetMails(ids)))
  declare(outbox, 'clear [ids...]', help.outboxClear).option('--dismiss', help.outboxDismiss).action((ids: string[], options: { readonly dismiss?: boolean }, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/outbox.ts')).clearMails(ids, options)))
  declare(outbox, 'resend <ids...>', help.outboxResend).option('--to <address>', help.outboxResendTo, list, [])
    .action((ids: string[], options: { readonly to: readonly string[] }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/outbox.ts')).resendMails(ids, options)))
  for (const [name, description] of [['hold', help.outboxHold], ['release', help.outboxRelease], ['cancel', help.outboxCancel]] as const) {
    declare(outbox, `${name} <ids...>`, description).action((ids: string[], _options, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/outbox.ts')).moveMails(`outbox.${name}`, ids)))
  }
  // `resolve ID… sent`: what became of them comes last, where it is known.
  declare(outbox, 'resolve <ids...>', help.outboxResolve).action((words: string[], _options, command: Declared) =>
    run(globalsOf(command), async () => {
      const { resolveMails, showOutgoing } = await import('./commands/outbox.ts')
      const outcome = words.at(-1)
      return outcome === 'sent' || outcome === 'not-sent' ? resolveMails(words.slice(0, -1), outcome) : showOutgoing(words[0] ?? '', 'to-resolve')
    }))
  declare(outbox, 'export', help.outboxExport).requiredOption('--out <file>', help.outboxOut).option('--since <day>', help.outboxSince).option('--until <day>', help.outboxUntil)
    .option('--account <account>', help.account).addOption(new Option('--state <state>', help.state).choices(states)).option('--search <words>', help.outboxSearch).option('--batch <id>', help.outboxBatch).option('--force', help.force)
    .action((options: ExportOptions, command: Declared) => run(globalsOf(command), async () => (await import('./commands/export-log.ts')).exportLog(options)))

  const templates = declare(program, 'templates', help.templates)
  declare(templates, 'list', help.templatesList).action((_options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/templates.ts')).listTemplates))
  declare(templates, 'show <name>', help.templatesShow).action((name: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/templates.ts')).showTemplate(name)))
  for (const [action, description] of [['add', help.templatesAdd], ['edit', help.templatesEdit]] as const) {
    declare(templates, `${action} <name> [file]`, description)
      .option('--type <type>', help.templateType)
      .addOption(new Option('--language <language>', help.templateLanguage).choices(['en', 'nl']))
      .option('--subject <text>', help.templateSubject)
      .addOption(new Option('--text <text>', help.templateText).conflicts('textFile'))
      .option('--text-file <file>', help.templateTextFile)
      .option('--html-file <file>', help.templateHtml)
      .action((name: string, file: string | undefined, options: TemplateOptions, command: Declared) =>
        run(globalsOf(command), async () => (await import('./commands/templates.ts')).saveTemplate(name, file ?? null, options, action === 'add')))
  }
  declare(templates, 'remove <name>', help.templatesRemove).action((name: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/templates.ts')).removeTemplate(name)))
  declare(templates, 'preview <name>', help.templatesPreview).option('--table <file>', help.templateTable).addOption(new Option('--row <number>', help.templateRow).argParser(countOf)).option('--account <name>', help.batchAccount)
    .action((name: string, options: { readonly table?: string; readonly row?: number; readonly account?: string }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/templates.ts')).previewTemplate(name, options)))

  declare(program, 'batch <file>', help.batch)
    .requiredOption('--template <name>', help.batchTemplate)
    .option('--account <name>', help.batchAccount)
    .addOption(new Option('--files <rule>', help.batchFiles))
    .option('--folder <folder>', help.batchFolder)
    .option('--no-files', help.batchNoFiles)
    .option('--column <field=name>', help.batchColumn, list, [])
    .option('--again <number>', help.batchAgain, list, [])
    .option('--dry-run', help.batchDryRun)
    .option('--hold', help.batchHold)
    .option('--without <rows>', help.batchWithout)
    .option('--correct <row:column=value>', help.batchCorrect, list, [])
    .option('--without-problems', help.batchWithoutProblems)
    .option('--skip-queued', help.batchSkipQueued)
    .option('--at <time>', help.batchAt)
    .addOption(new Option('--test <row>', help.batchTest).argParser(countOf))
    .option('--test-to <address>', help.batchTestTo)
    .action((file: string, options: BatchOptions, command: Declared) => run(globalsOf(command), async () => (await import('./commands/batch.ts')).runBatch(file, options)))

  const batches = declare(program, 'batches', help.batches)
  declare(batches, 'list', help.batchesList).addOption(limit)
    .action((options: { readonly limit: number }, command: Declared) => run(globalsOf(command), async () => (await import('./commands/batches.ts')).listBatches(options)))
  declare(batches, 'show <batch>', help.batchesShow)
    .action((key: string, _options, command: Declared) => run(globalsOf(command), async () => (await import('./commands/batches.ts')).showBatch(key)))
  for (const [move, description] of [['pause', help.batchesPause], ['continue', help.batchesContinue], ['cancel', help.batchesCancel]] as const) {
    const declared = declare(batches, `${move} <batch>`, description)
    if (move === 'cancel') declared.option('--confirm', help.batchesConfirm)
    declared.action((key: string, options: { readonly confirm?: boolean }, command: Declared) => run(globalsOf(command), async () => (await import('./commands/batches.ts')).moveBatch(move, key, options)))
  }

  const watch = declare(program, 'watch', help.watch)
  declare(watch, 'list', help.watchList).action((_options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/watch.ts')).listWatched))
  declare(watch, 'add <folder>', help.watchAdd).requiredOption('--template <name>', help.batchTemplate).option('--account <name>', help.batchAccount).option('--files <rule>', help.batchFiles).option('--polling', help.watchPolling)
    .action((folder: string, options: WatchOptions, command: Declared) => run(globalsOf(command), async () => (await import('./commands/watch.ts')).addWatched(folder, options)))
  declare(watch, 'remove <folder>', help.watchRemove).action((folder: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/watch.ts')).removeWatched(folder)))
  declare(watch, 'run', help.watchRun).option('--once', help.watchOnce).option('--send', help.watchSend).action((options: WatchRunOptions, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/watch.ts')).runWatched(options)))

  const contacts = declare(program, 'contacts', help.contacts)
  declare(contacts, 'list', help.contactsList).option('--search <words>', help.searchContacts).option('--last', help.lastContacts).addOption(limit)
    .action((options: { readonly search?: string; readonly last?: boolean; readonly limit: number }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/contacts.ts')).listContacts(options)))
  declare(contacts, 'show <who>', help.contactsShow).option('--search <words>', help.searchRecord).addOption(limit)
    .action((who: string, options: { readonly search?: string; readonly limit: number }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/contacts.ts')).showContact(who, options)))
  declare(contacts, 'add <addresses...>', help.contactsAdd).option('--name <name>', help.contactName).option('--note <text>', help.contactNote)
    .action((addresses: string[], options: { readonly name?: string; readonly note?: string }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/contacts.ts')).addContact(addresses, options)))
  declare(contacts, 'change <who>', help.contactsChange).option('--name <name>', help.contactName).option('--note <text>', help.contactNote)
    .option('--address <address>', help.contactAddress, list, []).option('--without-address <address>', help.contactWithout, list, [])
    .action((who: string, options: { readonly name?: string; readonly note?: string; readonly address: readonly string[]; readonly withoutAddress: readonly string[] }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/contacts.ts')).changeContact(who, options)))
  declare(contacts, 'merge <who> <others...>', help.contactsMerge).action((who: string, others: string[], _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/contacts.ts')).mergeContacts(who, others)))
  declare(contacts, 'remove <who...>', help.contactsRemove).action((who: string[], _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/contacts.ts')).removeContacts(who)))
  for (const [parent, where] of [[mail, 'mail'], [outbox, 'outbox']] as const) {
    declare(parent, 'private <ids...>', help.private).option('--off', help.privateOff)
      .action((ids: string[], options: { readonly off?: boolean }, command: Declared) =>
        run(globalsOf(command), async () => (await import('./commands/contacts.ts')).markPrivate(where, ids, options)))
  }

  const sendmail = declare(program, 'sendmail [recipients...]', help.sendmail)
    .option('-t', help.sendmailT)
    .option('-i', help.sendmailDots)
    .option('-f <address>', help.sendmailF)
    .option('-F <name>', help.sendmailName)
    .option('-o <setting>', help.sendmailIgnored, list, [])
    .action((recipients: string[], options: SendmailOptions, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/sendmail.ts')).sendmail(recipients, options)))

  for (const flags of ['-b <mode>', '-B <type>', '-e <mode>', '-N <dsn>', '-R <what>', '-v', '-U', '-n', '-m']) sendmail.addOption(new Option(flags, help.sendmailIgnored).hideHelp())

  declare(program, 'doctor', help.doctor).option('--rebuild', help.rebuild).option('--moved', help.doctorMoved)
    .action((options: { readonly rebuild?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/doctor.ts')).examineStore(options)))

  declare(program, 'demo', help.demo).action((_options, command: Declared) => runDemo(globalsOf(command)))

  const settings = declare(program, 'settings', act.settings)
  declare(settings, 'list', act.settingsList).action((_options, command: Declared) => run(globalsOf(command), async () => (await import('./commands/settings.ts')).listSettings))
  declare(settings, 'set <name> <value>', act.settingsSet).action((name: string, value: string, _options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/settings.ts')).setSetting(name, value)))

  const secrets = declare(program, 'secrets', help.secrets)
  declare(secrets, 'status', help.secretsStatus).action((_options, command: Declared) =>
    run(globalsOf(command), async () => (await import('./commands/secrets.ts')).secretsStatus))
  declare(secrets, 'use', help.secretsUse).addArgument(new Argument('<place>').choices(['keychain', 'vault', 'session'])).addOption(passphraseStdin)
    .action((place: SecretPlaceName, options: { readonly passphraseStdin?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/secrets.ts')).useSecretPlace(place, options)))
  declare(secrets, 'unlock', help.secretsUnlock).addOption(passphraseStdin)
    .action((options: { readonly passphraseStdin?: boolean }, command: Declared) =>
      run(globalsOf(command), async () => (await import('./commands/secrets.ts')).unlockSecrets(options)))
  return program
}

/** `--data "$UNSET"` in a script is a mistake, and not the folder the script happens to run in. */
function notEmpty(text: string): string {
  if (text === '') throw new InvalidArgumentError('')
  return text
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('')
  return Number(text)
}
