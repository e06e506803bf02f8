/**
 * The header of a message another program wrote, made fit for sending as sendmail does: Bcc and Return-Path out, what is
 * missing of Date, Message-ID and From in, every line end CRLF. All other bytes stay as they are, folding and order too.
 * Text is Latin-1 here: one character per byte, so nothing is lost.
 */
export interface SplitMessage {
  /** Each with its folded lines, without the last line end. */
  readonly fields: readonly string[]
  /** Where the body begins. */
  readonly bodyOffset: number
}

const fieldStart = /^[!-9;-~]+[ \t]*:/

/** null = the header does not end within `start`. A text that has no header at all is all body, as with sendmail. */
export function splitMessage(start: string, isWhole: boolean): SplitMessage | null {
  const fields: string[] = []
  let offset = 0
  const lineEnd = /\r\n|\n|\r/g
  while (offset < start.length) {
    lineEnd.lastIndex = offset
    const match = lineEnd.exec(start)
    if (match === null && !isWhole) return null
    const line = start.slice(offset, match?.index)
    const next = match === null ? start.length : match.index + match[0].length
    if (line === '') return { fields, bodyOffset: next }
    if (fieldStart.test(line)) fields.push(line)
    else if (/^[ \t]/.test(line) && fields.length > 0) fields.push(`${fields.pop()}\r\n${line}`)
    // What mbox files begin with.
    else if (!(fields.length === 0 && /^>?From /.test(line))) return { fields, bodyOffset: offset }
    offset = next
  }
  return isWhole ? { fields, bodyOffset: start.length } : null
}

const notSent = new Set(['bcc', 'resent-bcc', 'return-path'])

export interface Missing {
  readonly from: string
  readonly date: string
  readonly messageId: string
}

/** The header as it goes out, with the empty line that ends it, and the Message-ID it has. */
export function finishHeader(fields: readonly string[], missing: Missing): { readonly text: string; readonly messageId: string } {
  const kept = fields.filter((field) => !notSent.has(nameOf(field)))
  const names = new Set(kept.map(nameOf))
  const added = [
    ...(names.has('from') ? [] : [missing.from]),
    ...(names.has('date') ? [] : [`Date: ${missing.date}`]),
    ...(names.has('message-id') ? [] : [`Message-ID: ${missing.messageId}`]),
  ]
  const own = kept.find((field) => nameOf(field) === 'message-id')
  const messageId = own === undefined ? missing.messageId : own.slice(own.indexOf(':') + 1).replace(/\s+/g, ' ').trim()
  return { text: [...added, ...kept].map((field) => `${field}\r\n`).join('') + '\r\n', messageId }
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':')).trim().toLowerCase()
}
