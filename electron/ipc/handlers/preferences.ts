/** `preferences.…` and `wizard.…`: what is kept in the settings beside the accounts. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import { nothingOf } from '../nothing-of.ts'
import type { Parts } from '../parts.ts'

export function preferencesHandlers({ settings, program, changed }: Pick<Parts, 'settings' | 'program' | 'changed'>): HandlersOf<'preferences'> {
  return {
    'preferences.get': () => done(settings.get().preferences),
    async 'preferences.change'({ change }) {
      const before = settings.get().preferences
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const saved = await settings.change((all) => ({ ...all, preferences: { ...all.preferences, ...given } }))
      if (!saved.ok) return saved
      const { preferences } = saved.value
      if (preferences.startWithSystem !== before.startWithSystem || preferences.startMinimised !== before.startMinimised) {
        program.startWithSystem(preferences.startWithSystem, preferences.startMinimised)
      }
      changed('preferences.changed')
      return done(preferences)
    },
  }
}

export function wizardHandlers({ settings }: Pick<Parts, 'settings'>): HandlersOf<'wizard'> {
  return {
    'wizard.keep': async ({ state }) => nothingOf(await settings.change((all) => ({ ...all, keptWizard: state }))),
    'wizard.kept': () => done({ state: settings.get().keptWizard }),
  }
}
