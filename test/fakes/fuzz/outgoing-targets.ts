/**
 * What goes out, whatever was typed, merged into a template or piped in by another program: a server that reads lines in another way than
 * others do finds the end of the message, and its header fields, where everybody does ("SMTP smuggling").
 */
import fc from 'fast-check'
import { inWireForm, withFrom } from '../../../electron/hosts/terminal/piped-message.ts'
import { composeMail } from '../../../electron/outbox/compose-mail.ts'
import { CrlfLines } from '../../../electron/outbox/crlf-lines.ts'
import { finishHeader, splitMessage } from '../../../electron/outbox/finish-header.ts'
import { unpackXlsx } from '../../../electron/outbox/batches/unpack-xlsx.ts'
import { readTable } from '../../../electron/outbox/batches/read-table.ts'
import { TableError } from '../../../electron/outbox/batches/table.ts'
import { Unstuffer } from '../../../electron/protocols/pop3/unstuff.ts'
import { stuff } from '../../../electron/protocols/smtp/message-stream.ts'
import { xlsxOf } from '../xlsx-of.ts'
import { mutated } from './mutated.ts'
import { checkSame, type Target, target } from './target.ts'

const binary = (text: string) => Buffer.from(text, 'latin1')
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
const ends = ['\r\n.\r\n', '\n.\n', '\r.\r', '\n.\r\n', '\r\n.\r', '\r\n\0.\r\n', '\r\0\n.\r\n', '\r\n..', '.', 'MAIL FROM:<x@y>\r\n']
const finished = mutated(['From: office@shop.example\r\nTo: a@b.example\r\nSubject: s\r\n folded\r\n\r\ntext\r\n.\r\nmore\r\n', 'Subject: s\nBcc: a@b.example\n\n.\n', '\r\n.\r\n'], ends)
const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), mutated(['Jan', 'jan@customer.example', 'Zo\xeb "de" Wit; <x>'], ['\r\nBcc: x@y.example', '\n\n', '\r.\r', '\u0085', '=?utf-8?Q?=0D=0A?=', '"', '\\', '<', '>', ',', ';', ':']))

/** Again and again pieces of these sizes. */
function* cut(bytes: Buffer, pieces: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = pieces[turn % pieces.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

function lines(text: string, pieces: readonly number[]): Buffer {
  const made = new CrlfLines()
  return Buffer.concat([...cut(binary(text), pieces)].map((piece) => made.next(piece)).concat(made.end()))
}

/** As DATA has it, up to its last line end. */
function dotted(message: Buffer, pieces: readonly number[]): Buffer {
  let before: readonly [number, number] = [13, 10]
  return Buffer.concat([...cut(message, pieces)].map((piece) => {
    const stuffed = stuff(piece, before)
    before = [piece.at(-2) ?? before[1], piece.at(-1) ?? 10]
    return stuffed
  }))
}

function checkSound(message: string): void {
  if (/\0|\r(?!\n)|(?<!\r)\n/.test(message)) throw new Error(`what servers read in different ways: ${JSON.stringify(message.slice(0, 500))}`)
}

export const outgoingTargets: readonly Target[] = [
  target('messages on their way out, whatever their pieces', fc.tuple(finished, sizes, sizes), ([text, one, other]) => {
    const message = lines(text, one)
    checkSound(message.toString('latin1'))
    checkSame(message.toString('latin1'), lines(text, other).toString('latin1'), 'the same message in other pieces')
    const wire = dotted(message, one)
    checkSame(wire.toString('latin1'), dotted(message, other).toString('latin1'), 'the same dots in other pieces')
    if (/(?:^|\r\n)\.\r\n/.test(wire.toString('latin1'))) throw new Error('an end before its end')
    const there = new Unstuffer()
    const { content, rest } = there.take(Buffer.concat([wire, binary(message.toString('latin1').endsWith('\r\n') || message.length === 0 ? '.\r\n' : '\r\n.\r\n')]))
    if (!there.over || rest.length > 0) throw new Error('not over where it ends')
    const arrived = Buffer.concat(content).toString('latin1')
    if (arrived !== message.toString('latin1') && arrived !== `${message.toString('latin1')}\r\n`) throw new Error('what arrives is something else')
  }),
  target('messages of other programs', fc.tuple(finished, fc.boolean()), ([text, dotEnds]) => {
    const wire = withFrom(inWireForm(binary(text), dotEnds), { name: 'Office', address: 'office@shop.example' }).toString('latin1')
    const split = splitMessage(wire, true)
    if (split === null) return
    const header = finishHeader(split.fields, { from: 'From: <office@shop.example>', date: 'x', messageId: '<1@shop.example>' }).text
    checkSound(lines(header, [7]).toString('latin1'))
    if (/^bcc[ \t]*:/im.test(header)) throw new Error('a hidden recipient shows')
    if (header.indexOf('\r\n\r\n') !== header.length - 4) throw new Error('a header that ends twice')
  }),
  target('letters of any words', fc.tuple(words, words, words, words, words), async ([name, address, subject, file, text]) => {
    const party = { name, address }
    const letterhead = { from: { name, address: 'office@shop.example' }, mailFrom: 'office@shop.example', replyTo: party, organization: name, signature: { text: '', html: '' }, footers: [], readReceipt: 'reply-to', deliveryReport: false, accountAddress: 'office@shop.example' } as const
    const pieces: Uint8Array[] = []
    for await (const piece of composeMail(letterhead, { to: [party], cc: [], subject, text, html: null, inReplyTo: subject, readReceipt: null }, [{ name: file, path: '', content: Buffer.from(text) }], { messageId: '<1@shop.example>', date: new Date(0) })) pieces.push(piece)
    const message = Buffer.concat(pieces).toString('latin1')
    checkSound(message)
    const names = message.slice(0, message.indexOf('\r\n\r\n')).split('\r\n').filter((line) => !/^[ \t]/.test(line)).map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
    const strange = names.filter((field) => !/^(?:user-agent|organization|disposition-notification-to|from|to|reply-to|subject|message-id|in-reply-to|references|date|content-type|content-disposition|content-transfer-encoding|mime-version)$/.test(field))
    if (strange.length > 0 || new Set(names).size < names.length) throw new Error(`fields that nobody wrote: ${names.join()}`)
  }),
  target('workbooks', mutated([xlsxOf([['number', 'to'], [1, 'anna@buyer.example']]).toString('latin1')], ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', '\xff\xff\xff\xff', '<row r="99999999">', '<c r="ZZZZZZ9">', '&lt;', '<!DOCTYPE x [<!ENTITY a "b">]>']), async (text) => {
    try {
      unpackXlsx(binary(text))
    } catch (error) {
      if (!(error instanceof TableError)) throw error
    }
    await readTable(binary(text)).catch((error: unknown) => {
      if (!(error instanceof TableError)) throw error
    })
  }),
]
