/** Makes the beginning of an answer: to whom, about what, and the words it answers, quoted. */
import { escapeHtml, htmlOfText, quoteStyle } from '../../shared/html/html-of-text.ts'
import { textOfHtml } from '../../shared/html/text-of-html.ts'
import type { MailboxAddress, MessageView } from '../../shared/model/message.ts'
import { isMailAddress } from '../../shared/model/text-field.ts'
import type { AddressTag } from './address-tags.ts'

export interface Answer {
  readonly to: readonly AddressTag[]
  readonly subject: string
  readonly text: string
  /** Formatted; null = the answer is as plain as what it answers. */
  readonly html: string | null
  /** null when the message has no Message-ID to refer to. */
  readonly inReplyTo: string | null
}

const longestSubject = 998
const longestQuote = 100_000
/** A longer one is quoted as its text: the editor holds all of it. */
const longestHtmlQuote = 300_000

/** `opening` is the line above the quote, such as "On 3 May, Jan wrote:". RFC 5322 section 3.6.2: Reply-To before From. */
export function answerTo(message: MessageView, opening: string): Answer {
  const text = `\n\n${opening}\n${quoted(message.text ?? textOfHtml(message.html ?? ''))}\n`
  const to = message.replyTo.length > 0 ? message.replyTo : message.from === null ? [] : [message.from]
  return {
    to: to.map(tagFor),
    subject: /^(re|antw|aw|sv)\s*:/i.test(message.subject) ? message.subject : `Re: ${message.subject}`.trim().slice(0, longestSubject),
    text,
    html: message.html === null ? null : formatted(message.html, text, opening),
    inReplyTo: message.messageId,
  }
}

/** A new mail to somebody. */
export function letterTo(mailbox: MailboxAddress): Answer {
  return { to: [tagFor(mailbox)], subject: '', text: '', html: '', inReplyTo: null }
}

function tagFor(mailbox: MailboxAddress): AddressTag {
  return { name: mailbox.name.replaceAll(/[\r\n\t]+/g, ' '), address: mailbox.address, problem: isMailAddress(mailbox.address) ? null : 'not-an-address' }
}

/** The editor takes of somebody's HTML only what it knows (`editor/import-html.ts`). */
function formatted(html: string, text: string, opening: string): string {
  if (html.length > longestHtmlQuote) return htmlOfText(text)
  return `<div><br></div><div><br></div><div>${escapeHtml(opening)}</div><blockquote style="${quoteStyle}">${html}</blockquote>`
}

/** RFC 3676 section 4.5: a quoted line gets one more ">", with a space only before words of depth 0. */
function quoted(text: string): string {
  const lines = text.slice(0, longestQuote).replace(/\r\n?/g, '\n').trimEnd().split('\n')
  return lines.map((line) => (line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`)).join('\n')
}
