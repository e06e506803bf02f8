/**
 * A data folder that fetches for one account: every run opens it anew, as after a start of the program, and says how it ended
 * and what the folder then holds.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import type { MessageFilingOptions } from '../../electron/mail/message-filing.ts'
import { createMailStore } from '../../electron/mail/create-mail-store.ts'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import type { Credentials, ServerTarget } from '../../electron/protocols/net/server-target.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import type { Delivery } from '../../shared/model/account.ts'
import type { FetchDetail } from './fetch-detail.ts'
import { oneAccount } from './one-account.ts'

export interface Mailbox {
  readonly protocol: 'pop3' | 'imap' | 'jmap'
  readonly server: Omit<ServerTarget, 'signal'>
  readonly credentials: Credentials
}

export interface FetchRun {
  readonly outcome: Outcome<void>
  readonly detail: FetchDetail | null
  /** Server ids the ledger knows. */
  readonly known: ReadonlySet<string>
}

/** In memory where that is at hand: these tests make thousands of folders, and what a disk does is not theirs. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export class FetchingFolder {
  readonly root: string

  readonly #filing: MessageFilingOptions

  constructor(root = mkdtempSync(join(scratch, 'mailroom-fetching-')), filing: MessageFilingOptions = { patience: 50 }) {
    this.root = root
    this.#filing = filing
  }

  /** `delivery` is taken as agreed to. */
  async run({ protocol, server, credentials }: Mailbox, delivery: Delivery, signal = new AbortController().signal): Promise<FetchRun> {
    const folder = dataFolderAt(this.root)
    const database = openDatabase(folder)
    if (!database.ok) return { outcome: database, detail: null, known: new Set() }
    const mail = createMailStore({ database: database.value, folder, filing: this.#filing })
    try {
      mail.agreeToRemovals('office', delivery)
      const accounts = { ...oneAccount({ delivery }), route: async () => done({ protocol, server, credentials }) }
      let detail: FetchDetail | null = null
      const job = { id: 'job', signal, report: (_: unknown, told: FetchDetail) => void (detail = told) }
      const outcome = await fetchMail({ accounts, mail, openInbox, pauses: { note: () => {} } }, 'office').run(job)
      return { outcome, detail, known: mail.knownServerIds('office', 'INBOX') }
    } finally {
      mail.close()
      database.value.close()
    }
  }

  /** The file of every row. A row without its file is an error, and so is a file without its row, unless a process was killed. */
  stored(strangers?: 'some may be on their way'): readonly Buffer[] {
    const folder = dataFolderAt(this.root)
    const database = openDatabase(folder)
    if (!database.ok) throw new Error(database.failure.code)
    const known = database.value.prepare('SELECT file FROM message').all().map((row) => String(row['file']))
    database.value.close()
    mkdirSync(folder.mail, { recursive: true })
    const there = readdirSync(folder.mail, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'))
    const strays = there.filter((name) => !known.includes(name))
    if (strays.length > 0 && strangers === undefined) throw new Error(`files without a row: ${strays.join(' ')}`)
    return known.map((file) => readFileSync(join(folder.mail, file)))
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
