/** What every mail of an account has before anybody writes one: who it is from, where answers go, and what stands under it. */
import type { AccountDraft } from './account.ts'
import { type Levels, type Passage, unitOf } from './levels.ts'
import { houseServerFor } from './way-out.ts'

export interface Party {
  readonly name: string
  readonly address: string
}

export interface Letterhead {
  readonly from: Party
  /** The envelope's sender (RFC 5321 section 4.1.1.2): where bounces go. */
  readonly mailFrom: string
  /** null = to `from`. */
  readonly replyTo: Party | null
  readonly organization: string
  readonly signature: Passage
  /** D6: the account's, its unit's, the organization's, in this order; those that say nothing are left out. */
  readonly footers: readonly Passage[]
  /** D7: what is asked for where the mail itself says nothing, and the addresses a read receipt can go to. */
  readonly readReceipt: 'none' | 'account' | 'reply-to'
  readonly deliveryReport: boolean
  readonly accountAddress: string
}

export function letterheadOf(account: AccountDraft, levels: Levels): Letterhead {
  const { user, sending } = account
  const self = { name: user.displayName, address: user.address }
  const wanted = user.replyToAddress === '' ? null : { name: user.replyToName, address: user.replyToAddress }
  const house = account.outgoing?.server.use === 'shared' ? houseServerFor(account, levels)?.server : undefined
  const noReply = house === undefined || house.noReplyAddress === '' ? null : { name: house.noReplyName || user.displayName, address: house.noReplyAddress }
  const from = noReply ?? self
  return {
    from,
    mailFrom: from.address,
    // Whoever answers a no-reply sender reaches the one who wrote.
    replyTo: wanted ?? (noReply === null ? null : self),
    organization: user.organization || levels.organization.name,
    signature: sending.signature,
    footers: [sending.footer, unitOf(levels, account.unitId)?.footer, levels.organization.footer].filter((passage) => passage !== undefined).filter((passage) => !isEmpty(passage)),
    readReceipt: sending.readReceipt,
    deliveryReport: sending.deliveryReport,
    accountAddress: user.address,
  }
}

export function isEmpty({ text, html }: Passage): boolean {
  return text.trim() === '' && html.trim() === ''
}
