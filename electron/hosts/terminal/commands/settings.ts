/** `mailroom settings …`: what a person set for the program as a whole (E1, E4, E6), a name and a value each. */
import { done } from '../../../../shared/failures/failure.ts'
import { languages, lookUpNames, type Preferences, type preferencesChangeSchema } from '../../../../shared/model/preferences.ts'
import { actionWords } from '../../../../shared/words/terminal-actions.ts'
import type { z } from 'zod'
import { exitCodes } from '../exit-codes.ts'
import { table } from '../format.ts'
import { type Command, ok } from '../session.ts'

type Change = z.input<typeof preferencesChangeSchema>

interface Setting {
  readonly name: string
  readonly possible: readonly string[]
  read(preferences: Preferences): string
  change(value: string, preferences: Preferences): Change
}

const onOff = (value: boolean) => (value ? 'on' : 'off')

const flag = (name: string, key: 'notifications' | 'startWithSystem' | 'startMinimised' | 'tellAddress'): Setting => ({
  name, possible: ['on', 'off'], read: (now) => onOff(now[key]), change: (value) => ({ [key]: value === 'on' }),
})

const settings: readonly Setting[] = [
  { name: 'language', possible: ['system', ...languages], read: (now) => now.language ?? 'system', change: (value) => ({ language: languages.find((one) => one === value) ?? null }) },
  { name: 'theme', possible: ['system', 'light', 'dark'], read: (now) => now.theme, change: (value) => ({ theme: value === 'light' || value === 'dark' ? value : 'system' }) },
  flag('notifications', 'notifications'), flag('start-with-system', 'startWithSystem'), flag('start-minimised', 'startMinimised'), flag('tell-address', 'tellAddress'),
  ...lookUpNames.map((lookUp): Setting => ({
    name: `look-ups.${lookUp}`, possible: ['on', 'off'], read: (now) => onOff(now.lookUps[lookUp]), change: (value, now) => ({ lookUps: { ...now.lookUps, [lookUp]: value === 'on' } }),
  })),
]

export const listSettings: Command = async ({ caller, output, language }) => {
  const now = await caller.call('preferences.get', {})
  if (!now.ok) return now
  output.document(now.value)
  output.line(table(actionWords[language].settingHeadings, settings.map(({ name, possible, read }) => [name, read(now.value), possible.join(', ')])))
  return ok
}

export const setSetting = (name: string, value: string): Command => async ({ caller, output, language }) => {
  const words = actionWords[language]
  const setting = settings.find((one) => one.name === name)
  if (setting?.possible.includes(value) !== true) {
    output.usage(setting === undefined ? words.settingUnknown(name, settings.map((one) => one.name).join(', ')) : words.settingValue(value, name, setting.possible.join(', ')))
    return done(exitCodes.usage)
  }
  const now = await caller.call('preferences.get', {})
  if (!now.ok) return now
  const changed = await caller.call('preferences.change', { change: setting.change(value, now.value) })
  if (!changed.ok) return changed
  output.document(changed.value)
  output.line(words.settingNow(name, setting.read(changed.value)))
  return ok
}
