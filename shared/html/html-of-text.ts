/** A plain text as HTML that looks the same: its lines, quoted lines (RFC 3676 section 4.5), spaces in a row, and web addresses as links. */
export function htmlOfText(text: string): string {
  return blocks(text.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')).join('\n')
}

/** The same everywhere, so that a quote is known again. */
export const quoteStyle = 'margin:0 0 0 8px; padding-left:8px; border-left:2px solid #b0b0b0'

function blocks(lines: readonly string[]): readonly string[] {
  const made: string[] = []
  for (let at = 0; at < lines.length; ) {
    const from = at
    const isQuoted = quoted(lines[at])
    while (at < lines.length && quoted(lines[at]) === isQuoted) at += 1
    const run = lines.slice(from, at)
    if (isQuoted) made.push(`<blockquote style="${quoteStyle}">${blocks(run.map((line) => line.replace(/^> ?/, ''))).join('\n')}</blockquote>`)
    else made.push(...run.map((line) => `<div>${line === '' ? '<br>' : linked(line)}</div>`))
  }
  return made
}

const quoted = (line: string | undefined) => line?.startsWith('>') === true

function linked(line: string): string {
  const pieces = line.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/)
  return withSpacesKept(pieces.map((piece, index) => (index % 2 === 1 ? `<a href="${escapeHtml(piece)}">${escapeHtml(piece)}</a>` : escapeHtml(piece))).join(''))
}

/** Spaces in a row, and at the beginning, stay as they are, so that a table made with them is still one. */
function withSpacesKept(line: string): string {
  return line.replaceAll(/^ +| {2,}/g, (spaces, at: number) => (at === 0 ? '&nbsp;'.repeat(spaces.length) : `${'&nbsp;'.repeat(spaces.length - 1)} `))
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
