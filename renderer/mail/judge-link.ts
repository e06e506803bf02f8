/**
 * What a person must know before a link of a message is opened: where it really goes, and whether its text says another
 * place. Only https and mailto can be opened at all (the contract's `app.openLink`).
 */
export type LinkJudgement =
  | { readonly opens: 'web'; readonly url: string; readonly host: string; readonly claims: string | null }
  | { readonly opens: 'mail'; readonly url: string; readonly address: string }
  | { readonly opens: 'nothing'; readonly url: string; readonly why: 'not-encrypted' | 'not-a-web-address' }

const longest = 2000

/** `text` is what the message shows for it. `claims` is the host the text names, when the link goes to another one. */
export function judgeLink(text: string, address: string): LinkJudgement {
  const shown = address.trim().slice(0, longest)
  const parsed = URL.parse(address.trim())
  if (parsed === null || address.trim().length > longest) return { opens: 'nothing', url: shown, why: 'not-a-web-address' }
  if (parsed.protocol === 'mailto:') return { opens: 'mail', url: parsed.href, address: mailtoAddress(parsed) }
  if (parsed.protocol === 'http:') return { opens: 'nothing', url: parsed.href, why: 'not-encrypted' }
  if (parsed.protocol !== 'https:') return { opens: 'nothing', url: shown, why: 'not-a-web-address' }
  return { opens: 'web', url: parsed.href, host: parsed.hostname, claims: claimedHost(text, parsed.hostname) }
}

function mailtoAddress(parsed: URL): string {
  try {
    return decodeURIComponent(parsed.pathname)
  } catch {
    return parsed.pathname
  }
}

function claimedHost(text: string, actual: string): string | null {
  const named = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/?#:]\S*)?\s*$/u.exec(text)?.[1]
  if (named === undefined) return null
  // Through the URL parser, so that both sides are written the same way (case, IDNA).
  const claimed = URL.parse(`https://${named}`)?.hostname ?? named
  const bare = (name: string) => name.replace(/^www\./, '')
  return bare(claimed) === bare(actual) ? null : claimed
}
