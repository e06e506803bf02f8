/**
 * What a mail says as a whole: what was written, the signature, and the footers of the account, its unit and the organization,
 * in this order (PRODUCT D6). It is plain text for as long as nothing in it is formatted; as soon as one part is, the whole has an
 * HTML form too, and every part is in both. HTML is made safe here, where all of it comes together: a part of it came from the
 * window, which is not believed.
 */
import { cleanHtml } from '../../shared/html/clean-html.ts'
import { textOfHtml } from '../../shared/html/text-of-html.ts'
import { isEmpty, type Letterhead } from '../../shared/model/letterhead.ts'
import type { Passage } from '../../shared/model/levels.ts'
import type { ComposedMail } from '../../shared/model/outgoing-mail.ts'
import { escapeHtml, htmlOfText } from '../../shared/html/html-of-text.ts'

export interface LetterWords {
  readonly text: string
  /** null = plain text only. */
  readonly html: string | null
}

export function letterWords({ signature, footers }: Pick<Letterhead, 'signature' | 'footers'>, mail: Pick<ComposedMail, 'text' | 'html' | 'subject'>): LetterWords {
  const body = { text: mail.text, html: mail.html ?? '' }
  const below = footers.filter((footer) => !isEmpty(footer))
  const isSigned = !isEmpty(signature)
  // The line every mail program knows: "-- " (RFC 3676 section 4.3).
  const text = [textOf(body), ...(isSigned ? [`-- \n${textOf(signature)}`] : []), ...below.map(textOf)].join('\n\n')
  if ([body, signature, ...below].every(({ html }) => html.trim() === '')) return { text, html: null }
  const written = cleanHtml(htmlOf(body))
  const parts = [
    written.body,
    ...(isSigned ? [`<div style="margin-top:16px">${cleanHtml(htmlOf(signature)).body}</div>`] : []),
    ...below.map((footer) => `<div style="margin-top:16px;padding-top:8px;border-top:1px solid #c8c8c8;font-size:12px;color:#555555">${cleanHtml(htmlOf(footer)).body}</div>`),
  ]
  return { text, html: page(mail.subject, written.styles, parts.join('\n')) }
}

function textOf({ text, html }: Passage): string {
  return text.trim() !== '' || html.trim() === '' ? text : textOfHtml(html)
}

function htmlOf({ text, html }: Passage): string {
  return html.trim() !== '' ? html : htmlOfText(text)
}

/** Calibri 11 points is what Outlook's mails look like. */
function page(title: string, styles: string, body: string): string {
  const sheet = styles === '' ? '' : `<style>${styles}</style>`
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>${sheet}</head><body style="font-family:Calibri,Arial,sans-serif;font-size:15px">\n${body}\n</body></html>\n`
}
