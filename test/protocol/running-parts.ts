/** The parts a job runs with, over a data folder of its own and the real protocols; only the account book is a small one. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Route } from '../../electron/accounts/account-book.ts'
import { planRoute } from '../../electron/accounts/route.ts'
import { createJobEngine } from '../../electron/jobs/create-job-engine.ts'
import type { Timers } from '../../electron/jobs/timers.ts'
import { createPaces } from '../../electron/jobs/paces.ts'
import { createPauses } from '../../electron/jobs/pauses.ts'
import { createMailStore } from '../../electron/mail/create-mail-store.ts'
import { createOutbox } from '../../electron/outbox/create-outbox.ts'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { emptySettings } from '../../electron/storage/settings-text.ts'
import { accountSchema, portOf, type Account, type AccountDraftInput, type Direction } from '../../shared/model/account.ts'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { SignIn } from '../../shared/model/server.ts'
import { lab } from '../servers/lab.ts'
import { filesOf } from './lab-mail.ts'

interface PartsOptions {
  /** Of the store and the jobs; the machine's unless told. */
  readonly now?: () => Date
  /** Of the jobs. */
  readonly timers?: Timers
}

export function openParts(draft: AccountDraftInput, password: () => string = () => lab.password, options: PartsOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-job-'))
  const folder = dataFolderAt(root)
  const database = openDatabase(folder)
  if (!database.ok) throw new Error(database.failure.code)
  const bugs: unknown[] = []
  const jobs = createJobEngine({ database: database.value, ...options, onUnexpected: (error) => bugs.push(error) })
  const account = accountSchema.parse({ id: 'office', ...draft })
  return {
    folder,
    database: database.value,
    account,
    accounts: accountsOf(account, password),
    mail: createMailStore({ database: database.value, folder, ...options }),
    outbox: createOutbox({ database: database.value, folder }),
    jobs,
    pauses: createPauses({ jobs }),
    paces: createPaces({ database: database.value }),
    connections: 5,
    openInbox,
    openSubmission,
    testMessageWords: () => ({ subject: 'Mailroom: één proef', text: 'Gelukt.' }),
    spool: folder.spool,
    bugs,
    /** Every message file of this data folder, in the order of their bytes. */
    storedFiles: (): readonly Buffer[] => inOrder(filesBelow(folder.mail)),
    async close() {
      await jobs.stop()
      database.value.close()
      rmSync(root, { recursive: true })
    },
  }
}

/** An account book with one account, whatever its id is. */
export function accountsOf(account: Account, password: () => string = () => lab.password) {
  return {
    get: () => done(account),
    wayMark: () => '',
    route: async (_id: string, direction: Direction): Promise<Outcome<Route>> => routeOf(account, direction, password()),
    routeOfDraft: async (_draft: unknown, _secrets: unknown, direction: Direction) => routeOf(account, direction, password()),
  }
}

export type RunningParts = ReturnType<typeof openParts>

function routeOf(account: Account, direction: Direction, password: string): Outcome<Route> {
  const { incoming, outgoing, timeoutSeconds } = account
  if (incoming === null) return failed('account.cannot-receive')
  if (incoming.protocol === 'jmap') return httpRouteOf(account, incoming.signIn, direction, password)
  if (outgoing === null || outgoing.server.use !== 'own') return failed('account.cannot-send')
  const server = direction === 'incoming' ? incoming : outgoing.server
  const protocol = direction === 'incoming' ? incoming.protocol : 'smtp'
  const { host, security, trustedCertificate } = server
  const { userName, method } = incoming.signIn
  const signsIn = direction === 'incoming' || outgoing.signIn.use !== 'none'
  return done({
    protocol,
    server: { host, port: portOf(protocol, server), security, trustedCertificate, timeoutSeconds },
    credentials: signsIn ? { userName, secret: password, method } : null,
  })
}

function httpRouteOf(account: Account, { userName, method }: SignIn, direction: Direction, password: string): Outcome<Route> {
  const planned = planRoute(emptySettings(), account, direction)
  return planned.ok ? done({ ...planned.value, credentials: { userName, secret: password, method } }) : planned
}

/** The same mailbox behind a proxy that listens in: without encryption, which it could not read. */
export function clearDraft(protocol: 'pop3' | 'imap', user: string, port: number): AccountDraftInput {
  const draft = labDraft(protocol, user)
  return { ...draft, incoming: { protocol, host: '127.0.0.1', port, security: 'none', clearTextConfirmed: true, signIn: { userName: user } } }
}

/** The lab's POP3 inside TLS or IMAP with STARTTLS, and its submission server with STARTTLS. */
export function labDraft(protocol: 'pop3' | 'imap', user: string): AccountDraftInput {
  const place = protocol === 'pop3' ? ({ port: lab.port('POP3S'), security: 'tls' } as const) : ({ port: lab.port('IMAP'), security: 'starttls' } as const)
  return {
    name: 'Office',
    user: { displayName: 'Office', address: `${user}@${lab.domain}` },
    incoming: { protocol, host: lab.host, ...place, signIn: { userName: user } },
    outgoing: { server: { use: 'own', host: lab.host, port: lab.port('SUBMISSION'), security: 'starttls' } },
    timeoutSeconds: 20,
  }
}

/** What lies in a lab user's inbox on the server's own disk. */
export function serverFiles(user: string): readonly Buffer[] {
  return inOrder(filesOf(user))
}

function filesBelow(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name))] : []))
}

function inOrder(files: readonly Buffer[]): readonly Buffer[] {
  return files.toSorted(Buffer.compare)
}
