/**
 * Drafts over the outbox's tables and the data folder's `drafts/`. Files are there, synced, before the row that names them; a crash
 * in between leaves files that `sweep` removes. Saves of one draft run one after the other, so the last one wins.
 */
import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, open as openFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { Account } from '../../shared/model/account.ts'
import { type DraftMail, draftMailSchema } from '../../shared/model/draft-mail.ts'
import { type OutgoingId, recipientKindSchema } from '../../shared/model/outgoing-mail.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { type Database, transaction } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { syncFolder } from '../storage/write-durably.ts'
import { type AttachedFile, attachmentName } from './compose-mail.ts'
import type { Drafts } from './drafts.ts'

export interface DraftsOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly now?: () => Date
  readonly newId?: () => string
}

interface KeptFile {
  readonly file: string
  readonly name: string
}

export function createDrafts({ database, folder, now = () => new Date(), newId = randomUUID }: DraftsOptions): Drafts {
  const listeners = new Set<(ids: readonly OutgoingId[]) => void>()
  const stateOf = database.prepare('SELECT state FROM outgoing WHERE id = ?')
  const insertMail = database.prepare(
    `INSERT INTO outgoing (id, account_id, state, file, size, message_id, mail_from, from_name, from_address, subject, attachment_names, created_at, changed_at, text)
     VALUES (?1, '', 'draft', 'draft:' || ?1, 0, '', '', '', '', '', '[]', ?2, ?2, '')`,
  )
  const updateMail = database.prepare(
    `UPDATE outgoing SET account_id = ?, mail_from = ?, from_name = ?, from_address = ?, subject = ?, attachment_names = ?, changed_at = ?, text = ?, private = ? WHERE id = ?`,
  )
  const insertEvent = database.prepare("INSERT INTO outgoing_event (outgoing_id, at, state) VALUES (?, ?, 'draft')")
  const dropRecipients = database.prepare('DELETE FROM outgoing_recipient WHERE outgoing_id = ?')
  const insertRecipient = database.prepare("INSERT INTO outgoing_recipient (outgoing_id, position, kind, name, address, state) VALUES (?, ?, ?, ?, ?, 'waiting')")
  const putContent = database.prepare('INSERT INTO draft (outgoing_id, content) VALUES (?, ?) ON CONFLICT DO UPDATE SET content = excluded.content')
  const selectContent = database.prepare('SELECT content FROM draft WHERE outgoing_id = ?')
  const dropFiles = database.prepare('DELETE FROM draft_file WHERE outgoing_id = ?')
  const insertFile = database.prepare('INSERT INTO draft_file (outgoing_id, position, file, name) VALUES (?, ?, ?, ?)')
  const selectFiles = database.prepare('SELECT file, name FROM draft_file WHERE outgoing_id = ? ORDER BY position')
  const dropMail = database.prepare("DELETE FROM outgoing WHERE id = ? AND state = 'draft'")
  const selectDrafts = database.prepare("SELECT id FROM outgoing WHERE state = 'draft'")

  const placeOf = (id: OutgoingId) => join(folder.drafts, id)
  const keptFiles = (id: OutgoingId): readonly KeptFile[] => selectFiles.all(id).map((row) => ({ file: String(row['file']), name: String(row['name']) }))
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }

  function changed(id: OutgoingId): void {
    listeners.forEach((listener) => listener([id]))
  }

  /** `outbox.wrong-state` when it was queued or cancelled meanwhile. */
  function isDraft(id: OutgoingId): Outcome<void> {
    const state = stateOf.get(id)?.['state']
    if (state === undefined) return failed('outbox.unknown')
    return state === 'draft' ? done(undefined) : failed('outbox.wrong-state', { name: String(state) })
  }

  async function keepFiles(id: OutgoingId, files: readonly AttachedFile[]): Promise<Outcome<readonly KeptFile[]>> {
    const place = placeOf(id)
    try {
      if (files.length > 0) await mkdir(place, { recursive: true, mode: 0o700 })
      const kept: KeptFile[] = []
      for (const { name, path } of files) {
        const here = keptFiles(id).find(({ file }) => join(place, file) === path)
        kept.push({ file: here?.file ?? (await copyIn(path, place)), name })
      }
      for (const made of files.length > 0 ? [place, folder.drafts, folder.root] : []) await syncFolder(made)
      return done(kept)
    } catch (error) {
      return refused(storageFailure(error, 'drafts'))
    }
  }

  async function copyIn(path: string, place: string): Promise<string> {
    const file = randomUUID()
    await copyFile(path, join(place, file))
    const copy = await openFile(join(place, file), 'r+')
    try {
      await copy.sync()
    } finally {
      await copy.close()
    }
    return file
  }

  function write(id: OutgoingId, isNew: boolean, { user, privacy, id: accountId }: Account, draft: DraftMail, files: readonly KeptFile[]): void {
    const at = now().getTime()
    transaction(database, () => {
      if (isNew) {
        insertMail.run(id, at)
        insertEvent.run(id, at)
      }
      updateMail.run(accountId, user.address, user.displayName, user.address, draft.subject, JSON.stringify(files.map(({ name }) => attachmentName(name))), at, draft.text, Number(draft.private ?? privacy.outgoing), id)
      dropRecipients.run(id)
      const people = recipientKindSchema.options.flatMap((kind) => draft[kind].finished.map((person) => ({ kind, ...person })))
      for (const [position, { kind, name, address }] of people.entries()) insertRecipient.run(id, position, kind, name, address)
      putContent.run(id, JSON.stringify(draft))
      dropFiles.run(id)
      for (const [position, { file, name }] of files.entries()) insertFile.run(id, position, file, name)
    })
  }

  async function removeFilesBut(id: OutgoingId, kept: readonly KeptFile[]): Promise<void> {
    const there = await readdir(placeOf(id)).catch(() => [])
    const names = new Set(kept.map(({ file }) => file))
    for (const name of there) if (!names.has(name)) await rm(join(placeOf(id), name), { force: true })
  }

  const tidy = (id: OutgoingId) => rm(placeOf(id), { recursive: true, force: true })

  return {
    save: (id, account, draft, files) =>
      inTurn(async () => {
        const known = id === null ? done(undefined) : isDraft(id)
        if (!known.ok) return known
        const mail = id ?? newId()
        const kept = await keepFiles(mail, files)
        if (!kept.ok) return kept
        // While files were copied it may have been cancelled on another screen.
        const still = id === null ? done(undefined) : isDraft(id)
        if (!still.ok) return still
        write(mail, id === null, account, draft, kept.value)
        await removeFilesBut(mail, kept.value)
        changed(mail)
        return done(mail)
      }),
    open(id) {
      const known = isDraft(id)
      if (!known.ok) return known
      const draft = draftMailSchema.parse(JSON.parse(String(selectContent.get(id)?.['content'])))
      return done({ draft, files: keptFiles(id).map(({ file, name }) => ({ name, path: join(placeOf(id), file) })) })
    },
    discard: (id) =>
      inTurn(async () => {
        if (Number(dropMail.run(id).changes) === 0) return
        await tidy(id)
        changed(id)
      }),
    tidy,
    async sweep() {
      const known = new Set(selectDrafts.all().map((row) => String(row['id'])))
      const there = await readdir(folder.drafts).catch(() => [])
      for (const id of there) {
        if (known.has(id)) await removeFilesBut(id, keptFiles(id))
        else await tidy(id)
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
