/**
 * Files on their way in, in pieces, below the data folder's `spool/`: attachments, and messages other programs wrote.
 *
 * Guarantees: a name from outside never becomes a path; a file never grows beyond the size it was announced with; all of
 * them together stay below a bound; nothing outlives the program.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { basename, join, win32 } from 'node:path'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'

export interface SpoolLimits {
  readonly bytesEach: number
  readonly bytesTogether: number
  readonly files: number
}

const usualLimits: SpoolLimits = { bytesEach: 100 * 1024 * 1024, bytesTogether: 1024 * 1024 * 1024, files: 20_000 }

export interface SpooledFile {
  readonly name: string
  readonly path: string
}

export interface SpooledFiles {
  begin(name: string, size: number): Promise<Outcome<string>>
  append(handle: string, bytes: Uint8Array): Promise<Outcome<void>>
  /** A complete file. `file.unknown` while pieces are missing. */
  get(handle: string): Outcome<SpooledFile>
  /** A handle for a file that is kept elsewhere and stays there. */
  lend(file: SpooledFile): string
  discard(handle: string): Promise<void>
  discardAll(): Promise<void>
}

interface Entry extends SpooledFile {
  readonly size: number
  /** Not ours to remove. */
  readonly lent: boolean
  written: number
  /** Pieces are written one after the other, in the order they came. */
  last: Promise<Outcome<void>>
}

export function createSpooledFiles(folder: string, limits: SpoolLimits = usualLimits): SpooledFiles {
  const entries = new Map<string, Entry>()
  const together = () => [...entries.values()].reduce((sum, { size }) => sum + size, 0)

  return {
    async begin(name, size) {
      const shown = plainName(name)
      if (size > limits.bytesEach || together() + size > limits.bytesTogether || entries.size >= limits.files) {
        return failed('file.too-large', { name: shown })
      }
      const handle = randomUUID()
      const path = join(folder, handle)
      entries.set(handle, { name: shown, path, size, lent: false, written: 0, last: Promise.resolve(done(undefined)) })
      const made = await onDisk(async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await (await open(path, 'wx', 0o600)).close()
      })
      if (made.ok) return done(handle)
      entries.delete(handle)
      return made
    },
    async append(handle, bytes) {
      const entry = entries.get(handle)
      if (entry === undefined) return failed('file.unknown')
      if (entry.written + bytes.byteLength > entry.size) return failed('file.too-large', { name: entry.name })
      entry.written += bytes.byteLength
      const before = entry.last
      entry.last = before.then((outcome) => (outcome.ok ? onDisk(() => writeBehind(entry.path, bytes)) : outcome))
      return entry.last
    },
    get(handle) {
      const entry = entries.get(handle)
      return entry === undefined || entry.written < entry.size ? failed('file.unknown') : done({ name: entry.name, path: entry.path })
    },
    lend({ name, path }) {
      const handle = randomUUID()
      entries.set(handle, { name: plainName(name), path, size: 0, lent: true, written: 0, last: Promise.resolve(done(undefined)) })
      return handle
    },
    async discard(handle) {
      const entry = entries.get(handle)
      if (entry === undefined) return
      entries.delete(handle)
      await entry.last
      if (!entry.lent) await rm(entry.path, { force: true })
    },
    async discardAll() {
      for (const handle of [...entries.keys()]) await this.discard(handle)
    },
  }
}

async function writeBehind(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
}

async function onDisk(work: () => Promise<void>): Promise<Outcome<void>> {
  try {
    return done(await work())
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    return failed(code === 'ENOSPC' || code === 'EDQUOT' ? 'storage.full' : 'storage.failed', { detail: code })
  }
}

/** The last part of whatever path it is, without control characters: what a recipient sees as the attachment's name. */
function plainName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
  return win32.basename(basename(name)).replaceAll(/[\u0000-\u001f\u007f]/g, '').trim() || 'file'
}
