/**
 * A whole message, for reading: its text, its HTML with the images it carries, its attachments. Never fails on what a sender
 * sent: what cannot be taken apart comes as `null`, and is shown raw. The HTML is as it came; whoever shows it cleans it.
 */
import { createReadStream } from 'node:fs'
import type { simpleParser } from 'mailparser'
import { oneLine } from './one-line.ts'

export interface ParsedMessage {
  readonly text: string | null
  readonly html: string | null
  readonly attachments: readonly ParsedAttachment[]
}

export interface ParsedAttachment {
  readonly name: string
  readonly contentType: string
  readonly inline: boolean
  readonly bytes: Uint8Array
}

/** A larger file is not taken apart, only kept and exported: all of its parts would be in memory at once. */
export const parseLimit = 100 * 1024 * 1024
/** Characters of text, of HTML, and of the images inlined into it: together what one answer to a window may hold. */
const textLimit = 2_000_000
const htmlLimit = 4_000_000
const imagesLimit = 6_000_000
/** HTML without a text beside it is turned into text up to this length; the conversion is one piece of work. */
const convertLimit = 300_000

type Options = NonNullable<Parameters<typeof simpleParser>[1]> & { readonly maxInlinedImagesSize: number }

export async function parseMessage(file: string): Promise<ParsedMessage | null> {
  const options: Options = { skipTextToHtml: true, skipTextLinks: true, maxHtmlLengthToParse: convertLimit, maxInlinedImagesSize: imagesLimit }
  // The second try gives up the one thing that fails on long or broken HTML.
  return (await tryParsing(file, options)) ?? (await tryParsing(file, { ...options, skipHtmlToText: true }))
}

async function tryParsing(file: string, options: Options): Promise<ParsedMessage | null> {
  // Late: the library takes longer to load than a list to show.
  const { simpleParser } = await import('mailparser')
  const source = createReadStream(file)
  try {
    const { text, html, attachments } = await simpleParser(source, options)
    return {
      text: text === undefined || text === '' ? null : text.slice(0, textLimit).toWellFormed(),
      html: html === false || html.length > htmlLimit + imagesLimit ? null : html.toWellFormed(),
      attachments: attachments.map(({ filename, contentType, cid, related, content }, index) => ({
        name: oneLine(filename ?? '', 255).replace(/[/\\]/g, '_') || `attachment-${index + 1}`,
        contentType: oneLine(contentType, 127) || 'application/octet-stream',
        // The library leaves `related` out where it is not, whatever its types say.
        inline: Boolean(related) && cid !== undefined,
        bytes: content,
      })),
    }
  } catch {
    return null
  } finally {
    source.destroy()
  }
}
