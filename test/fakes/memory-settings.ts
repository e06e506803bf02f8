/** Settings in memory, which can be made to refuse a change as a full disk does. */
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import { type Settings, settingsSchema, type SettingsStore } from '../../electron/storage/settings.ts'
import { emptySettings } from '../../electron/storage/settings-text.ts'

export class MemorySettings implements SettingsStore {
  diskIsFull = false
  #settings: Settings

  constructor(settings: Partial<Settings> = {}) {
    this.#settings = settingsSchema.parse({ ...emptySettings(), ...settings })
  }

  get(): Settings {
    return this.#settings
  }

  async change(change: (settings: Settings) => Settings): Promise<Outcome<Settings>> {
    const next = settingsSchema.parse(change(this.#settings))
    if (this.diskIsFull) return failed('storage.full', { name: 'settings.json' })
    this.#settings = next
    return done(next)
  }
}
