/** What the outbox shows of a message another program wrote: its addressees, subject, text and the names of its attachments. */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Writable } from 'node:stream'
import type { AddressObject, AttachmentStream, EmailAddress, Headers, MessageText } from 'mailparser'

export interface FinishedMessage {
  readonly from: Addressee | null
  readonly to: readonly Addressee[]
  readonly cc: readonly Addressee[]
  readonly bcc: readonly Addressee[]
  readonly subject: string
  readonly text: string
  readonly attachmentNames: readonly string[]
}

export interface Addressee {
  readonly name: string
  readonly address: string
}

/** Characters of text that are kept for showing. */
const textLimit = 200_000

/** Attachments are read past, never kept. What cannot be taken apart leaves its part of the answer empty. */
export async function readFinishedMessage(file: string): Promise<FinishedMessage> {
  const { MailParser } = await import('mailparser')
  const parser = new MailParser({ skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
  let headers: Headers = new Map()
  let text = ''
  const attachmentNames: string[] = []
  parser.on('headers', (found: Headers) => {
    headers = found
  })
  const sink = new Writable({
    objectMode: true,
    write(part: AttachmentStream | MessageText, _encoding, next) {
      if (part.type === 'text') {
        text = part.text ?? ''
        return next()
      }
      attachmentNames.push(oneLine(part.filename ?? `attachment-${attachmentNames.length + 1}`))
      part.content.on('end', () => {
        part.release()
        next()
      })
      part.content.on('data', () => undefined)
    },
  })
  await pipeline(createReadStream(file), parser, sink).catch((error: unknown) => {
    if (error instanceof Error && 'syscall' in error) throw error
  })
  const subject: unknown = headers.get('subject')
  return {
    from: addressesIn(headers.get('from'))[0] ?? null,
    to: addressesIn(headers.get('to')),
    cc: addressesIn(headers.get('cc')),
    bcc: addressesIn(headers.get('bcc')),
    subject: oneLine(typeof subject === 'string' ? subject : ''),
    text: text.slice(0, textLimit).toWellFormed(),
    attachmentNames,
  }
}

/** Groups are taken apart (RFC 5322 section 3.4); a field given twice counts twice. */
function addressesIn(field: unknown): readonly Addressee[] {
  const fields = (Array.isArray(field) ? field : field === undefined ? [] : [field]) as readonly AddressObject[]
  const flat = (entry: EmailAddress): readonly EmailAddress[] => entry.group?.flatMap(flat) ?? [entry]
  return fields
    .flatMap(({ value }) => value.flatMap(flat))
    .map(({ name, address }) => ({ name: oneLine(name), address: (address ?? '').trim() }))
    .filter(({ name, address }) => name !== '' || address !== '')
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim().slice(0, 998).toWellFormed()
}
