/**
 * How many of a folder's returned mails are read right: `expected.json` names for each `.eml` what is known of it, one entry per
 * recipient, `{ hardBounce, reason, replyCode, status, recipient? }`. Right means: hard, temporary, delivered or no bounce as
 * expected, and, where the file names it, the recipient.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readReturnedMail } from '../../../electron/outbox/returned/read-returned-mail.ts'
import type { ReturnedMail } from '../../../electron/outbox/returned/returned-mail.ts'

export type Kind = 'hard' | 'temporary' | 'delivered' | 'no-bounce'

export interface FileScore {
  readonly file: string
  readonly expected: readonly Kind[]
  readonly found: readonly Kind[]
  /** Entries of `expected` that were found. */
  readonly right: number
  /** Null = the file names no recipient. */
  readonly recipientRight: boolean | null
  readonly milliseconds: number
  readonly read: ReturnedMail
}

const entry = z.object({ hardBounce: z.boolean(), reason: z.string(), recipient: z.string().optional() })
const expectations = z.record(z.string(), z.array(entry))

/** Mails without an expectation are ones that are no bounce. */
export function scoreBounces(folder: string): readonly FileScore[] {
  const expected = expectations.parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')))
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml')).toSorted()
  const warm = files.map((name) => readFileSync(join(folder, name)))
  for (const bytes of warm) readReturnedMail(bytes)
  return files.map((file, index) => scoreFile(file, warm[index] ?? new Uint8Array(), expected[file] ?? []))
}

function scoreFile(file: string, bytes: Uint8Array, entries: readonly z.infer<typeof entry>[]): FileScore {
  // The quickest of three: what else runs on the machine is no property of the mail.
  const times = [0, 1, 2].map(() => {
    const started = performance.now()
    readReturnedMail(bytes)
    return performance.now() - started
  })
  const milliseconds = Math.min(...times)
  const read = readReturnedMail(bytes)
  const expected = entries.length === 0 ? (['no-bounce'] as const) : entries.map(kindOf)
  const found = kindsFound(read)
  const left = [...found]
  const right = expected.filter((kind) => {
    const at = left.indexOf(kind)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }).length
  return { file, expected, found, right, recipientRight: recipientsRight(read, bytes, entries), milliseconds, read }
}

function kindOf({ hardBounce, reason }: z.infer<typeof entry>): Kind {
  if (reason === 'delivered') return 'delivered'
  if (reason === 'vacation' || reason === 'feedback') return 'no-bounce'
  return hardBounce ? 'hard' : 'temporary'
}

function kindsFound(read: ReturnedMail): readonly Kind[] {
  return read.is === 'delivery-report' ? read.recipients.map(({ bounce }) => bounce ?? 'delivered') : ['no-bounce']
}

/** A file names its recipients in these fields; else they stand in its text, as those of the returned mail or as somebody other than who is told. */
function recipientsRight(read: ReturnedMail, bytes: Uint8Array, entries: readonly z.infer<typeof entry>[]): boolean | null {
  if (entries.some((one) => kindOf(one) === 'no-bounce')) return null
  const text = Buffer.from(bytes).toString('utf8').replaceAll(/\r?\n[ \t]+(?=\S*@)/g, (fold, at: number, whole: string) => (/(?:^|\n)[\w-]+:[^\n]*$/.test(whole.slice(Math.max(0, at - 500), at)) ? ' ' : fold))
  const given = entries.flatMap(({ recipient }) => (recipient === undefined ? [] : [recipient]))
  const fields = addresses(text.matchAll(/^(?:Final-Recipient|Original-Recipient|X-Actual-Recipient|X-Failed-Recipients):(.*)$/gim))
  const body = text.search(/\r?\n\r?\n/)
  const told = new Set(addresses(text.slice(0, body).matchAll(/^(?:To|From|Reply-To):(.*)$/gim)))
  const returned = [...addresses(text.slice(body).matchAll(/^To:(.*)$/gim)), ...addresses(text.slice(body).matchAll(/^([ \t*<"'].*@.*|\S+@.*)$/gim)).filter((address) => !told.has(address))]
  const named = new Set((given.length > 0 ? given : fields.length > 0 ? fields : returned).map((address) => address.toLowerCase()))
  if (named.size === 0) return null
  const found = read.is === 'delivery-report' ? read.recipients : []
  return found.length > 0 && found.every(({ recipient }) => recipient !== null && named.has(recipient.toLowerCase()))
}

function addresses(matches: Iterable<RegExpMatchArray>): readonly string[] {
  return [...matches].flatMap(([, value = '']) => value.match(/[^\s<>;"',:]+@[^\s<>;"',:]+/g) ?? [])
}
