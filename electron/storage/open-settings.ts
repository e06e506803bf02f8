import type { Failure, Outcome } from '../../shared/failures/failure.ts'
import type { DataFolder } from './data-folder.ts'
import type { SettingsStore } from './settings.ts'

export interface SettingsFileOptions {
  readonly cwd: string
  readonly name: string
  readonly configName: string
  readonly fileExtension: string
  readonly configFileMode: number
  readonly clearInvalidConfig: boolean
  readonly accessPropertiesByDotNotation: boolean
}
/** `conf`, and electron-store over it. */
export type SettingsFileClass = new (options: SettingsFileOptions) => { store: Record<string, unknown> }
export interface OpenSettingsOptions {
  readonly Store?: SettingsFileClass
  readonly now?: () => Date
}
export interface OpenedSettings {
  readonly settings: SettingsStore
  readonly setAside: Failure | null
}
export function openSettings(_folder: DataFolder, _options: OpenSettingsOptions = {}): Promise<Outcome<OpenedSettings>> {
  throw new Error('being written')
}
