/**
 * This data folder was found to be a copy, and what waited in it was doubted: only a person knows whether it was moved here, or whether the other one
 * is still in use, or was until the backup was put back. What each mail was before is kept, so that "I moved it" puts back exactly that: of this
 * copying only, and of those mails of which nothing else has been found out since. Never while the folder it was copied from is still there.
 */
import fs from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import { type CopiedFolderView, type OutgoingId, outgoingStateSchema } from '../../shared/model/outgoing-mail.ts'
import { type Database, transaction } from '../storage/database.ts'
import type { CopiedFrom } from './original-folder.ts'
import type { OutgoingRows } from './outgoing-rows.ts'

const wasSchema = outgoingStateSchema.extract(['ready', 'scheduled', 'held'])
type Was = z.infer<typeof wasSchema>
const columns = z.object({ original: z.string(), path: z.string(), host: z.string(), at: z.number() })
const doubtedColumns = z.object({ outgoing_id: z.string(), was: wasSchema })

export interface CopiedFolder {
  /** Within the transaction that doubts its mails. The same copying, noted again after a crash, keeps what is known of it. */
  note(from: CopiedFrom, at: number): void
  noteDoubted(id: OutgoingId, was: Was): void
  /** null = it was not copied, or nothing is in doubt for that any more. */
  view(): CopiedFolderView | null
  /** A person's word. Answers with the mails that are again what they were; `data-folder.still-there` where the other folder is. */
  wasMoved(): Outcome<readonly OutgoingId[]>
}

interface CopiedFolderParts {
  readonly database: Database
  readonly rows: OutgoingRows
  /** Of the outbox. */
  readonly root: string
  readonly now: () => number
}

export function copiedFolder({ database, rows, root, now }: CopiedFolderParts): CopiedFolder {
  const select = database.prepare('SELECT original, path, host, at FROM copied_folder')
  const write = database.prepare('INSERT OR REPLACE INTO copied_folder (only_row, original, path, host, at) VALUES (1, ?, ?, ?, ?)')
  const insert = database.prepare('INSERT OR IGNORE INTO doubted_mail (outgoing_id, was) VALUES (?, ?)')
  const forget = database.prepare('DELETE FROM doubted_mail')
  const doubted = database.prepare('SELECT outgoing_id, was FROM doubted_mail')

  const copiedNow = () => {
    const found = select.get()
    return found === undefined ? null : columns.parse(found)
  }

  /** Still as the doubt has left it. */
  function inDoubt(): readonly { readonly id: OutgoingId; readonly was: Was }[] {
    return doubted.all().map((row) => doubtedColumns.parse(row)).flatMap(({ outgoing_id: id, was }) => {
      const mail = rows.get(id)
      return mail?.failure?.code === 'outbox.older-copy' && mail.state === doubtedState(was) ? [{ id, was }] : []
    })
  }

  /** Another folder, of this computer, that can be opened and would send. */
  function isStillThere({ path, host }: Pick<CopiedFrom, 'path' | 'host'>): boolean {
    if (path === '' || host !== hostname() || !fs.existsSync(join(dirname(path), 'mailroom.db'))) return false
    return fs.realpathSync(dirname(path)) !== fs.realpathSync(dirname(root))
  }

  return {
    note(from, at) {
      if (copiedNow()?.original === from.original) return
      forget.run()
      write.run(from.original, from.path, from.host, at)
    },
    noteDoubted: (id, was) => void insert.run(id, was),
    view() {
      const from = copiedNow()
      const mails = from === null ? 0 : inDoubt().length
      if (from === null || mails === 0) return null
      return { path: from.path === '' ? null : dirname(from.path), host: from.host === '' ? null : from.host, at: new Date(from.at).toISOString(), mails, stillThere: isStillThere(from) }
    },
    wasMoved() {
      const from = copiedNow()
      if (from === null) return done([])
      if (isStillThere(from)) return failed('data-folder.still-there', { name: dirname(from.path) })
      return done(transaction(database, () => {
        const back = inDoubt().filter(({ id, was }) => rows.move(id, { from: [doubtedState(was)], to: was }, now()))
        forget.run()
        return back.map(({ id }) => id)
      }))
    },
  }
}

const doubtedState = (was: Was) => (was === 'ready' ? 'unknown' : 'held')
