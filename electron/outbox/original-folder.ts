/**
 * Is this data folder the one in which mail was sent last, or a copy of it: put back from a backup, moved to another machine? What waited
 * in a copy may have been sent from the original since, and nothing inside the copy can tell.
 *
 * The folder has a file, empty and newly made now and then, whose name and time of birth are in the database. No copying program brings
 * back the time of birth on Linux; where one can, the file's number differs too. A backup that is written over the folder brings an older
 * name along.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Database, transaction } from '../storage/database.ts'

const markName = /^original-[\da-f]{24}$/
const columns = z.object({ name: z.string().regex(markName), birth: z.string(), number: z.string(), path: z.string(), host: z.string() })

/** Where the original was, as far as is known: '' = it is not. */
export interface CopiedFrom {
  /** The mark of the original. */
  readonly original: string
  /** Of its outbox. */
  readonly path: string
  readonly host: string
}

export interface OriginalFolder {
  /** Asked once, at the start, before `renew`. null = this is the original, or a folder that has not said so yet. */
  copiedFrom(): CopiedFrom | null
  /** From now on this is the original. Throws what the disk says. */
  renew(): void
}

export function originalFolder(database: Database, root: string): OriginalFolder {
  const select = database.prepare('SELECT name, birth, number, path, host FROM original_folder')
  const write = database.prepare('INSERT OR REPLACE INTO original_folder (only_row, name, birth, number, path, host) VALUES (1, ?, ?, ?, ?, ?)')

  function identityOf(name: string): { readonly birth: bigint; readonly number: bigint } | null {
    const found = fs.statSync(join(root, name), { bigint: true, throwIfNoEntry: false })
    return found === undefined ? null : { birth: found.birthtimeNs, number: found.ino }
  }

  /** Its name is durable, too: were it lost, the folder would be taken for a copy. Windows has no such thing and needs none. */
  function make(name: string): void {
    fs.closeSync(fs.openSync(join(root, name), 'wx', 0o600))
    if (process.platform === 'win32') return
    const folder = fs.openSync(root, 'r')
    try {
      fs.fsyncSync(folder)
    } finally {
      fs.closeSync(folder)
    }
  }

  return {
    copiedFrom() {
      const noted = select.get()
      if (noted === undefined) return null
      const { name, birth, number, path, host } = columns.parse(noted)
      const from = { original: name, path, host }
      const found = identityOf(name)
      if (found === null) return from
      // A file system that knows no time of birth says 0. On Linux some draw new numbers each time they are mounted.
      const isOther = found.birth !== 0n && String(found.birth) !== birth
      return isOther || (process.platform !== 'linux' && String(found.number) !== number) ? from : null
    },
    renew() {
      const name = `original-${randomBytes(12).toString('hex')}`
      fs.mkdirSync(root, { recursive: true, mode: 0o700 })
      const before = transaction(database, () => {
        const older = fs.readdirSync(root).filter((one) => markName.test(one))
        make(name)
        const { birth, number } = identityOf(name) ?? { birth: 0n, number: 0n }
        write.run(name, String(birth), String(number), fs.realpathSync(root), hostname())
        return older
      })
      for (const one of before) fs.rmSync(join(root, one), { force: true })
    },
  }
}
