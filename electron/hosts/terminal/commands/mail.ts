/** `mailroom mail …`: what was fetched. */
import { open } from 'node:fs/promises'
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import type { MailboxAddress } from '../../../../shared/model/message.ts'
import { exitCodes } from '../exit-codes.ts'
import { failureAmong, followJobs } from '../follow-jobs.ts'
import { table } from '../format.ts'
import { type Command, ok, type Session } from '../session.ts'

export const nameOf = ({ name, address }: MailboxAddress) => (name === '' ? address : `${name} <${address}>`)

export const listMail = (options: { readonly account?: string; readonly folder?: string; readonly search?: string; readonly limit: number }): Command => async (session) => {
  const { caller, output, words, format } = session
  let accountId: string | null = null
  if (options.account !== undefined) {
    const found = await caller.call('accounts.find', { key: options.account })
    if (!found.ok) return found
    accountId = found.value.account.id
  }
  const findable = (options.search ?? '') === '' ? ok : await takeInWhatWaits(session)
  const listed = await caller.call('mail.list', { accountId, folder: options.folder ?? null, search: options.search ?? '', limit: options.limit })
  if (!listed.ok) return listed
  output.document(listed.value)
  const rows = listed.value.messages.map(({ id, date, storedAt, from, subject, size }) => [
    String(id), format.date(date ?? storedAt), from === null ? '' : nameOf(from), subject, format.size(size),
  ])
  output.line(rows.length === 0 ? words.none.mail : table(words.mailHeadings, rows))
  return findable
}

/** What a command fetched is not in the search index yet. What is printed is one list: `--json` tells nothing of the work before it. */
async function takeInWhatWaits(session: Session): Promise<Outcome<number>> {
  const { caller, output, words, format } = session
  const quietly = { ...session, output: { ...output, event: () => undefined } }
  const followed = await followJobs(quietly, async () => {
    const started = await caller.call('store.index', {})
    return started.ok ? done(started.value.jobId === null ? [] : [started.value.jobId]) : started
  }, ({ kind, progress }) => output.progress(() => words.progress(words.jobs[kind], format.number(progress.done), progress.total === null ? null : format.number(progress.total))))
  if (!followed.ok) return followed
  const outcome = failureAmong(followed.value)
  return outcome.ok ? ok : outcome
}

export const showMail = (id: number, options: { readonly source?: boolean }): Command => async (session) => {
  const { caller, output, words, format } = session
  if (options.source === true) return copySource(session, id, (piece) => Promise.resolve(output.bytes(piece)))
  const read = await caller.call('mail.read', { id })
  if (!read.ok) return read
  const mail = read.value
  output.document(mail)
  const header = (word: string, value: string) => {
    if (value !== '') output.line(`${word}: ${value}`)
  }
  header(words.readBy.from, mail.from === null ? '' : nameOf(mail.from))
  header(words.readBy.to, mail.to.map(nameOf).join(', '))
  header(words.readBy.cc, mail.cc.map(nameOf).join(', '))
  header(words.readBy.date, format.date(mail.date))
  header(words.readBy.subject, mail.subject)
  header(words.readBy.attachments, mail.attachments.filter(({ inline }) => !inline).map(({ name, size }) => `${name} (${format.size(size)})`).join(', '))
  output.line('')
  output.line(mail.text ?? '')
  return ok
}

/** Byte for byte; a file that exists stays as it is unless that is asked for. */
export const exportMail = (id: number, path: string | undefined, options: { readonly force?: boolean }): Command => async (session) => {
  const { output, words } = session
  if (path === '-') return copySource(session, id, (piece) => Promise.resolve(output.bytes(piece)))
  const target = path ?? `${id}.eml`
  const first = await session.caller.call('mail.source', { id, offset: 0 })
  if (!first.ok) return first
  let file
  try {
    file = await open(target, options.force === true ? 'w' : 'wx', 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') return failed('storage.failed', { name: target, detail: code ?? '' })
    output.usage(words.usage.exists(target))
    return done(exitCodes.usage)
  }
  try {
    const copied = await copySource(session, id, async (piece) => {
      await file.writeFile(piece)
    })
    if (!copied.ok) return copied
  } catch (error) {
    return failed('storage.failed', { name: target, detail: (error as NodeJS.ErrnoException).code ?? '' })
  } finally {
    await file.close()
  }
  output.document({ id, file: target })
  output.line(words.exported(target))
  return ok
}

async function copySource({ caller }: Session, id: number, write: (piece: Uint8Array) => Promise<void>): Promise<Outcome<number>> {
  for (let offset = 0, size = 1; offset < size; ) {
    const piece = await caller.call('mail.source', { id, offset })
    if (!piece.ok) return piece
    const bytes = Buffer.from(piece.value.base64, 'base64')
    if (bytes.byteLength === 0) break
    size = piece.value.size
    offset += bytes.byteLength
    await write(bytes)
  }
  return ok
}
