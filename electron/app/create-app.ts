/**
 * The one place where the parts are built and wired, in this order, and put away in the reverse:
 *
 *   data folder ─▶ log ─▶ settings ─▶ database ─▶ secrets ─▶ accounts ─▶ mail ─▶ outbox (recovered) ─▶ contacts ─▶ jobs
 *               ─▶ practice (only when asked for) ─▶ dispatcher ─▶ socket ─▶ schedule
 *
 * Guarantees: nothing is opened before the folder is ours; whatever fails on the way gives back what was opened before it.
 */
import { done, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import { type Account, ownAddresses } from '../../shared/model/account.ts'
import { starterTemplates } from '../../shared/words/starter-templates.ts'
import { letterheadOf } from '../../shared/model/letterhead.ts'
import type { Language } from '../../shared/model/preferences.ts'
import { createAccountBook } from '../accounts/create-account-book.ts'
import { createLevelBook } from '../accounts/create-level-book.ts'
import { createContacts } from '../contacts/create-contacts.ts'
import type { Host } from '../hosts/host.ts'
import { createDispatcher, type Dispatcher } from '../ipc/create-dispatcher.ts'
import { createHandlers } from '../ipc/create-handlers.ts'
import { serveConnection } from '../ipc/serve-connection.ts'
import { listenForPeers } from '../ipc/socket-transport.ts'
import { createSpooledFiles } from '../ipc/spooled-files.ts'
import { createJobEngine } from '../jobs/create-job-engine.ts'
import { createSchedule } from '../jobs/create-schedule.ts'
import { keepFiled } from '../jobs/keep-filed.ts'
import { keepIndexed } from '../jobs/keep-indexed.ts'
import { takeTable } from '../jobs/kinds/take-table.ts'
import { tellChanges } from '../jobs/tell-changes.ts'
import { watchFolders } from '../jobs/watch-folders.ts'
import { watchInboxes } from '../jobs/watch-inboxes.ts'
import { createPaces } from '../jobs/paces.ts'
import { createPauses } from '../jobs/pauses.ts'
import { createLog } from '../log/create-log.ts'
import { createMailStore } from '../mail/create-mail-store.ts'
import { createBatches } from '../outbox/batches/create-batches.ts'
import { createDrafts } from '../outbox/create-drafts.ts'
import { createWatchedFolders } from '../outbox/batches/watched-folders.ts'
import { createOutbox } from '../outbox/create-outbox.ts'
import { createBounceNews } from '../outbox/returned/bounce-news.ts'
import { createSendingLog } from '../outbox/sending-log/create-sending-log.ts'
import { createSentCopies } from '../outbox/sent-copies/create-sent-copies.ts'
import { createTemplates } from '../outbox/templates/create-templates.ts'
import { watchServer } from '../protocols/watch-server.ts'
import { createSecretKeeper } from '../secrets/create-secret-keeper.ts'
import { dataFolderAt } from '../storage/data-folder.ts'
import { openDatabase } from '../storage/open-database.ts'
import { openSettings } from '../storage/open-settings.ts'
import { ownDataFolder } from '../storage/own-data-folder.ts'
import type { SettingsFileClass } from '../storage/settings-file.ts'
import type { Ahead } from './ahead.ts'
import type { App } from './app.ts'
import { createProgram } from './create-program.ts'
import { createRuns } from './create-runs.ts'
import { createWebSignIn } from './create-web-sign-in.ts'
import { createLazyPractice } from './lazy-practice.ts'
import { createNotices } from './notices.ts'
import { createPuttingAway, type PuttingAway } from './putting-away.ts'
import { readSecretsAhead } from './read-secrets-ahead.ts'
import { tellPerson } from './tell-person.ts'

export interface AppOptions {
  /** The data folder. */
  readonly root: string
  readonly host: Host
  readonly version: string
  /** Fetch and send by the schedule: a window does, a command in a terminal does only what it was asked for. */
  readonly background: boolean
  /** Mail is about to be fetched: what that takes is made ready while the rest is opened. */
  readonly ahead?: Ahead
  /** electron-store in Electron, which reads and writes the same file; conf elsewhere. */
  readonly settingsStore?: SettingsFileClass
  readonly now?: () => Date
}

export async function createApp(options: AppOptions): Promise<Outcome<App>> {
  const puttingAway = createPuttingAway()
  try {
    const app = await build(options, puttingAway)
    if (!app.ok) await puttingAway.run()
    return app
  } catch (error) {
    await puttingAway.run()
    throw error
  }
}

async function build(options: AppOptions, puttingAway: PuttingAway): Promise<Outcome<App>> {
  const { host, version, now = () => new Date() } = options
  const folder = dataFolderAt(options.root)

  const owned = ownDataFolder(folder)
  if (!owned.ok) return owned
  puttingAway.add(() => owned.value.release())
  const log = createLog(folder.log, { now })
  log.info('program.start', { version, host: host.name })
  const notices = createNotices(now)

  const opened = await openSettings(folder, options.settingsStore === undefined ? { now } : { now, Store: options.settingsStore })
  if (!opened.ok) return logged(opened)
  const { settings, setAside } = opened.value
  if (setAside !== null) notices.add(setAside)

  const database = openDatabase(folder)
  if (!database.ok) return logged(database)
  puttingAway.add(() => database.value.close())

  const stopping = new AbortController()
  const secrets = createSecretKeeper({ settings, folder, ...(options.ahead !== undefined && { keyring: options.ahead.keyring }), signal: stopping.signal, redact: (secret) => log.redact(secret) })
  const webSignIn = createWebSignIn({ settings, secrets, redact: (secret) => log.redact(secret), signal: stopping.signal, now })
  puttingAway.add(() => webSignIn.close())
  const { permissions } = webSignIn
  const accounts = createAccountBook({ settings, secrets, permissions })
  if (options.ahead !== undefined) readSecretsAhead(options.ahead, accounts, secrets)
  const levels = createLevelBook({ settings, secrets, permissions })
  const mail = createMailStore({ database: database.value, folder, now })
  puttingAway.add(() => mail.close())
  if (options.ahead !== undefined) mail.prepareToReceive()
  const letterhead = (account: Account) => letterheadOf(account, settings.get())
  const outbox = createOutbox({ database: database.value, folder, letterhead, now })
  const drafts = createDrafts({ database: database.value, folder, now })
  await drafts.sweep()
  const recovered = outbox.recoverAll()
  if (!recovered.ok) return logged(recovered)
  if (recovered.value.readied + recovered.value.unknown > 0) log.warn('outbox.recovered', recovered.value)
  const copies = createSentCopies({ database: database.value, folder, now })
  const files = createSpooledFiles(folder.spool)
  puttingAway.add(() => files.discardAll())
  const templates = createTemplates({ database: database.value, starters: starterTemplates, now })
  const batches = createBatches({ database: database.value, accounts, templates, outbox, letterhead, handed: files.get, now })
  const bounces = createBounceNews(database.value)
  const watchedFolders = createWatchedFolders({ database: database.value, root: folder.root, now })
  const contacts = createContacts({ database: database.value, findAmong: mail.matching })
  const tellOwnAddresses = () => contacts.setOwnAddresses(accounts.list().flatMap(ownAddresses))
  tellOwnAddresses()

  const jobs = createJobEngine({ database: database.value, now, onUnexpected: (error, { id, kind }) => log.error('job.threw', { id, kind, error: placeOf(error) }) })
  puttingAway.add(() => jobs.stop())
  // Before the jobs end: one of them may be waiting for the keychain.
  puttingAway.add(() => stopping.abort())
  const pauses = createPauses({ jobs })
  const paces = createPaces({ database: database.value })
  const language = (): Language => settings.get().preferences.language ?? (host.locale.toLowerCase().startsWith('nl') ? 'nl' : 'en')
  const kinds = createRuns({ host, webSignIn, folder, settings, accounts, levels, mail, outbox, batches, copies, jobs, pauses, paces, language, stopping: stopping.signal })
  const schedule = createSchedule({ accounts, outbox, jobs, pauses, paces, fetch: kinds.fetch, send: kinds.send, now })
  const takeParts = { batches, spool: folder.spool, language, now, mark: watchedFolders.mark, defaultAccountId: () => settings.get().defaultAccountId }
  const folderWatches = watchFolders({ folders: watchedFolders, jobs, take: (watched, name, mayWait) => takeTable(takeParts, watchedFolders, watched, name, mayWait), tell: tellChanges, mark: watchedFolders.mark, now })
  if (options.background) folderWatches.keep()
  puttingAway.add(() => folderWatches.stop())
  const practice = createLazyPractice()
  puttingAway.add(() => practice.stop())

  const dispatcher: Dispatcher = createDispatcher({
    log,
    handlers: createHandlers({
      program: createProgram({ host, version, root: folder.root, notices }),
      webSignIn: { ...webSignIn, openPage: (url) => host.openLink(url) },
      settings, secrets, accounts, levels, mail, outbox, bounces, sendingLog: createSendingLog({ database: database.value, now }), drafts, templates, batches, watchedFolders, folderWatches, contacts, files, jobs, pauses, schedule, practice,
      runs: kinds.runs,
      changed: (event) => dispatcher.emit(event, {}),
    }),
  })
  for (const stop of [
    accounts.onChange(() => {
      tellOwnAddresses()
      dispatcher.emit('accounts.changed', {})
    }),
    pauses.onChange(() => dispatcher.emit('accounts.changed', {})),
    secrets.onChange((store) => dispatcher.emit('secrets.changed', store)),
    // Whatever happens to mail may change a record.
    mail.onChange((accountId) => {
      dispatcher.emit('mail.changed', { accountId })
      dispatcher.emit('contacts.changed', {})
    }),
    outbox.onChange((ids) => {
      dispatcher.emit('outbox.changed', { ids: [...ids] })
      dispatcher.emit('contacts.changed', {})
    }),
    copies.onChange((ids) => dispatcher.emit('outbox.changed', { ids: [...ids] })),
    watchedFolders.onChange(() => dispatcher.emit('watched.changed', {})),
    templates.onChange(() => dispatcher.emit('templates.changed', {})),
    drafts.onChange((ids) => dispatcher.emit('outbox.changed', { ids: [...ids] })),
    bounces.onChange(() => dispatcher.emit('outbox.changed', { ids: [] })),
    contacts.onChange(() => dispatcher.emit('contacts.changed', {})),
    jobs.onChange((job) => dispatcher.emit('job.changed', job)),
  ]) puttingAway.add(stop)

  const peers = await listenForPeers(folder.root, (send) => serveConnection(dispatcher, send, log))
  // Without it, a second process cannot hand its work over; all else works.
  if (peers === null) log.warn('socket.none')
  puttingAway.add(() => peers?.close())

  if (options.background) {
    await practice.resume(accounts, secrets)
    puttingAway.add(tellPerson({ host, accounts, mail, outbox, bounces, jobs, pauses, language, wanted: () => settings.get().preferences.notifications }))
    const watches = watchInboxes({ accounts, pauses, jobs, fetch: kinds.fetch, watch: watchServer })
    puttingAway.add(() => watches.stop())
    const stopWatching = host.onMachine((event) => {
      schedule.notice(event)
      watches.renew()
    })
    puttingAway.add(() => {
      stopWatching()
      schedule.stop()
    })
    schedule.start()
    puttingAway.add(keepFiled({ jobs, contacts }))
    void mail.putAwayDeleted()
    puttingAway.add(keepIndexed({ jobs, mail, index: kinds.index }))
  }

  return done({
    caller: dispatcher.caller,
    connect: (send) => serveConnection(dispatcher, send, log),
    letPeersFinish: async () => peers?.letPeersFinish(),
    stop: () => puttingAway.run(),
  })

  function logged<T extends { readonly failure: Failure }>(outcome: T): T {
    log.error('program.start-failed', { code: outcome.failure.code })
    return outcome
  }
}

/** A bug's kind and place; never its message, which may quote what it was given. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 6)].join(' ')
}
