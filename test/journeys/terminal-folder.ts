/** What tests of the command line have in common: data folders of their own and files to hand over, in one place that is gone afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { Result } from '../../shared/contract/methods.ts'
import type { Account } from '../../shared/model/account.ts'
import { lab } from '../servers/lab.ts'
import { labDraft, type Mailroom, mailroomOn } from './run-mailroom.ts'

export interface TerminalFolder {
  at(name: string): string
  /** Writes it there, as JSON where it is neither text nor bytes, and answers with its path. */
  fileOf(name: string, content: unknown): Promise<string>
  /** One with an empty data folder. */
  freshMailroom(environment?: NodeJS.ProcessEnv): Promise<Mailroom>
  /** Adds the account of a user of the lab, under the user's name. */
  add(mailroom: Mailroom, user: string, protocol: 'pop3' | 'imap'): Promise<Account>
}

/** To be called once in a file of tests. */
export function terminalFolder(): TerminalFolder {
  let folder = ''
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'mailroom-terminal-')) })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function fileOf(name: string, content: unknown): Promise<string> {
    const path = join(folder, name)
    await writeFile(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
    return path
  }

  return {
    at: (name) => join(folder, name),
    fileOf,
    freshMailroom: async (environment = {}) => mailroomOn(await mkdtemp(join(folder, 'data-')), environment),
    async add(mailroom, user, protocol) {
      const file = await fileOf(`${user}.json`, labDraft(user, protocol))
      return (await mailroom.json<Result<'accounts.add'>>(['accounts', 'add', file, '--secrets-stdin'], secrets())).account
    },
  }
}

/** As a command takes them on its standard input. */
export const secrets = (incoming = lab.password): string => JSON.stringify({ incoming })
