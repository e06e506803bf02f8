/** A message's keywords (RFC 8621 section 4.1.1) as the flags they are in IMAP, and back. Most of a mailbox carries the same few: each set is made once. */
import type { ServerFlags } from '../../../shared/model/server-folder.ts'

/** What a person's other programs set; bounded, as it is kept with every message. */
const mostKeywords = 64

const flags: ReadonlyMap<string, string> = new Map([['\\seen', '$seen'], ['\\flagged', '$flagged'], ['\\answered', '$answered'], ['\\draft', '$draft']])

export function createKeywordsReader(): (keywords: Readonly<Record<string, boolean>>) => ServerFlags {
  const known = new Map<string, ServerFlags>()
  return (keywords) => {
    const words = Object.keys(keywords).map((word) => word.toLowerCase()).toSorted()
    const key = words.join(' ')
    const found = known.get(key)
    if (found !== undefined) return found
    const made = flagsOf(words)
    if (known.size < 10_000) known.set(key, made)
    return made
  }
}

function flagsOf(words: readonly string[]): ServerFlags {
  const set = new Set(words)
  const own = new Set(flags.values())
  return {
    seen: set.has('$seen'),
    flagged: set.has('$flagged'),
    answered: set.has('$answered'),
    draft: set.has('$draft'),
    keywords: words.filter((word) => !own.has(word) && /^[^\\\s"(){}%*\]]{1,100}$/.test(word)).slice(0, mostKeywords),
  }
}

/** A flag as the server calls it; null = none that can be a keyword. */
export function keywordOf(flag: string): string | null {
  const word = flags.get(flag.toLowerCase()) ?? flag.toLowerCase()
  return /^[\x21-\x7e]{1,255}$/.test(word) && !/[(){\]%*"\\]/.test(word) ? word : null
}
