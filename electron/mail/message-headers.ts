/** What a list shows of a message, and how much of it is looked at for that. */
import type { MailboxAddress } from '../../shared/model/message.ts'

export interface MessageHeaders {
  readonly from: MailboxAddress | null
  readonly to: readonly MailboxAddress[]
  readonly subject: string
  /** Milliseconds since 1970; null when there is no Date that can be read. */
  readonly date: number | null
  /** As far as the header tells: only the parts themselves tell for sure. */
  readonly hasAttachments: boolean
  /** False = not one header field could be recognised. */
  readonly readable: boolean
  /** Sent to many, or by a program: a list (RFC 2369, RFC 2919), a newsletter, an automatic answer (RFC 3834). */
  readonly bulk: boolean
}

/** So much of a message is looked at for its headers, bytes. */
export const headerLimit = 256 * 1024
