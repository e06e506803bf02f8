/** `mail.…`: fetching, and the messages stored here. */
import { chunkBytes } from '../../../shared/contract/methods.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import type { Account, AccountId } from '../../../shared/model/account.ts'
import type { JobId } from '../../../shared/model/job.ts'
import type { HandlersOf } from '../handlers.ts'
import { nothingOf } from '../nothing-of.ts'
import type { Parts } from '../parts.ts'

export function mailHandlers({ mail, accounts, jobs, runs, changed }: Pick<Parts, 'mail' | 'accounts' | 'jobs' | 'runs' | 'changed'>): HandlersOf<'mail'> {
  function receiving(id: AccountId): Outcome<Account> {
    const account = accounts.get(id)
    return account.ok && account.value.incoming === null ? failed('account.cannot-receive', { name: account.value.name }) : account
  }

  return {
    'mail.fetch'({ accountIds }) {
      const ids = accountIds ?? accounts.list().filter(({ incoming }) => incoming !== null).map(({ id }) => id)
      for (const id of ids) {
        const account = receiving(id)
        if (!account.ok) return account
      }
      const before = new Set(jobs.open().map(({ id }) => id))
      const jobIds = ids.map((id) => runs.fetch(id))
      return done({ jobIds, joined: jobIds.filter((id) => before.has(id)) })
    },
    'mail.folders'({ accountId }) {
      if (accountId === null) return done({ folders: accounts.list().filter(({ incoming }) => incoming !== null).flatMap(({ id }) => [...mail.folders(id)]) })
      const account = accounts.get(accountId)
      return account.ok ? done({ folders: [...mail.folders(accountId)] }) : account
    },
    async 'mail.changeFolder'({ accountId, change }) {
      const account = receiving(accountId)
      if (!account.ok) return account
      const changed = await runs.changeFolder(accountId, change)
      return changed.ok ? done({ jobId: runs.fetch(accountId) }) : changed
    },
    async 'mail.move'({ ids, from, to }) {
      const places = mail.placesOf(ids, from)
      if (places.length < ids.length) return failed('message.gone')
      const jobIds: JobId[] = []
      for (const [accountId, own] of Map.groupBy(places.filter(({ folder }) => folder !== to), (place) => place.accountId)) {
        const byFolder = new Map([...Map.groupBy(own, ({ folder }) => folder)].map(([folder, some]) => [folder, some.map(({ serverId }) => serverId)]))
        const moved = await runs.moveMessages(accountId, byFolder, to)
        // What was moved before shows all the same.
        jobIds.push(runs.fetch(accountId))
        if (!moved.ok) return moved
      }
      return done({ jobIds })
    },
    'mail.list'(query) {
      const { messages, total, place } = mail.list(query)
      return done({ messages: [...messages], total, place })
    },
    'mail.read': ({ id }) => mail.read(id),
    'mail.markSeen'({ ids, seen }) {
      mail.markSeen(ids, seen)
      return done({})
    },
    'mail.markFlagged'({ ids, flagged }) {
      mail.markFlagged(ids, flagged)
      return done({})
    },
    'mail.markPrivate'({ ids, private: isPrivate }) {
      mail.markPrivate(ids, isPrivate)
      return done({})
    },
    'mail.delete': async ({ ids, folder }) => nothingOf(await mail.delete(ids, folder)),
    'mail.undoDelete'({ ids }) {
      const { undone, again } = mail.undoDelete(ids)
      return done({ undone: [...undone], again: [...again] })
    },
    'mail.previewRemovals'({ accountId, delivery: other }) {
      const account = receiving(accountId)
      if (!account.ok) return account
      const delivery = other ?? account.value.delivery
      return done({ ...mail.previewRemovals(accountId, delivery), delivery, confirmed: mail.mayRemove(accountId, delivery) })
    },
    'mail.confirmRemovals'({ accountId, delivery }) {
      const account = receiving(accountId)
      if (!account.ok) return account
      mail.agreeToRemovals(accountId, delivery)
      changed('accounts.changed')
      return done({})
    },
    'mail.removals'({ accountId, limit }) {
      const account = accounts.get(accountId)
      if (!account.ok) return account
      const { removals, total } = mail.removals(accountId, limit)
      return done({ removals: [...removals], total })
    },
    'mail.source': async ({ id, offset }) => asChunk(await mail.source(id, offset, chunkBytes)),
    'mail.attachment': async ({ id, index, offset }) => asChunk(await mail.attachment(id, index, offset, chunkBytes)),
  }
}

function asChunk(outcome: Outcome<{ readonly bytes: Uint8Array; readonly size: number }>): Outcome<{ base64: string; size: number }> {
  return outcome.ok ? done({ base64: Buffer.from(outcome.value.bytes).toString('base64'), size: outcome.value.size }) : outcome
}
