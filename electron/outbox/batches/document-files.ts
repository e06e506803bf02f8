/**
 * The PDFs of a batch: in a folder of this machine, or handed over by a window. Only plain files are taken, directly in that folder,
 * that begin and end as PDFs do and are small enough to be mailed; what a link points to is never looked at.
 */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { mailProblem, type MailProblem } from '../../../shared/model/template.ts'
import { systemCodeOf } from '../../storage/system-code.ts'
import { stampOf } from '../file-stamp.ts'

/** What mail servers usually take, with what base64 adds. */
const largestPdf = 25 * 1024 * 1024

/** The mark of its end stands within the last so many bytes: ISO 32000-1 section 7.5.5; readers look in 1024, writers add a little. */
const pdfEnd = 2048

export interface DocumentFile {
  readonly name: string
  readonly path: string
  readonly size: number
  /** SHA-256 of its bytes, hex. */
  readonly hash: string
  /** `stampOf` it: another one means that it was changed. */
  readonly stamp: string
}

export type FoundFile = { readonly file: DocumentFile } | { readonly problem: MailProblem }

/** Where the file of this plain name is; null = nowhere. */
export type PlaceOfFile = (name: string) => string | null

export function filesIn(folder: string): PlaceOfFile {
  return (name) => join(folder, name)
}

/** The last one of a name counts. */
export function filesHanded(files: readonly { readonly name: string; readonly path: string }[]): PlaceOfFile {
  const places = new Map(files.map(({ name, path }) => [name.toLowerCase(), path]))
  return (name) => places.get(name.toLowerCase()) ?? null
}

export async function findFile(name: string, placeOf: PlaceOfFile, buffer: Buffer): Promise<FoundFile> {
  const path = placeOf(name)
  if (path === null) return { problem: mailProblem('file-missing', { value: name }) }
  let file
  try {
    // Windows has no such flag, and needs a privilege for links.
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === null) throw error
    return { problem: mailProblem(code === 'ELOOP' || code === 'EMLINK' || code === 'EISDIR' ? 'file-not-regular' : 'file-missing', { value: name }) }
  }
  try {
    const facts = await file.stat({ bigint: true })
    const size = Number(facts.size)
    if (!facts.isFile()) return { problem: mailProblem('file-not-regular', { value: name }) }
    if (size > largestPdf) return { problem: mailProblem('file-too-large', { value: name }) }
    const hash = createHash('sha256')
    let end = ''
    for (let offset = 0; offset < size; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, offset)
      if (bytesRead === 0) return { problem: mailProblem('file-changed', { value: name }) }
      if (offset === 0 && !buffer.subarray(0, Math.min(1024, bytesRead)).includes('%PDF-')) return { problem: mailProblem('file-not-pdf', { value: name }) }
      hash.update(buffer.subarray(0, bytesRead))
      end = (end + buffer.toString('latin1', Math.max(0, bytesRead - pdfEnd), bytesRead)).slice(-pdfEnd)
      offset += bytesRead
    }
    if (size === 0) return { problem: mailProblem('file-not-pdf', { value: name }) }
    if (!end.includes('%%EOF')) return { problem: mailProblem('file-not-whole', { value: name }) }
    return { file: { name, path, size, hash: hash.digest('hex'), stamp: stampOf(facts) } }
  } finally {
    await file.close()
  }
}
