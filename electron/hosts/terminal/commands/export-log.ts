/** `mailroom outbox export`: the sending log as CSV, streamed into a file or to standard output. */
import { open, rm } from 'node:fs/promises'
import { done, failed, type Outcome } from '../../../../shared/failures/failure.ts'
import type { ShownState } from '../../../../shared/model/outgoing-mail.ts'
import type { Params, Result } from '../../../../shared/contract/methods.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Command, ok, type Session } from '../session.ts'

export interface ExportOptions {
  readonly out: string
  readonly since?: string
  readonly until?: string
  readonly account?: string
  readonly state?: ShownState
  readonly search?: string
  /** The id of a batch: what became of each of its mails. */
  readonly batch?: string
  readonly force?: boolean
}

/** A file that exists stays as it is unless that is asked for; one that was cut off does not stay. */
export const exportLog = (options: ExportOptions): Command => async (session) => {
  const { caller, output, words, language } = session
  const named = options.account === undefined ? done(null) : await caller.call('accounts.names', { keys: [options.account] })
  if (!named.ok) return named
  const accountId = named.value?.accounts[0]?.id ?? null
  const question = { language, accountId, states: options.state === undefined ? null : [options.state], search: options.search ?? '', batchId: options.batch ?? null, since: options.since ?? null, until: options.until ?? null }
  if (options.out === '-') {
    const copied = await copyLog(session, question, async (piece) => output.bytes(piece))
    return copied.ok ? ok : copied
  }
  let file
  try {
    file = await open(options.out, options.force === true ? 'w' : 'wx', 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') return failed('storage.failed', { name: options.out, detail: code ?? '' })
    output.usage(words.usage.exists(options.out))
    return done(exitCodes.usage)
  }
  let copied: Outcome<number>
  try {
    copied = await copyLog(session, question, async (piece) => file.writeFile(piece))
  } catch (error) {
    copied = failed('storage.failed', { name: options.out, detail: (error as NodeJS.ErrnoException).code ?? '' })
  } finally {
    await file.close()
  }
  if (!copied.ok) {
    await rm(options.out, { force: true })
    return copied
  }
  output.document({ file: options.out, lines: copied.value })
  output.line(words.exported(options.out))
  return ok
}

async function copyLog({ caller, interrupted }: Session, question: Params<'outbox.exportLog'>, write: (piece: Uint8Array) => Promise<void>): Promise<Outcome<number>> {
  let lines = 0
  for (let after: string | null = null; ; ) {
    if (interrupted.aborted) return failed('job.cancelled')
    const piece: Outcome<Result<'outbox.exportLog'>> = await caller.call('outbox.exportLog', { ...question, after })
    if (!piece.ok) return piece
    await write(Buffer.from(piece.value.csv))
    lines += piece.value.lines
    if (piece.value.next === null) return done(lines)
    after = piece.value.next
  }
}
