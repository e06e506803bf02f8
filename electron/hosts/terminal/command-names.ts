/** Which command lines are for the terminal: Electron's program has one name for its window and for its commands. */

/** Held equal to what `program.ts` declares by a test, so that looking does not load it. */
export const commandNames: ReadonlySet<string> = new Set([
  'accounts', 'organization', 'units', 'check', 'sign-in', 'providers', 'detect', 'fetch', 'log', 'mail', 'folders', 'removals', 'send', 'outbox', 'contacts', 'sendmail', 'secrets', 'settings', 'templates', 'batch', 'batches', 'watch', 'doctor', 'demo', 'help',
])

const asking = new Set(['-h', '--help', '-V', '--version'])

/** `words` without the program's own name. A link (`mailto:…`) or a switch of the window's browser is no command. */
export function asksForCommand(words: readonly string[]): boolean {
  if (words.some((word) => asking.has(word))) return true
  const first = words.find((word, at) => !word.startsWith('-') && words[at - 1] !== '--data')
  return first !== undefined && commandNames.has(first)
}
