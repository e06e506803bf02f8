/** `mailroom mail delete|restore|mark|attachments`: what a person does with fetched messages, as in the window. */
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import { actionWords } from '../../../../shared/words/terminal-actions.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Command, ok, type Session } from '../session.ts'

export const deleteMail = (ids: readonly number[], options: { readonly folder?: string }): Command => async (session) => {
  const { caller, output, language, format } = session
  const there = await allThere(session, ids)
  if (!there.ok) return there
  const deleted = await caller.call('mail.delete', { ids: [...ids], folder: options.folder ?? null })
  if (!deleted.ok) return deleted
  output.document({ deleted: ids })
  output.line(actionWords[language].deleted(format.number(ids.length)))
  return ok
}

export const restoreMail = (ids: readonly number[]): Command => async ({ caller, output, language, format }) => {
  const restored = await caller.call('mail.undoDelete', { ids: [...ids] })
  if (!restored.ok) return restored
  const { undone, again } = restored.value
  output.document(restored.value)
  const words = actionWords[language]
  output.line(words.restored(format.number(undone.length - again.length)))
  if (again.length > 0) output.line(words.again(format.number(again.length)))
  return undone.length === ids.length ? ok : failed('mail.unknown')
}

export interface MarkOptions {
  readonly read?: boolean
  readonly unread?: boolean
  readonly flag?: boolean
  readonly unflag?: boolean
}

export const markMail = (ids: readonly number[], { read, unread, flag, unflag }: MarkOptions): Command => async (session) => {
  const { caller, output, language, format } = session
  const words = actionWords[language]
  const [seen, flagged] = [either(read, unread), either(flag, unflag)]
  if (seen === 'both' || flagged === 'both' || (seen === null && flagged === null)) {
    output.usage(words.markWhat)
    return done(exitCodes.usage)
  }
  const there = await allThere(session, ids)
  if (!there.ok) return there
  const marked = seen === null ? done({}) : await caller.call('mail.markSeen', { ids: [...ids], seen })
  if (!marked.ok) return marked
  const raised = flagged === null ? done({}) : await caller.call('mail.markFlagged', { ids: [...ids], flagged })
  if (!raised.ok) return raised
  output.document({ marked: ids })
  output.line(words.marked(format.number(ids.length)))
  return ok
}

function either(on: boolean | undefined, off: boolean | undefined): boolean | null | 'both' {
  if (on === true && off === true) return 'both'
  return on === true ? true : off === true ? false : null
}

/** A message that is not here is named before anything is done to the others. */
async function allThere({ caller }: Session, ids: readonly number[]): Promise<Outcome<void>> {
  for (const id of ids) {
    const found = await caller.call('mail.source', { id, offset: 0 })
    if (!found.ok) return found
  }
  return done(undefined)
}

export const saveAttachments = (id: number, options: { readonly to?: string; readonly force?: boolean }): Command => async (session) => {
  const { caller, output, language, words: said } = session
  const words = actionWords[language]
  const read = await caller.call('mail.read', { id })
  if (!read.ok) return read
  const wanted = read.value.attachments.map((attachment, index) => ({ ...attachment, index })).filter(({ inline }) => !inline)
  if (wanted.length === 0) output.line(words.noAttachments)
  const saved: string[] = []
  let refused = false
  for (const { name, index } of wanted) {
    const path = join(options.to ?? '.', fileNameOf(name, index))
    const written = await saveOne(session, id, index, path, options.force === true)
    if (!written.ok) return written
    if (written.value) {
      saved.push(path)
      output.line(said.exported(path))
    } else {
      refused = true
      output.note(words.notSaved(path))
    }
  }
  output.document({ id, files: saved })
  return refused ? done(exitCodes.usage) : ok
}

/** What a sender calls a file never leads out of the folder, nor hides, nor ends a line. */
function fileNameOf(name: string, index: number): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  const safe = basename(name.replaceAll('\\', '/')).replaceAll(/[\u0000-\u001f\u007f"*:<>?|]/g, '_').replace(/^\.+/, '').trim().slice(0, 150)
  return safe === '' ? `attachment-${String(index + 1)}` : safe
}

/** false = there is such a file already. */
async function saveOne({ caller }: Session, id: number, index: number, path: string, force: boolean): Promise<Outcome<boolean>> {
  let file
  try {
    file = await open(path, force ? 'w' : 'wx', 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'EEXIST' ? done(false) : failed('storage.failed', { name: path, detail: code ?? '' })
  }
  try {
    for (let offset = 0, size = 1; offset < size; ) {
      const piece = await caller.call('mail.attachment', { id, index, offset })
      if (!piece.ok) return piece
      const bytes = Buffer.from(piece.value.base64, 'base64')
      if (bytes.byteLength === 0) break
      size = piece.value.size
      offset += bytes.byteLength
      await file.writeFile(bytes)
    }
    return done(true)
  } catch (error) {
    return failed('storage.failed', { name: path, detail: (error as NodeJS.ErrnoException).code ?? '' })
  } finally {
    await file.close()
  }
}
