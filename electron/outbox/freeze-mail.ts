/**
 * The frozen message of a queued mail: written once, synced with its folder, and from then on never changed, so that every
 * attempt sends the same bytes under the same Message-ID.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { done, failed, refused, type Outcome } from '../../shared/failures/failure.ts'
import { GrowingFile } from '../storage/durable-files.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import { systemCodeOf } from '../storage/system-code.ts'
import { syncFolder } from '../storage/write-durably.ts'
import type { AttachedFile } from './compose-mail.ts'
import { withCrlf } from './crlf-lines.ts'
import { finishHeader, splitMessage, type SplitMessage } from './finish-header.ts'

/** A header that is longer is none, bytes. */
const headerLimit = 1024 * 1024

/** Bytes of the finished file. Its folder exists; after a failure it may hold a part of the file. One of many leaves its folder to be synced for all. */
export async function freeze(pieces: AsyncIterable<Uint8Array>, path: string, { syncsFolder = true } = {}): Promise<Outcome<number>> {
  let file: GrowingFile | null = null
  try {
    file = await GrowingFile.create(path)
    for await (const piece of pieces) await file.append(piece)
    await file.syncAndClose()
    if (syncsFolder) await syncFolder(dirname(path))
    return done(file.size)
  } catch (error) {
    await file?.close().catch(() => undefined)
    return refused(storageFailure(error, 'outbox'))
  }
}

/** An attachment that can't be read is found before anything is written: which one it is would be lost later. */
export async function checkAttachments(attachments: readonly AttachedFile[]): Promise<Outcome<void>> {
  for (const { name, path } of attachments) {
    const isFile = await stat(path).then((found) => found.isFile(), () => false)
    if (!isFile) return failed('input.unreadable-file', { name })
  }
  return done(undefined)
}

export interface FinishedHeader {
  readonly messageId: string
  readonly pieces: AsyncIterable<Uint8Array>
}

/** A message as another program wrote it, made fit for sending, as the pieces of its frozen file. */
export async function finishMessage(file: string, name: string, missing: { readonly from: { readonly name: string; readonly address: string }; readonly date: Date; readonly messageId: string }): Promise<Outcome<FinishedHeader>> {
  try {
    const split = await headerOf(file)
    if (split === null) return failed('input.unreadable-file', { name })
    const header = finishHeader(split.fields, { from: await fromField(missing.from), date: missing.date.toUTCString().replace('GMT', '+0000'), messageId: missing.messageId })
    return done({ messageId: header.messageId, pieces: withBody(header.text, file, split.bodyOffset) })
  } catch (error) {
    if (systemCodeOf(error) === null) throw error
    return failed('input.unreadable-file', { name })
  }
}

async function* withBody(header: string, file: string, offset: number): AsyncGenerator<Uint8Array> {
  yield* withCrlf(headerAndBody(header, file, offset))
}

async function* headerAndBody(header: string, file: string, offset: number): AsyncGenerator<unknown> {
  yield Buffer.from(header, 'latin1')
  yield* createReadStream(file, { start: offset })
}

/** Null = it does not end within the first megabyte. */
export async function headerOf(file: string): Promise<SplitMessage | null> {
  const start = await startOf(file)
  return splitMessage(start.toString('latin1'), start.byteLength < headerLimit)
}

async function startOf(file: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of createReadStream(file, { end: headerLimit - 1 })) pieces.push(piece as Uint8Array)
  return Buffer.concat(pieces)
}

/** The From field with its name encoded (RFC 2047), as nodemailer writes it; Latin-1 like the rest of a header here. */
async function fromField(from: { readonly name: string; readonly address: string }): Promise<string> {
  const { default: MimeNode } = await import('nodemailer/lib/mime-node')
  const lines = new MimeNode('text/plain').setHeader('From', from).buildHeaders()
  return Buffer.from(/^From: .*(?:\r\n[ \t].*)*/im.exec(lines)?.[0] ?? `From: <${from.address}>`).toString('latin1')
}
