/** The fetch job against real Dovecot: what is stored is what lies on the server's disk. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import type { AccountDraftInput } from '../../shared/model/account.ts'
import type { Job } from '../../shared/model/job.ts'
import { lab } from '../servers/lab.ts'
import { labDraft, openParts, serverFiles, type RunningParts } from './running-parts.ts'

const open: RunningParts[] = []
afterEach(async () => {
  for (const parts of open.splice(0)) await parts.close()
})

function start(draft: AccountDraftInput, password?: () => string): RunningParts {
  const parts = openParts(draft, password)
  open.push(parts)
  return parts
}

function fill(user: string, count: number, size = '8K'): void {
  const home = join(lab.mail, user)
  mkdirSync(home)
  execFileSync('chown', ['--reference', lab.mail, home])
  execFileSync(join(import.meta.dirname, '../servers/gen-mail'), [String(count), size, '1', join(home, 'Maildir')])
}

async function fetch(parts: RunningParts): Promise<Job> {
  const job = await parts.jobs.finished(parts.jobs.start(fetchMail(parts, 'office'), 'person'))
  expect(parts.bugs).toEqual([])
  return job
}

describe.each(['pop3', 'imap'] as const)('fetching over %s', (protocol) => {
  test('1,000 mixed messages are stored byte for byte, and a second run fetches none of them', async () => {
    const user = lab.freshUser('fetch')
    fill(user, 1000)
    const parts = start(labDraft(protocol, user))
    expect(await fetch(parts)).toMatchObject({ state: 'done', progress: { done: 1000, total: 1000 }, detail: { fetched: 1000, known: 0, removed: 0, skipped: [] } })
    const [here, there] = [parts.storedFiles(), serverFiles(user)]
    expect(here.length).toBe(1000)
    expect(here.every((bytes, index) => bytes.equals(there[index] ?? Buffer.alloc(0)))).toBe(true)
    expect(await fetch(parts)).toMatchObject({ state: 'done', detail: { fetched: 0, known: 1000 } })
  })

  test('the copies go from the server once they are here, when the account says so and somebody agreed', async () => {
    const user = lab.freshUser('remove')
    fill(user, 20)
    const before = serverFiles(user)
    const parts = start({ ...labDraft(protocol, user), delivery: { leaveCopy: false } })
    expect(await fetch(parts)).toMatchObject({ state: 'done', detail: { fetched: 20, removed: 0 } })
    expect(serverFiles(user)).toEqual(before)
    expect(parts.mail.previewRemovals('office', parts.account.delivery)).toMatchObject({ due: 20, total: 20 })
    parts.mail.agreeToRemovals('office', parts.account.delivery)
    expect(await fetch(parts)).toMatchObject({ state: 'done', detail: { fetched: 0, removed: 20 } })
    expect(serverFiles(user)).toEqual([])
    expect(parts.storedFiles()).toEqual(before)
    expect(parts.mail.dueForRemoval('office', 'INBOX', parts.account.delivery)).toEqual([])
  })

  test('exactly what was previewed goes from the server, and a deletion taken back is as if it had not been', async () => {
    const user = lab.freshUser('preview')
    fill(user, 12)
    const parts = start({ ...labDraft(protocol, user), delivery: { removeWhenDeleted: true } })
    await fetch(parts)
    const here = () => parts.mail.list({ accountId: 'office', search: '', offset: 0, limit: 50 }).messages
    const [first, second, third, spared] = here().map(({ id }) => id)
    const doomed = [first, second, third, spared].filter((id) => id !== undefined)
    const bytesOf = async (id: number) => {
      const read = await parts.mail.source(id, 0, 1 << 20)
      return Buffer.from(read.ok ? read.value.bytes : [])
    }
    const bytes = await Promise.all(doomed.map(bytesOf))
    await parts.mail.delete(doomed)
    expect(await fetch(parts)).toMatchObject({ state: 'done', detail: { fetched: 0, removed: 0 } })
    expect(serverFiles(user)).toHaveLength(12)

    expect(parts.mail.undoDelete(doomed.slice(3))).toEqual({ undone: doomed.slice(3), again: [] })
    const { due, rows } = parts.mail.previewRemovals('office', parts.account.delivery)
    expect({ due, ids: new Set(rows.map(({ id }) => id)) }).toEqual({ due: 3, ids: new Set(doomed.slice(0, 3)) })
    parts.mail.agreeToRemovals('office', parts.account.delivery)
    expect(await fetch(parts)).toMatchObject({ state: 'done', detail: { fetched: 0, removed: 3 } })
    const left = serverFiles(user)
    expect(left).toHaveLength(9)
    expect(bytes.map((one) => left.some((file) => file.equals(one)))).toEqual([false, false, false, true])
    expect(parts.storedFiles()).toEqual(left)
    expect(parts.mail.removals('office', 50)).toMatchObject({ total: 3 })
  })

  test('a cancelled run keeps what came, and the next one brings the rest', async () => {
    const user = lab.freshUser('cancel')
    fill(user, 400, '40K')
    const parts = start(labDraft(protocol, user))
    const id = parts.jobs.start(fetchMail(parts, 'office'), 'person')
    await new Promise<void>((resolve) => parts.jobs.onChange(({ detail }) => detail.kind === 'fetch-mail' && detail.bytes > 0 && resolve()))
    expect(await parts.jobs.cancel(id)).toMatchObject({ value: { state: 'cancelled' } })
    expect(await fetch(parts)).toMatchObject({ state: 'done' })
    const [here, there] = [parts.storedFiles(), serverFiles(user)]
    expect(here.length).toBe(400)
    expect(here.every((bytes, index) => bytes.equals(there[index] ?? Buffer.alloc(0)))).toBe(true)
  })

  test('a wrong password is said so and pauses the account; the right one ends the pause', async () => {
    const user = lab.freshUser('wrong')
    let password = 'not this one'
    const parts = start(labDraft(protocol, user), () => password)
    expect(await fetch(parts)).toMatchObject({ state: 'failed', failure: { code: 'signin.rejected' } })
    expect(parts.pauses.of('office', 'incoming')).toMatchObject({ code: 'signin.rejected' })
    password = lab.password
    expect(await fetch(parts)).toMatchObject({ state: 'done' })
    expect(parts.pauses.of('office')).toBeNull()
  })
})
