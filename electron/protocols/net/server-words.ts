/** What a server said, fit to be shown and logged: one line, bounded, without control characters or bidirectional overrides. */
export function serverWords(text: string, secret?: string): string {
  const shown = secret === undefined ? text : withoutSecret(text, secret)
  return shown.slice(0, 2000).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').replace(/ {2,}/g, ' ').trim().slice(0, 500)
}

/** Some servers repeat the command they refuse; then the password must not end up on a screen or in a log. */
function withoutSecret(text: string, secret: string): string {
  const forms = [secret, Buffer.from(secret).toString('base64')].filter((form) => form.length >= 4)
  return forms.reduce((rest, form) => rest.replaceAll(form, '…'), text)
}
