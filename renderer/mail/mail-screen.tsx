/** Stands in until the screen is written. */
export function MailScreen() {
  return null
}
