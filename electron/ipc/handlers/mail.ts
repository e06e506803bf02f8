/** `mail.…`: fetching, and the messages stored here. */
import { chunkBytes } from '../../../shared/contract/methods.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import { nothingOf } from '../nothing-of.ts'
import type { Parts } from '../parts.ts'

export function mailHandlers({ mail, accounts, runs }: Pick<Parts, 'mail' | 'accounts' | 'runs'>): HandlersOf<'mail'> {
  return {
    'mail.fetch'({ accountIds }) {
      const ids = accountIds ?? accounts.list().filter(({ incoming }) => incoming !== null).map(({ id }) => id)
      for (const id of ids) {
        const account = accounts.get(id)
        if (!account.ok) return account
        if (account.value.incoming === null) return failed('account.cannot-receive', { name: account.value.name })
      }
      return done({ jobIds: ids.map((id) => runs.fetch(id)) })
    },
    'mail.list'(query) {
      const { messages, total } = mail.list(query)
      return done({ messages: [...messages], total })
    },
    'mail.read': ({ id }) => mail.read(id),
    'mail.markSeen'({ ids, seen }) {
      mail.markSeen(ids, seen)
      return done({})
    },
    'mail.markPrivate'({ ids, private: isPrivate }) {
      mail.markPrivate(ids, isPrivate)
      return done({})
    },
    'mail.delete': async ({ ids }) => nothingOf(await mail.delete(ids)),
    'mail.source': async ({ id, offset }) => asChunk(await mail.source(id, offset, chunkBytes)),
    'mail.attachment': async ({ id, index, offset }) => asChunk(await mail.attachment(id, index, offset, chunkBytes)),
  }
}

function asChunk(outcome: Outcome<{ readonly bytes: Uint8Array; readonly size: number }>): Outcome<{ base64: string; size: number }> {
  return outcome.ok ? done({ base64: Buffer.from(outcome.value.bytes).toString('base64'), size: outcome.value.size }) : outcome
}
