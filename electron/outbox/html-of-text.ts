/** A plain text as HTML that looks the same: paragraphs, line ends, quoted lines (RFC 3676 section 4.5) and web addresses as links. */
export function htmlOfText(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
  return blocks(lines).join('\n')
}

function blocks(lines: readonly string[]): readonly string[] {
  const made: string[] = []
  for (let at = 0; at < lines.length; ) {
    const from = at
    const isQuoted = quoted(lines[at])
    while (at < lines.length && quoted(lines[at]) === isQuoted) at += 1
    const run = lines.slice(from, at)
    if (isQuoted) {
      const inner = run.map((line) => line.replace(/^> ?/, ''))
      made.push(`<blockquote style="margin:0 0 0 8px;padding-left:8px;border-left:2px solid #b0b0b0">${paragraphs(inner)}</blockquote>`)
    } else made.push(paragraphs(run))
  }
  return made
}

const quoted = (line: string | undefined) => line?.startsWith('>') === true

function paragraphs(lines: readonly string[]): string {
  return lines
    .join('\n')
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${paragraph.replace(/^\n/, '').split('\n').map(linked).join('<br>\n')}</p>`)
    .join('\n')
}

/** Spaces in a row stay as they are, so that a table made with them is still one. */
function linked(line: string): string {
  const pieces = line.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/)
  return pieces.map((piece, index) => (index % 2 === 1 ? `<a href="${escapeHtml(piece)}">${escapeHtml(piece)}</a>` : escapeHtml(piece).replaceAll(/ {2,}/g, (spaces) => '&nbsp;'.repeat(spaces.length - 1) + ' '))).join('')
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
