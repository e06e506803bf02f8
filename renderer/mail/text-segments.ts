/**
 * Cuts a plain-text message into what the reader draws: lines with their quote depth, and links in them. Nothing is
 * interpreted as markup. Time is linear in the text's length, whatever the text.
 */
export type Segment = { readonly is: 'text'; readonly text: string } | { readonly is: 'link'; readonly text: string; readonly url: string }

/** Lines of one quote depth in a row. Depth 0 = the sender's own words. */
export interface Passage {
  readonly depth: number
  readonly lines: readonly (readonly Segment[])[]
}

const deepest = 9

export function passagesOf(text: string): readonly Passage[] {
  const passages: { depth: number; lines: (readonly Segment[])[] }[] = []
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const { depth, rest } = unquoted(line)
    const last = passages.at(-1)
    if (last?.depth === depth) last.lines.push(segmentsOf(rest))
    else passages.push({ depth, lines: [segmentsOf(rest)] })
  }
  return passages
}

/** RFC 3676 section 4.5: depth is the number of leading ">"; writers in the wild put spaces between them. */
function unquoted(line: string): { readonly depth: number; readonly rest: string } {
  const marks = /^(?:> ?)+/.exec(line)?.[0] ?? ''
  const depth = marks.replaceAll(' ', '').length
  return { depth: Math.min(depth, deepest), rest: line.slice(marks.length) }
}

const link = /https?:\/\/[^\s<>"]+|mailto:[^\s<>"]+/gi

export function segmentsOf(line: string): readonly Segment[] {
  const segments: Segment[] = []
  let from = 0
  for (const match of line.matchAll(link)) {
    const url = withoutTail(match[0])
    if (match.index > from) segments.push({ is: 'text', text: line.slice(from, match.index) })
    segments.push({ is: 'link', text: url, url })
    from = match.index + url.length
  }
  if (from < line.length) segments.push({ is: 'text', text: line.slice(from) })
  return segments
}

/** A sentence's full stop or closing bracket after a link is not part of it, unless the link opened the bracket. */
function withoutTail(url: string): string {
  const opened = url.indexOf('(')
  let end = url.length
  while (end > 0) {
    const last = url.charAt(end - 1)
    const closing = last === ')' && opened < 0
    if (!closing && !'.,;:!?\'*_]'.includes(last)) break
    end -= 1
  }
  return url.slice(0, end)
}
