import type { Place, WizardPurpose } from '../shell/navigate.tsx'

export function WizardScreen(_: { readonly purpose: WizardPurpose; readonly onClose: (next?: Place) => void }) {
  return null
}
