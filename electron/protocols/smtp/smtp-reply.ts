/** A reply of an SMTP server (RFC 5321 section 4.2), with its enhanced status code (RFC 3463, RFC 2034) where it has one. */
export interface SmtpReply {
  readonly code: number
  /** Class, subject, detail: `5.7.139` is [5, 7, 139]. */
  readonly enhanced: readonly [number, number, number] | null
  /** The lines without their codes. */
  readonly lines: readonly string[]
}

/** Null = not a reply: all lines of one have the same code (RFC 5321 section 4.2.1), so nobody can tell what one with two means. */
export function parseReply(lines: readonly string[]): SmtpReply | null {
  const parsed = lines.map((line) => /^([2-5]\d\d)(?:[ -](?:(\d)\.(\d{1,3})\.(\d{1,3})(?: |$))?(.*))?$/s.exec(line))
  const last = parsed.at(-1)
  if (last === null || last === undefined || parsed.some((line) => line?.[1] !== last[1])) return null
  const [, code, status, subject, detail] = last
  return {
    code: Number(code),
    enhanced: status === undefined ? null : [Number(status), Number(subject), Number(detail)],
    lines: parsed.map((line) => line?.[5] ?? ''),
  }
}

/** As a person reads it: code, enhanced code and all lines. */
export function spoken({ code, enhanced, lines }: SmtpReply): string {
  return [String(code), ...(enhanced === null ? [] : [enhanced.join('.')]), ...lines].join(' ').trim()
}
