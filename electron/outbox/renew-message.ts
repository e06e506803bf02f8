/** A frozen message once more, as a new one: the same bytes but for its Message-ID and Date (RFC 5322 sections 3.6.1 and 3.6.4). */
import { createReadStream } from 'node:fs'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import { systemCodeOf } from '../storage/system-code.ts'
import type { MailStamp } from './compose-mail.ts'
import { headerOf } from './freeze-mail.ts'

const renewed = /^(?:message-id|date)[ \t]*:/i

export async function renewMessage(file: string, { messageId, date }: MailStamp): Promise<Outcome<AsyncIterable<Uint8Array>>> {
  try {
    const header = await headerOf(file)
    if (header === null) return failed('mail.unreadable')
    const own = [`Date: ${date.toUTCString().replace('GMT', '+0000')}`, `Message-ID: ${messageId}`]
    const fields = [...own, ...header.fields.filter((field) => !renewed.test(field))]
    return done(withBody(fields.map((field) => `${field}\r\n`).join('') + '\r\n', file, header.bodyOffset))
  } catch (error) {
    if (systemCodeOf(error) === null) throw error
    return failed('mail.unreadable')
  }
}

async function* withBody(header: string, file: string, offset: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(header, 'latin1')
  yield* createReadStream(file, { start: offset })
}
