/**
 * Writes the settings file through `conf` (or electron-store, which is conf inside Electron).
 *
 * conf alone is not enough: it writes in place where it thinks it must (`SNAP` in the environment, some Windows disks), does
 * not sync the folder, and on a disk that fills up in mid-write it renames a shortened file over the good one. So what the
 * file holds is kept beside it before conf touches it, what was written is read back, and then it is kept beside it, too:
 * whenever no change is under way, a file that gets damaged loses nothing.
 *
 * Loaded with the first change: conf brings a validator of 400 KB along, 30 ms of every command's start, and most change nothing.
 */
import { readFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { done, failed, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { DataFolder } from './data-folder.ts'
import type { Settings } from './settings.ts'
import { writeSettingsText } from './settings-text.ts'
import { storageFailure } from './storage-failure.ts'
import { systemCodeOf } from './system-code.ts'
import { syncFolder, writeDurably } from './write-durably.ts'

/** What conf and electron-store are given; the one calls the file's name `configName`, the other `name`. */
export interface SettingsFileOptions {
  readonly cwd: string
  readonly configName: string
  readonly name: string
  readonly fileExtension: string
  readonly configFileMode: number
  readonly clearInvalidConfig: boolean
  readonly accessPropertiesByDotNotation: boolean
  readonly serialize: (value: Record<string, unknown>) => string
}

/** `Conf`, and electron-store's class in the Electron host. */
export type SettingsFileClass = new (options: SettingsFileOptions) => { store: Record<string, unknown> }

export const keptCopies = 3

/** The last good copies beside the file: age 1 is what it holds, the others what it held before. */
export function goodCopy(folder: DataFolder, age: number): string {
  return join(folder.root, `settings.good-${age}.json`)
}

type Kept = { store: Record<string, unknown> }

export class SettingsFile {
  readonly #folder: DataFolder
  readonly #Store: SettingsFileClass | null
  #conf: Kept | null = null

  /** `Store` null = conf's own class. */
  constructor(folder: DataFolder, Store: SettingsFileClass | null) {
    this.#folder = folder
    this.#Store = Store
  }

  /** The file must be there and good: conf reads it, and throws where it cannot. */
  async #open(): Promise<Kept> {
    const Store = this.#Store ?? (await import('conf')).default
    const folder = this.#folder
    return new Store({
      cwd: folder.root,
      configName: basename(folder.settings, '.json'),
      name: basename(folder.settings, '.json'),
      fileExtension: 'json',
      configFileMode: 0o600,
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
      serialize: (value) => writeSettingsText(value as Settings),
    })
  }

  /** Durable when it resolves; a failure leaves `previous` in place. */
  async replace(previous: Settings, next: Settings): Promise<Outcome<void>> {
    const kept = await this.keep(previous)
    if (!kept.ok) return kept
    try {
      this.#conf ??= await this.#open()
      this.#conf.store = next
      if (readFileSync(this.#folder.settings, 'utf8') !== writeSettingsText(next)) {
        await this.#putBack(previous)
        return failed('storage.full', { name: basename(this.#folder.settings) })
      }
      await syncFolder(this.#folder.root)
    } catch (error) {
      await this.#putBack(previous)
      return refused(storageFailure(error, basename(this.#folder.settings)))
    }
    // Only now, or a refused change could come back from its copy. The change holds without: whoever comes next makes the copy.
    await this.keep(next)
    return done(undefined)
  }

  /** What the file holds, unless that was kept already. */
  async keep(settings: Settings): Promise<Outcome<void>> {
    const text = writeSettingsText(settings)
    if (readIfThere(goodCopy(this.#folder, 1)) === text) return done(undefined)
    for (let age = keptCopies; age > 1; age--) await renameIfThere(goodCopy(this.#folder, age - 1), goodCopy(this.#folder, age))
    return writeDurably(goodCopy(this.#folder, 1), text)
  }

  async #putBack(previous: Settings): Promise<void> {
    const text = writeSettingsText(previous)
    if (readIfThere(this.#folder.settings) !== text) await writeDurably(this.#folder.settings, text)
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    // Copies are insurance: one that cannot be moved is overwritten, and what really matters fails at the write after this.
    if (systemCodeOf(error) === null) throw error
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
