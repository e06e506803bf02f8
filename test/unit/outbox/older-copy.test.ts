/** What a backup brings back: never sent twice, whichever part of the data folder it was, and however it was put back. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Outbox } from '../../../electron/outbox/outbox.ts'
import { type DataFolder, dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import { failure } from '../../../shared/failures/failure.ts'
import { composedMailSchema, type OutgoingState } from '../../../shared/model/outgoing-mail.ts'
import { mailsInHand } from '../../fakes/mails-in-hand.ts'
import { draftOf } from '../../fakes/one-account.ts'

let place = ''
let folder: DataFolder
let backup = ''
const account = { id: 'office', ...draftOf() }
const now = () => new Date('2026-11-23T09:00:00Z')

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'mailroom-older-'))
  folder = dataFolderAt(join(place, 'data'))
  backup = join(place, 'backup')
  execFileSync('mkdir', [folder.root])
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

/** From one start of the program to its end. */
async function inProgram<T>(work: (outbox: Outbox) => T | Promise<T>, at: DataFolder = folder): Promise<T> {
  const opened = openDatabase(at)
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    const outbox = createOutbox({ database: opened.value, folder: at, now })
    outbox.recoverAll()
    return await work(outbox)
  } finally {
    opened.value.close()
  }
}
async function queue(outbox: Outbox, more: { readonly hold?: boolean; readonly notBefore?: string } = {}): Promise<string> {
  const queued = await outbox.queue(account, composedMailSchema.parse({ accountId: 'office', to: [{ address: 'anna@buyer.example' }], subject: 'Invoice', ...more }), [])
  if (!queued.ok) throw new Error(queued.failure.code)
  return queued.value.id
}
const stateOf = (outbox: Outbox, id: string): OutgoingState => {
  const found = outbox.get(id)
  if (!found.ok) throw new Error(found.failure.code)
  return found.value.state
}
const send = (outbox: Outbox) => mailsInHand(outbox).send(now())

describe('the list alone is put back from a backup:', () => {
  test('a mail that was ready then and has been sent since is not sent again, whatever was sent before it', async () => {
    const [sentSince, untouched] = await inProgram(async (outbox) => [await queue(outbox), await queue(outbox)])
    cpSync(folder.database, backup)
    await inProgram(send)
    // The database's program has ended: what it knows of the folder is put back with it, and only the journal is newer.
    const mark = readdirSync(folder.outbox).find((name) => name.startsWith('original-'))!
    cpSync(backup, folder.database)
    await inProgram((outbox) => {
      expect([stateOf(outbox, sentSince), outbox.get(sentSince)]).toMatchObject(['unknown', { value: { failure: { code: 'outbox.older-copy' } } }])
      // That the list is older than the folder puts all of it in doubt.
      expect(stateOf(outbox, untouched)).toBe('unknown')
    })
    expect(readdirSync(folder.outbox)).not.toContain(mark)
  })

  test('the journal alone tells it, how often it was tried before, and is believed once', async () => {
    const id = await inProgram(async (outbox) => {
      const queued = await queue(outbox)
      const run = mailsInHand(outbox)
      const first = run.take(now())!
      await run.submitting(first)
      await run.refused(first, failure('send.temporary', { replyCode: 450 }), now())
      return queued
    })
    cpSync(folder.database, backup)
    const opened = openDatabase(folder)
    if (!opened.ok) throw new Error(opened.failure.code)
    await send(createOutbox({ database: opened.value, folder, now }))
    opened.value.close()
    // As the loss of a write-ahead log leaves it: the mark of the folder is the same.
    cpSync(backup, folder.database)
    await inProgram((outbox) => {
      expect(stateOf(outbox, id)).toBe('unknown')
      expect(outbox.resolve([id], 'was-not-sent')).toEqual([id])
    })
    await inProgram((outbox) => expect(stateOf(outbox, id)).toBe('ready'))
  })
})

describe('the whole folder is put back from a backup, or copied to another place:', () => {
  const ways: Readonly<Record<string, () => void>> = {
    'over what is there': () => cpSync(backup, folder.root, { recursive: true, preserveTimestamps: true }),
    'over what is there, and what is newer removed': () => {
      rmSync(folder.root, { recursive: true })
      cpSync(backup, folder.root, { recursive: true, preserveTimestamps: true })
    },
    'as an archive': () => {
      execFileSync('tar', ['-C', backup, '-cf', join(place, 'archive.tar'), '.'])
      execFileSync('tar', ['-C', folder.root, '-xpf', join(place, 'archive.tar')])
    },
  }
  test.each(Object.keys(ways))('%s: what was ready then is not sent by itself, what was to wait goes on waiting', async (way) => {
    const mails = await inProgram(async (outbox) => [await queue(outbox), await queue(outbox, { notBefore: '2026-11-24T09:00:00Z' }), await queue(outbox, { hold: true })])
    cpSync(folder.root, backup, { recursive: true, preserveTimestamps: true })
    await inProgram(send)
    ways[way]?.()
    await inProgram((outbox) => {
      expect(mails.map((id) => stateOf(outbox, id))).toEqual(['unknown', 'held', 'held'])
      for (const id of mails) expect(outbox.get(id)).toMatchObject({ value: { failure: { code: 'outbox.older-copy' } } })
      expect(mailsInHand(outbox).take(now())).toBeNull()
      expect(outbox.resolve([mails[0]!], 'was-not-sent')).toEqual([mails[0]])
    })
    // From now on it is the original.
    await inProgram((outbox) => expect(mails.map((id) => stateOf(outbox, id))).toEqual(['ready', 'held', 'held']))
  })

  test('from a backup made while the program ran, and went on running for hours', async () => {
    let clock = now()
    const opened = openDatabase(folder)
    if (!opened.ok) throw new Error(opened.failure.code)
    const outbox = createOutbox({ database: opened.value, folder, now: () => clock })
    outbox.recoverAll()
    const id = await queue(outbox)
    opened.value.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    cpSync(folder.root, backup, { recursive: true, preserveTimestamps: true })
    clock = new Date(clock.getTime() + 2 * 60 * 60_000)
    outbox.recover('office')
    await send(outbox)
    opened.value.close()
    cpSync(backup, folder.root, { recursive: true, preserveTimestamps: true })
    await inProgram((again) => expect(stateOf(again, id)).toBe('unknown'))
  })
})

test('a folder that is only renamed, touched, or opened again, is the original', async () => {
  const id = await inProgram((outbox) => queue(outbox))
  const moved = dataFolderAt(join(place, 'moved'))
  execFileSync('mv', [folder.root, moved.root])
  for (const name of readdirSync(moved.outbox)) utimesSync(join(moved.outbox, name), 0, 0)
  for (const _start of [1, 2]) await inProgram((outbox) => expect(stateOf(outbox, id)).toBe('ready'), moved)
})

test('a crash between two marks of the folder leaves an original', async () => {
  const id = await inProgram((outbox) => queue(outbox))
  cpSync(join(folder.outbox, readdirSync(folder.outbox).find((name) => name.startsWith('original-'))!), join(folder.outbox, `original-${'0'.repeat(24)}`))
  await inProgram((outbox) => expect(stateOf(outbox, id)).toBe('ready'))
  expect(readdirSync(folder.outbox).filter((name) => name.startsWith('original-'))).toHaveLength(1)
})

describe('a folder that was moved to another disk', () => {
  const states = (outbox: Outbox, ids: readonly string[]) => ids.map((id) => stateOf(outbox, id))
  /** Every kind of waiting mail, and one that was sent. */
  const someMails = () => inProgram(async (outbox) => {
    const sent = await queue(outbox)
    await send(outbox)
    return [await queue(outbox), await queue(outbox, { notBefore: '2026-11-24T09:00:00Z' }), await queue(outbox, { hold: true }), sent]
  })
  const before = ['ready', 'scheduled', 'held', 'sent']
  const copyTo = (name: string, from = folder) => {
    const other = dataFolderAt(join(place, name))
    cpSync(from.root, other.root, { recursive: true, preserveTimestamps: true })
    return other
  }

  test('goes on as it was once a person says that it was moved; and says where it was', async () => {
    const mails = await someMails()
    const moved = copyTo('moved')
    rmSync(folder.root, { recursive: true })
    await inProgram((outbox) => {
      expect(states(outbox, mails)).toEqual(['unknown', 'held', 'held', 'sent'])
      expect(outbox.copiedFolder()).toMatchObject({ path: folder.root, mails: 3, stillThere: false })
      expect(outbox.wasMoved()).toMatchObject({ ok: true, value: { length: 3 } })
      expect([states(outbox, mails), outbox.get(mails[2]!)]).toMatchObject([before, { value: { failure: null } }])
      expect([outbox.copiedFolder(), outbox.wasMoved()]).toEqual([null, { ok: true, value: [] }])
    }, moved)
    await inProgram((outbox) => expect(states(outbox, mails)).toEqual(before), moved)
  })

  test('is not believed to be moved while the other one is still there', async () => {
    const mails = await someMails()
    const copy = copyTo('copy')
    await inProgram((outbox) => {
      expect(outbox.copiedFolder()).toMatchObject({ stillThere: true })
      expect(outbox.wasMoved()).toMatchObject({ ok: false, failure: { code: 'data-folder.still-there' } })
      expect(states(outbox, mails)).toEqual(['unknown', 'held', 'held', 'sent'])
    }, copy)
  })

  test('leaves alone what was found out about a mail meanwhile, and what the journal knows', async () => {
    const mails = await someMails()
    const moved = copyTo('moved')
    rmSync(folder.root, { recursive: true })
    await inProgram((outbox) => {
      outbox.resolve([mails[0]!], 'was-sent')
      outbox.cancel([mails[1]!])
      expect(outbox.wasMoved()).toMatchObject({ ok: true, value: [mails[2]] })
      expect(states(outbox, mails)).toEqual(['sent', 'cancelled', 'held', 'sent'])
    }, moved)
  })

  test('is believed for that one time: what another copying put in doubt before stays in doubt', async () => {
    const mails = await someMails()
    const copy = copyTo('copy')
    await inProgram((outbox) => expect(stateOf(outbox, mails[0]!)).toBe('unknown'), copy)
    const later = await inProgram((outbox) => queue(outbox), copy)
    const moved = copyTo('moved', copy)
    rmSync(copy.root, { recursive: true })
    await inProgram((outbox) => {
      expect(outbox.wasMoved()).toMatchObject({ ok: true, value: { length: 3 } })
      expect(states(outbox, [mails[0]!, later])).toEqual(['unknown', 'ready'])
    }, moved)
  })

  test('keeps what its mails were, also when the program ends in the midst of its first start there', async () => {
    const mails = await someMails()
    const moved = copyTo('moved')
    rmSync(folder.root, { recursive: true })
    const noted = originalNoted(moved)
    await inProgram(() => undefined, moved)
    noted.putBack()
    await inProgram((outbox) => {
      expect(outbox.wasMoved().ok).toBe(true)
      expect(states(outbox, mails)).toEqual(before)
    }, moved)
  })

  /** The mark as it stood before the first start there. */
  function originalNoted(at: DataFolder) {
    const read = () => {
      const opened = openDatabase(at)
      if (!opened.ok) throw new Error(opened.failure.code)
      return opened.value
    }
    const database = read()
    const row = database.prepare('SELECT * FROM original_folder').get()!
    database.close()
    return {
      putBack() {
        const again = read()
        again.prepare('UPDATE original_folder SET name = ?, birth = ?, number = ?, path = ?, host = ?').run(row['name']!, row['birth']!, row['number']!, row['path']!, row['host']!)
        again.close()
      },
    }
  }
})
