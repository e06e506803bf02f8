/** Which screen stands at which place. Each is loaded when it is first gone to. */
import { lazy, type ComponentType } from 'react'
import type { Place } from './navigate.tsx'

export const screens: Readonly<Record<Place, ComponentType>> = {
  mail: lazy(async () => ({ default: (await import('../mail/mail-screen.tsx')).MailScreen })),
  outbox: lazy(async () => ({ default: (await import('../outbox/outbox-screen.tsx')).OutboxScreen })),
  templates: lazy(async () => ({ default: (await import('../templates/templates-screen.tsx')).TemplatesScreen })),
  contacts: lazy(async () => ({ default: (await import('../contacts/contacts-screen.tsx')).ContactsScreen })),
  activity: lazy(async () => ({ default: (await import('../activity/activity-screen.tsx')).ActivityScreen })),
  accounts: lazy(async () => ({ default: (await import('../accounts/accounts-screen.tsx')).AccountsScreen })),
  settings: lazy(async () => ({ default: (await import('../settings/settings-screen.tsx')).SettingsScreen })),
}

export const Wizard = lazy(async () => ({ default: (await import('../wizard/wizard-screen.tsx')).WizardScreen }))
export const BatchWizard = lazy(async () => ({ default: (await import('../batches/batch-wizard.tsx')).BatchWizard }))
export const Compose = lazy(async () => ({ default: (await import('../outbox/compose-dialog.tsx')).ComposeDialog }))
