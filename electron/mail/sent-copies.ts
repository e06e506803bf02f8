/**
 * Mail a person sent, from here or with another program, that comes in from the server (PRODUCT C5): under one of the accounts'
 * own addresses, or from the folder for sent mail. It is outgoing: private as the account wants that, or, where the outbox has the
 * very mail, as it is there. All its recipients count, so its Cc is written down too; of other mail nobody asks for it.
 */
import { join } from 'node:path'
import type { Account, AccountId } from '../../shared/model/account.ts'
import type { MailboxAddress, MessageKey } from '../../shared/model/message.ts'
import type { Database } from '../storage/database.ts'
import { storageFailure } from '../storage/storage-failure.ts'
import type { StoredFile } from './incoming-batch.ts'
import { headerLimit } from './message-headers.ts'
import { readMoreHeaders } from './read-headers.ts'
import { readRange } from './read-range.ts'

/** Which of an account's mail is private, by direction. */
export type Privacy = Account['privacy']

export interface SentCopy {
  readonly cc: readonly MailboxAddress[]
  readonly messageId: string | null
}

export function sentCopies({ database, root }: { readonly database: Database; readonly root: string }) {
  const own = database.prepare('SELECT 1 FROM own_address WHERE key = address_key(?)')
  const use = database.prepare('SELECT special_use FROM folder WHERE account_id = ? AND path = ?')
  const entry = database.prepare('SELECT private FROM outgoing WHERE message_id = ?')
  // A Message-ID, if only an empty one, says that it was noted.
  const write = database.prepare("UPDATE message SET cc = ?, message_id = coalesce(?, '') WHERE id = ? AND message_id IS NULL")

  /** Those of these, already whole on the disk, that were sent. */
  async function recognise(accountId: AccountId, folder: string, files: readonly StoredFile[]): Promise<ReadonlyMap<StoredFile, SentCopy>> {
    const copies = new Map<StoredFile, SentCopy>()
    const isForSent = use.get(accountId, folder)?.['special_use'] === 'sent'
    for (const file of files) {
      const { from } = file.headers
      if (isForSent || (from !== null && own.get(from.address) !== undefined)) copies.set(file, await read(file))
    }
    return copies
  }

  async function read({ file }: StoredFile): Promise<SentCopy> {
    try {
      return readMoreHeaders((await readRange(join(root, file), 0, headerLimit)).bytes)
    } catch (error) {
      // It is sent mail all the same, to those of its To.
      storageFailure(error, 'mail')
      return { cc: [], messageId: null }
    }
  }

  return {
    recognise,
    isPrivate(copy: SentCopy | undefined, privacy: Privacy): boolean {
      if (copy === undefined) return privacy.incoming
      const here = copy.messageId === null ? undefined : entry.get(copy.messageId)
      return here === undefined ? privacy.outgoing : here['private'] === 1
    },
    /** After its row was written, in the same transaction. False = it was noted before. */
    note: ({ cc, messageId }: SentCopy, id: MessageKey): boolean => Number(write.run(JSON.stringify(cc), messageId, id).changes) > 0,
  }
}
