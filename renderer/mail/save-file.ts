/** Puts bytes into the user's downloads, as a file under a harmless name. Never opens it. */
export function saveFile(name: string, bytes: readonly Uint8Array<ArrayBuffer>[]): void {
  // Always as plain bytes: a type such as text/html could make the browser show it instead of saving it.
  const address = URL.createObjectURL(new Blob([...bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download has taken the bytes over by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const longest = 150

/** A name given by a stranger, as a file name: no folders, no control or direction characters, no hidden file, bounded. */
export function fileNameFrom(name: string, fallback: string): string {
  // oxlint-disable-next-line no-control-regex -- control and bidi characters can hide a name's true ending
  const plain = name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/[/\\:*?"<>|]/g, '_')
  const trimmed = plain.trim().replace(/^\.+/, '').replace(/[. ]+$/, '')
  if (trimmed === '') return fallback
  if (trimmed.length <= longest) return trimmed
  const ending = /\.[^.]{1,10}$/.exec(trimmed)?.[0] ?? ''
  return `${trimmed.slice(0, longest - ending.length)}${ending}`
}
