/** A queue of mails on disk, and what must hold of it whenever sending was cut off: nobody gets a mail twice, and no mail says what is not so. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createOutbox } from '../../electron/outbox/create-outbox.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { composedMailSchema, type OutgoingState } from '../../shared/model/outgoing-mail.ts'
import { draftOf } from '../fakes/one-account.ts'
import type { RecordingSink } from '../fakes/recording-sink.ts'

export async function withQueue(mails: number, work: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-crash-send-'))
  try {
    await inOutbox(root, async (outbox) => {
      const account = { id: 'office', ...draftOf() }
      const wanted = Array.from({ length: mails }, (_, index) => ({
        account, attachments: [], mail: composedMailSchema.parse({ accountId: 'office', to: [{ address: `customer-${index}@shop.example` }], subject: `Invoice ${index}`, text: 'Hello\n'.repeat(50) }),
      }))
      expect(await outbox.queueMany(wanted, { signal: new AbortController().signal })).toMatchObject({ ok: true })
    })
    await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function inOutbox<T>(root: string, work: (outbox: ReturnType<typeof createOutbox>) => Promise<T>): Promise<T> {
  const folder = dataFolderAt(root)
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    return await work(createOutbox({ database: opened.value, folder }))
  } finally {
    opened.value.close()
  }
}

/** As the next start finds it. Answers with how many mails are in each state. */
export async function checkQueue(root: string, sink: RecordingSink, when: string): Promise<Partial<Record<OutgoingState, number>>> {
  return inOutbox(root, async (outbox) => {
    outbox.recoverAll()
    const counts: Partial<Record<OutgoingState, number>> = {}
    const wrong: string[] = []
    for (let offset = 0; ; offset += 500) {
      const { mails } = outbox.list({ states: null, accountId: null, offset, limit: 500 })
      for (const { state, messageId } of mails) {
        counts[state] = (counts[state] ?? 0) + 1
        const times = sink.taken.get(messageId) ?? 0
        const allowed = state === 'sent' ? [1] : state === 'unknown' ? [0, 1] : state === 'ready' || state === 'error' ? [0] : []
        if (!allowed.includes(times)) wrong.push(`${messageId} is ${state} and arrived ${times} times`)
      }
      if (mails.length < 500) break
    }
    expect(wrong, when).toEqual([])
    return counts
  })
}
