/** Flags and keywords of a message (RFC 9051 section 2.3.2). Most of a mailbox carries the same few: each is made once. */
import type { ServerFlags } from '../../../shared/model/server-folder.ts'
import { listIn, textIn, type Value } from './imap-responses.ts'

/** What a person's other programs set; bounded, as it is kept with every message. */
const mostKeywords = 64

export function createFlagsReader(): (value: Value | undefined) => ServerFlags {
  const known = new Map<string, ServerFlags>()
  return (value) => {
    const words = listIn(value).flatMap((word) => textIn(word) ?? [])
    const key = words.join(' ')
    const found = known.get(key)
    if (found !== undefined) return found
    const flags = flagsOf(words)
    if (known.size < 10_000) known.set(key, flags)
    return flags
  }
}

function flagsOf(words: readonly string[]): ServerFlags {
  const set = new Set(words.map((word) => word.toLowerCase()))
  return {
    seen: set.has('\\seen'),
    flagged: set.has('\\flagged'),
    answered: set.has('\\answered'),
    draft: set.has('\\draft'),
    keywords: words.filter((word) => /^[^\\\s"(){}%*\]]{1,100}$/.test(word)).toSorted().slice(0, mostKeywords),
  }
}
