/** `outbox.…`: queueing, and what a person may do with a mail that waits. */
import { done, failed, failure } from '../../../shared/failures/failure.ts'
import type { AccountId } from '../../../shared/model/account.ts'
import { hasWayOut } from '../../../shared/model/way-out.ts'
import type { OutgoingId } from '../../../shared/model/outgoing-mail.ts'
import { logCsv } from '../../outbox/sending-log/log-csv.ts'
import type { MailToResend } from '../../outbox/resend-mails.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'
import type { SpooledFile } from '../spooled-files.ts'

/** Of the exported log: no call blocks the window. */
const linesAtOnce = 500

type OutboxParts = Pick<Parts, 'outbox' | 'bounces' | 'sendingLog' | 'drafts' | 'accounts' | 'settings' | 'files' | 'jobs' | 'pauses' | 'schedule' | 'runs'>

export function outboxHandlers({ outbox, bounces, sendingLog, drafts, accounts, settings, files, jobs, pauses, schedule, runs }: OutboxParts): HandlersOf<'outbox'> {
  const changed = (ids: readonly OutgoingId[]) => done({ changed: [...ids] })

  function sender(id: AccountId) {
    const account = accounts.get(id)
    if (!account.ok) return account
    const { name, outgoing } = account.value
    if (outgoing === null) return failed('account.cannot-send', { name })
    // A5: switched off for this sender is not the same as never set up.
    if (!outgoing.enabled) return failed('send.switched-off', { name })
    return hasWayOut(account.value, settings.get()) ? account : failed('send.no-server', { name })
  }

  return {
    async 'outbox.queue'(mail) {
      const account = sender(mail.accountId)
      if (!account.ok) return account
      const attachments: SpooledFile[] = []
      for (const handle of mail.attachments) {
        const file = files.get(handle)
        if (!file.ok) return file
        attachments.push(file.value)
      }
      const queued = await outbox.queue(account.value, mail, attachments)
      if (queued.ok && mail.draftId !== null) await drafts.tidy(mail.draftId)
      return queued
    },
    async 'outbox.queueMessage'({ accountId, handle, recipients }) {
      const account = sender(accountId)
      if (!account.ok) return account
      const file = files.get(handle)
      return file.ok ? outbox.queueMessage(account.value, file.value.path, recipients) : file
    },
    'outbox.list'(query) {
      const { mails, total, counts } = outbox.list(query)
      return done({ mails: [...mails], total, counts })
    },
    'outbox.get': ({ id }) => outbox.get(id),
    'outbox.attention'() {
      const { counts } = outbox.list({ offset: 0, limit: 1 })
      return done({ bounced: bounces.unlooked().map(({ id }) => id), failed: counts.error ?? 0, unknown: counts.unknown ?? 0 })
    },
    'outbox.heldUp'() {
      const queues = accounts.list().flatMap(({ id }) => {
        const isAtWork = jobs.open().some(({ kind, accountId }) => kind === 'send-mail' && accountId === id)
        const failure = pauses.of(id, 'outgoing') ?? jobs.last(id, 'send-mail')?.failure ?? null
        if (isAtWork || failure === null) return []
        const waiting = outbox.list({ states: ['ready'], accountId: id, offset: 0, limit: 1 }).total
        return waiting === 0 ? [] : [{ accountId: id, waiting, failure, nextAt: schedule.nextSend(id)?.toISOString() ?? null }]
      })
      // An account that was removed: its mails are kept, and nobody else would say so.
      const orphaned = outbox.accountsReady(new Date()).filter((id) => !accounts.get(id).ok).map((id) => ({
        accountId: id, waiting: outbox.list({ states: ['ready', 'scheduled'], accountId: id, offset: 0, limit: 1 }).total, failure: failure('account.unknown'), nextAt: null,
      }))
      return done({ queues: [...queues, ...orphaned] })
    },
    'outbox.copiedFolder': () => done({ copied: outbox.copiedFolder() }),
    'outbox.wasMoved'() {
      const moved = outbox.wasMoved()
      return moved.ok ? changed(moved.value) : moved
    },
    'outbox.markLooked'({ ids }) {
      bounces.noteLooked(ids)
      return done({})
    },
    'outbox.days': (query) => done({ days: [...sendingLog.days(query)] }),
    'outbox.exportLog'({ language, after, ...filter }) {
      const names = new Map(accounts.list().map(({ id, name }) => [id, name]))
      const { lines, next } = sendingLog.page(filter, after, linesAtOnce)
      const csv = logCsv(lines, { language, accountName: (id) => names.get(id) ?? id, heading: after === null })
      return done({ csv, lines: lines.length, next, mails: sendingLog.count(filter) })
    },
    'outbox.reset': ({ ids }) => changed(outbox.reset(ids)),
    'outbox.clear': ({ ids, dismiss }) => changed(dismiss ? outbox.dismiss(ids) : outbox.clear(ids)),
    'outbox.hold': ({ ids }) => changed(outbox.hold(ids)),
    'outbox.release': ({ ids }) => changed(outbox.release(ids)),
    'outbox.cancel': ({ ids }) => changed(outbox.cancel(ids)),
    'outbox.markPrivate': ({ ids, private: isPrivate }) => changed(outbox.markPrivate(ids, isPrivate)),
    'outbox.resolve': ({ ids, outcome }) => changed(outbox.resolve(ids, outcome)),
    async 'outbox.resend'({ ids, recipients }) {
      const mails: MailToResend[] = []
      for (const id of ids) {
        const mail = outbox.get(id)
        if (!mail.ok) continue
        const account = sender(mail.value.accountId)
        if (!account.ok) return account
        mails.push({ account: account.value, id })
      }
      const resent = await outbox.resend(mails, recipients)
      return resent.ok ? done({ queued: [...resent.value] }) : resent
    },
    'outbox.run'({ accountIds }) {
      const ids = accountIds ?? outbox.accountsReady(new Date())
      for (const id of ids) {
        const account = accounts.get(id)
        if (!account.ok && accountIds !== null) return account
      }
      return done({ jobIds: ids.filter((id) => accounts.get(id).ok).map((id) => runs.send(id)) })
    },
  }
}
