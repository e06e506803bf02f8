/** Stands in until the screen is written. */
export function ActivityScreen() {
  return null
}
