/**
 * Reads the settings file once; from then on memory answers, and every change is written whole. What the file holds is
 * judged here before any library sees it, because the usual answer of such a library to a bad file is to wipe it:
 *
 *   settings.json ── damaged or gone ──▶ kept as settings.damaged-DATE.json; the latest good copy beside it is used, else empty settings
 *                 ── newer ────────────▶ refused, nothing is touched
 *                 ── older ────────────▶ kept as settings.version-N.json, then brought forward
 */
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { done, type Failure, failed, failure, type Outcome, refused } from '../../shared/failures/failure.ts'
import type { DataFolder } from './data-folder.ts'
import { type Settings, settingsSchema, type SettingsStore } from './settings.ts'
import { goodCopy, keptCopies, SettingsFile, type SettingsFileClass } from './settings-file.ts'
import { emptySettings, maxSettingsBytes, type ReadSettings, readSettingsText, type SettingsMigration, settingsMigrations, writeSettingsText } from './settings-text.ts'
import { storageFailure } from './storage-failure.ts'
import { systemCodeOf } from './system-code.ts'
import { writeDurably } from './write-durably.ts'

export interface OpenSettingsOptions {
  /** Default: conf's own class. */
  readonly Store?: SettingsFileClass
  readonly migrations?: readonly SettingsMigration[]
  readonly now?: () => Date
}

export interface OpenedSettings {
  readonly settings: SettingsStore
  /** `settings.damaged`: `name` is the file that was set aside or is missing, `detail` says what was used instead. */
  readonly setAside: Failure | null
}

/** `settings.newer`; `storage.failed` / `storage.full` where the file cannot be read, or a good one cannot be put in its place. */
export async function openSettings(folder: DataFolder, options: OpenSettingsOptions = {}): Promise<Outcome<OpenedSettings>> {
  const { Store = null, migrations = settingsMigrations, now = () => new Date() } = options
  const found = readFile(folder.settings, migrations)
  if (!found.ok) return found
  const start = await startFrom(folder, found.value, migrations, now())
  if (!start.ok) return start
  const file = new SettingsFile(folder, Store)
  // It may have been changed by hand, or there was no room for the copy. No start fails for want of one.
  if (found.value !== null) await file.keep(start.value.settings)
  return done({ settings: new StoredSettings(file, start.value.settings), setAside: start.value.setAside })
}

type Found = { readonly bytes: Uint8Array; readonly read: ReadSettings } | null
type Start = { readonly settings: Settings; readonly setAside: Failure | null }

async function startFrom(folder: DataFolder, found: Found, migrations: readonly SettingsMigration[], now: Date): Promise<Outcome<Start>> {
  if (found === null || found.read.is === 'damaged') return recover(folder, found, migrations, now)
  if (found.read.is === 'newer') return failed('settings.newer', { name: basename(folder.settings), detail: `version ${found.read.version}` })
  const { settings, writtenBy } = found.read
  if (writtenBy === settings.version) return done({ settings, setAside: null })
  const kept = await writeDurably(join(folder.root, `settings.version-${writtenBy}.json`), found.bytes)
  return kept.ok ? putInPlace(folder, { settings, setAside: null }) : kept
}

/** The damaged file is kept under another name before it is replaced: a crash between the two loses neither. */
async function recover(folder: DataFolder, found: Found, migrations: readonly SettingsMigration[], now: Date): Promise<Outcome<Start>> {
  const copy = lastGoodCopy(folder, migrations)
  if (!copy.ok) return copy
  if (found === null && copy.value === null) return putInPlace(folder, { settings: emptySettings(), setAside: null })
  let name = basename(folder.settings)
  if (found !== null) {
    name = `settings.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}.json`
    const kept = await writeDurably(join(folder.root, name), found.bytes)
    if (!kept.ok) return kept
  }
  const why = found?.read.is === 'damaged' ? found.read.why : 'missing'
  return putInPlace(folder, {
    settings: copy.value?.settings ?? emptySettings(),
    setAside: failure('settings.damaged', { name, detail: `${why}; used instead: ${copy.value?.name ?? 'empty settings'}` }),
  })
}

async function putInPlace(folder: DataFolder, start: Start): Promise<Outcome<Start>> {
  const written = await writeDurably(folder.settings, writeSettingsText(start.settings))
  return written.ok ? done(start) : written
}

function lastGoodCopy(folder: DataFolder, migrations: readonly SettingsMigration[]): Outcome<{ readonly settings: Settings; readonly name: string } | null> {
  for (let age = 1; age <= keptCopies; age++) {
    const path = goodCopy(folder, age)
    const copy = readFile(path, migrations)
    if (!copy.ok) return copy
    if (copy.value?.read.is === 'good') return done({ settings: copy.value.read.settings, name: basename(path) })
  }
  return done(null)
}

/** null = there is no such file. One that cannot be read for another reason is not taken for damaged. */
function readFile(path: string, migrations: readonly SettingsMigration[]): Outcome<Found> {
  try {
    if (statSync(path).size > maxSettingsBytes) return failed('storage.failed', { name: basename(path), detail: 'too large' })
    const bytes = readFileSync(path)
    return done({ bytes, read: readSettingsText(bytes.toString('utf8'), migrations) })
  } catch (error) {
    return systemCodeOf(error) === 'ENOENT' ? done(null) : refused(storageFailure(error, basename(path)))
  }
}

class StoredSettings implements SettingsStore {
  readonly #file: SettingsFile
  #settings: Settings
  #last: Promise<unknown> = Promise.resolve()

  constructor(file: SettingsFile, settings: Settings) {
    this.#file = file
    this.#settings = settings
  }

  get(): Settings {
    return this.#settings
  }

  /** One after the other: each change sees what the one before it made. */
  change(change: (settings: Settings) => Settings): Promise<Outcome<Settings>> {
    const result = this.#last.then(() => this.#apply(change))
    this.#last = result.catch(() => undefined)
    return result
  }

  async #apply(change: (settings: Settings) => Settings): Promise<Outcome<Settings>> {
    const next = settingsSchema.parse(change(this.#settings))
    const written = await this.#file.replace(this.#settings, next)
    if (!written.ok) return written
    this.#settings = next
    return done(next)
  }
}
