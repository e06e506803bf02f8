/** Stands in until the screen is written. */
export function SettingsScreen() {
  return null
}
