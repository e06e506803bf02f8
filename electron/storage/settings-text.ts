/**
 * The text of a settings file and what it is worth. Nothing in it is trusted: it must be JSON, of this version or an older
 * one that can be brought forward, and fit the schema.
 */
import { z } from 'zod'
import { preferencesSchema } from '../../shared/model/preferences.ts'
import { organizationSchema } from '../../shared/model/levels.ts'
import { serversToTheirLevels } from './servers-to-their-levels.ts'
import { type Settings, settingsSchema, settingsVersion } from './settings.ts'

/** Brings what one version wrote to the next. `from` is the version it takes; it never looks at anything but its parameter. */
export interface SettingsMigration {
  readonly from: number
  migrate(settings: Readonly<Record<string, unknown>>): Record<string, unknown>
}

/** Oldest first. Version 1 is the first there is. */
export const settingsMigrations: readonly SettingsMigration[] = [{ from: 1, migrate: serversToTheirLevels }]

/** No settings file of ours comes near this; more is not even read. */
export const maxSettingsBytes = 32 * 1024 * 1024

export type ReadSettings =
  | { readonly is: 'good'; readonly settings: Settings; readonly writtenBy: number }
  | { readonly is: 'newer'; readonly version: number }
  | { readonly is: 'damaged'; readonly why: string }

const versionedSchema = z.looseObject({ version: z.number().int().nonnegative() })

export function readSettingsText(text: string, migrations: readonly SettingsMigration[] = settingsMigrations): ReadSettings {
  const parsed = versionedSchema.safeParse(parseJson(text))
  if (!parsed.success) return { is: 'damaged', why: 'not a settings file' }
  const writtenBy = parsed.data.version
  if (writtenBy > settingsVersion) return { is: 'newer', version: writtenBy }
  let current: Record<string, unknown> = parsed.data
  for (const { from, migrate } of migrations) {
    if (current['version'] === from) current = { ...migrate(current), version: from + 1 }
  }
  const settings = settingsSchema.safeParse(current)
  // Only where, never what: the values are a person's own.
  if (!settings.success) return { is: 'damaged', why: settings.error.issues.slice(0, 3).map(({ path }) => path.join('.')).join(', ').slice(0, 200) }
  return { is: 'good', settings: settings.data, writtenBy }
}

export function writeSettingsText(settings: Settings): string {
  return `${JSON.stringify(settings, null, 2)}\n`
}

export function emptySettings(): Settings {
  return {
    version: settingsVersion,
    accounts: [],
    defaultAccountId: null,
    organization: organizationSchema.parse({}),
    units: [],
    preferences: preferencesSchema.parse({}),
    signInProviders: [],
    secretPlace: 'keychain',
    keptWizard: null,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
