/** An account in step with a real server's folders, and another program in the same mailbox: what the tests of folders stand on, whatever the protocol. */
import { afterEach, beforeEach, expect } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import type { AccountDraftInput } from '../../shared/model/account.ts'
import type { Job } from '../../shared/model/job.ts'
import type { otherProgramAt } from '../fakes/other-program.ts'
import { lab } from '../servers/lab.ts'
import { openParts, type RunningParts } from './running-parts.ts'

export interface FolderPlace {
  readonly draft: (user: string) => AccountDraftInput
  readonly otherProgram: ReturnType<typeof otherProgramAt>
}
export type FolderStage = ReturnType<typeof folderStage>

/** For each test a user of its own. */
export function folderStage({ draft, otherProgram }: FolderPlace) {
  let user: string
  let parts: RunningParts
  beforeEach(() => {
    user = lab.freshUser('folders')
    parts = openParts(draft(user))
  })
  afterEach(() => parts.close())
  const here = (folder: string | null = null) => parts.mail.list({ accountId: 'office', folder, search: '', offset: 0, limit: 100 }).messages

  return {
    get user() { return user },
    get parts() { return parts },
    /** With an empty store, and these settings. */
    async openAnew(change: Partial<AccountDraftInput>): Promise<void> {
      await parts.close()
      parts = openParts({ ...draft(user), ...change })
    },
    async fetch(): Promise<Job> {
      const job = await parts.jobs.finished(parts.jobs.start(fetchMail(parts, 'office'), 'person'))
      expect(parts.bugs).toEqual([])
      expect(job.failure).toBeNull()
      return job
    },
    put: (folder: string, ...subjects: readonly string[]) =>
      otherProgram.inProgram(user, async (client) => {
        for (const subject of subjects) await client.append(folder, messageOf(subject))
      }),
    here,
    subjectsIn: (folder: string | null) => here(folder).map(({ subject }) => subject).toSorted(),
    idOf: (subject: string) => here().find((one) => one.subject === subject)?.id ?? 0,
    useOf: () => Object.fromEntries(parts.mail.folders('office').map(({ path, use }) => [path, use])),
  }
}

const messageOf = (subject: string) => Buffer.from(`Message-ID: <${subject}@shop.example>\r\nSubject: ${subject}\r\n\r\nText of ${subject}\r\n`)

type Client = Parameters<Parameters<ReturnType<typeof otherProgramAt>['inProgram']>[1]>[0]
export const uidOf = async (client: Client, subject: string) => String((await client.search({ subject }, { uid: true }) || [])[0])
