/**
 * What a mail says as a whole: what was written, the signature, and the footers of the account, its unit and the organization,
 * in this order (PRODUCT D6). It is plain text for as long as nothing in it is formatted; as soon as one part is, the whole has an
 * HTML form too, and every part is in both.
 */
import { isEmpty, type Letterhead } from '../../shared/model/letterhead.ts'
import type { Passage } from '../../shared/model/levels.ts'
import type { ComposedMail } from '../../shared/model/outgoing-mail.ts'
import { escapeHtml, htmlOfText } from './html-of-text.ts'
import { htmlLines } from './returned/html-lines.ts'

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
  const parts = [
    htmlOf(body),
    ...(isSigned ? [`<div>${htmlOf(signature)}</div>`] : []),
    ...below.map((footer) => `<div style="margin-top:16px;padding-top:8px;border-top:1px solid #c8c8c8;font-size:12px;color:#555555">${htmlOf(footer)}</div>`),
  ]
  return { text, html: page(mail.subject, parts.join('\n')) }
}

function textOf({ text, html }: Passage): string {
  return text.trim() !== '' || html.trim() === '' ? text : readable(html)
}

function htmlOf({ text, html }: Passage): string {
  return html.trim() !== '' ? html : htmlOfText(text)
}

function readable(html: string): string {
  const lines = htmlLines(html).replaceAll(/[ \t]+/g, ' ').split('\n').map((line) => line.trim())
  return lines.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim()
}

function page(title: string, body: string): string {
  // Somebody's own whole page is not put into another one.
  if (/^\s*(?:<!doctype|<html)/i.test(body)) return body
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body style="font-family:Calibri,Arial,sans-serif;font-size:15px">\n${body}\n</body></html>\n`
}
