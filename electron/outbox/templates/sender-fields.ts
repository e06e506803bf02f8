/** What a template can say about the sender: the account's user information, its six own fields among it (PRODUCT A7). */
import type { Account } from '../../../shared/model/account.ts'
import { fieldName } from '../../../shared/model/template.ts'

/** An own field is `field_1` to `field_6`, and also what its label says, where that is not taken. */
export function senderFieldsOf({ user }: Pick<Account, 'user'>): Readonly<Record<string, string>> {
  const own = user.ownFields.flatMap(({ label, value }, index) => [[`field_${index + 1}`, value], [fieldName(label), value]] as const).filter(([name]) => name !== '')
  return {
    ...Object.fromEntries(own.toReversed()),
    name: user.displayName,
    address: user.address,
    organization: user.organization,
    job_title: user.jobTitle,
    telephone: user.telephone,
    reply_to_name: user.replyToName,
    reply_to_address: user.replyToAddress,
  }
}
