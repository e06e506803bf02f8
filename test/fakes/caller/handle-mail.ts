/** The fake's answers about received and outgoing mail. */
import { done, failed } from '../../../shared/failures/failure.ts'
import { compareFolders, type Folder } from '../../../shared/model/folder.ts'
import type { Job } from '../../../shared/model/job.ts'
import { type DayGroup, dayGroups, type OutgoingDay } from '../../../shared/model/outgoing-filter.ts'
import { removesAnything } from '../../../shared/model/removal.ts'
import { type OutgoingState, type OutgoingView, shownState, type ShownState } from '../../../shared/model/outgoing-mail.ts'
import { emptyStoreReport } from '../../../shared/model/store-findings.ts'
import { officeFolders } from './office.ts'
import type { FakeTools, Handlers } from './fake-caller.ts'
import { fetchDetail } from '../fetch-detail.ts'

function foldersOf({ accounts, messages }: FakeTools['world'], accountId: string | null): Folder[] {
  return accounts
    .filter(({ account }) => account.incoming !== null && (accountId === null || account.id === accountId))
    .flatMap(({ account: { id, incoming } }) =>
      officeFolders.filter(({ use }) => use === 'inbox' || incoming?.protocol === 'imap').map((folder) => {
        const inside = messages.filter((message) => message.accountId === id && message.folder === folder.path)
        return { ...folder, accountId: id, holdsMessages: true, onServer: true, messages: inside.length, unseen: inside.filter(({ seen }) => !seen).length }
      }),
    )
    .toSorted(compareFolders)
}

type Own = Pick<Handlers, Extract<keyof Handlers, `mail.${string}` | `outbox.${string}` | `store.${string}`>>

const sourceOf = (subject: string) => `From: Pieter Bakker <pieter@bakker-bouw.nl>\r\nTo: Emma de Vries <emma@devries-advies.nl>\r\nSubject: ${subject}\r\n\r\nHello Emma,\r\n`

export function mailHandlers({ world, emit, after }: FakeTools): Own {
  let made = 0
  const looked = new Set<string>()
  const change = (ids: readonly number[], part: { seen?: boolean; flagged?: boolean; private?: boolean }) => {
    world.messages = world.messages.map((message) => (ids.includes(message.id) ? { ...message, ...part } : message))
    emit('mail.changed', { accountId: null })
    emit('contacts.changed', {})
    return done({})
  }
  /** Moves the mails in one of `from` (all of them, or those named) to `to`. */
  const move = (ids: readonly string[] | null, from: readonly OutgoingState[], to: OutgoingState) => {
    const changed = world.outbox.filter((mail) => from.includes(mail.state) && (ids === null || ids.includes(mail.id))).map(({ id }) => id)
    world.outbox = world.outbox.map((mail) =>
      changed.includes(mail.id) ? { ...mail, state: to, failure: null, changedAt: world.now, history: [...mail.history, { at: world.now, state: to, words: null, failure: null, nextAt: null }] } : mail,
    )
    if (changed.length > 0) emit('outbox.changed', { ids: changed })
    return done({ changed })
  }
  const put = (job: Job) => {
    world.jobs = [job, ...world.jobs.filter(({ id }) => id !== job.id)]
    emit('job.changed', job)
  }
  const isCancelled = (id: string) => world.jobs.find((job) => job.id === id)?.state === 'cancelled'
  const base = (id: string, accountId: string) =>
    ({ id, accountId, cause: 'person', createdAt: world.now, startedAt: world.now, failure: null }) as const

  const fetchInto = (accountId: string): string => {
    const id = `fetch-${String(++made)}`
    const total = 40
    const step = (fetched: number) => {
      if (isCancelled(id)) return
      const over = fetched >= total
      put({ ...base(id, accountId), kind: 'fetch-mail', state: over ? 'done' : 'running', endedAt: over ? world.now : null, progress: { done: fetched, total }, detail: fetchDetail({ fetched, known: 233, bytes: fetched * 21_800, bytesTotal: total * 21_800 }) })
      if (over) emit('mail.changed', { accountId })
      else after(150, () => step(fetched + 4))
    }
    step(0)
    return id
  }
  const sendFrom = (accountId: string): string => {
    const id = `send-${String(++made)}`
    const waiting = world.outbox.filter((mail) => mail.accountId === accountId && mail.state === 'ready').map((mail) => mail.id)
    const step = (sent: number) => {
      if (isCancelled(id)) return
      const over = sent >= waiting.length
      put({ ...base(id, accountId), kind: 'send-mail', state: over ? 'done' : 'running', endedAt: over ? world.now : null, progress: { done: sent, total: waiting.length }, detail: { kind: 'send-mail', sent, failed: 0, unknown: 0 } })
      if (!over) {
        after(300, () => {
          move(waiting.slice(sent, sent + 1), ['ready'], 'sent')
          step(sent + 1)
        })
      }
    }
    step(0)
    return id
  }
  const examine = (rebuild: boolean): string => {
    const id = `doctor-${String(++made)}`
    const files = world.messages.length
    put({ ...base(id, ''), accountId: null, kind: 'doctor', state: 'done', endedAt: world.now, progress: { done: files, total: files }, detail: { kind: 'doctor', rebuild, report: { ...emptyStoreReport, files } } })
    return id
  }
  const chosen = (ids: readonly string[] | null, direction: 'incoming' | 'outgoing') =>
    world.accounts.filter(({ account }) => account[direction] !== null && (ids === null || ids.includes(account.id))).map(({ account }) => account.id)

  return {
    'mail.fetch': ({ accountIds }) => done({ jobIds: chosen(accountIds, 'incoming').map(fetchInto), joined: [] }),
    'mail.changeFolder': () => failed('mailbox.one-only'),
    'mail.move': ({ ids, to }) => {
      world.messages = world.messages.map((message) => (ids.includes(message.id) ? { ...message, folder: to } : message))
      emit('mail.changed', { accountId: null })
      return done({ jobIds: [] })
    },
    'mail.folders': ({ accountId }) => done({ folders: foldersOf(world, accountId) }),
    'mail.list': ({ accountId, folder, search, offset, limit, placeOf }) => {
      const wanted = search.toLowerCase()
      const found = world.messages.filter(
        (message) =>
          (accountId === null || message.accountId === accountId) &&
          (folder === null || message.folder === folder) &&
          `${message.subject} ${message.from?.name ?? ''} ${message.from?.address ?? ''}`.toLowerCase().includes(wanted),
      )
      const place = found.findIndex(({ id }) => id === placeOf)
      return done({ messages: found.slice(offset, offset + limit), total: found.length, place: place < 0 ? null : place })
    },
    'mail.read': ({ id }) => {
      const message = world.messages.find((one) => one.id === id)
      return message === undefined ? failed('mail.unknown') : done(message)
    },
    'mail.markSeen': ({ ids, seen }) => change(ids, { seen }),
    'mail.markFlagged': ({ ids, flagged }) => change(ids, { flagged }),
    'mail.markPrivate': ({ ids, private: isPrivate }) => change(ids, { private: isPrivate }),
    'mail.delete': ({ ids }) => {
      world.messages = world.messages.filter(({ id }) => !ids.includes(id))
      emit('mail.changed', { accountId: null })
      return done({})
    },
    'mail.undoDelete': ({ ids }) => done({ undone: ids, again: [] }),
    'mail.previewRemovals': ({ accountId, delivery: other }) => {
      const account = world.accounts.find((one) => one.account.id === accountId)?.account
      if (account === undefined) return failed('account.unknown')
      const delivery = other ?? account.delivery
      const found = removesAnything(delivery) ? world.messages.filter((message) => message.accountId === accountId) : []
      const rows = found.slice(0, 40).map(({ id, subject, from, storedAt }, index) => {
        const reason = !delivery.leaveCopy ? ('not-left' as const) : index % 5 === 1 ? ('deleted-here' as const) : ('older-than-days' as const)
        return { id, subject, from, storedAt, reason, dueAt: index < 24 ? null : world.now }
      })
      return done({ delivery, confirmed: false, due: Math.min(24, rows.length), total: found.length, rows })
    },
    'mail.confirmRemovals': ({ accountId }) => {
      world.accounts = world.accounts.map((one) => (one.account.id === accountId ? { ...one, unconfirmedRemovals: null } : one))
      emit('accounts.changed', {})
      return done({})
    },
    'mail.removals': ({ accountId, limit }) => {
      const gone = accountId === 'emma' ? world.messages : []
      const removals = gone.slice(0, limit).map(({ subject, from, storedAt, id }) => ({ subject, from, storedAt, removedAt: world.now, deletedHere: id % 4 === 0 }))
      return done({ removals, total: gone.length })
    },
    'mail.source': ({ id, offset }) => {
      const message = world.messages.find((one) => one.id === id)
      if (message === undefined) return failed('mail.unknown')
      const source = Buffer.from(sourceOf(message.subject))
      return done({ base64: source.subarray(offset).toString('base64'), size: source.length })
    },
    'mail.attachment': ({ offset }) => {
      const bytes = Buffer.from('%PDF-1.4 a fake')
      return done({ base64: bytes.subarray(offset).toString('base64'), size: bytes.length })
    },
    'store.index': () => done({ jobId: null }),
    'store.check': () => done({ jobId: examine(false) }),
    'store.rebuild': () => done({ jobId: examine(true) }),
    'outbox.queue': (composed) => {
      const from = world.accounts.find(({ account }) => account.id === composed.accountId)?.account
      if (from === undefined) return failed('account.unknown')
      const kinds = (['to', 'cc', 'bcc'] as const).flatMap((kind) => composed[kind].map((one) => ({ kind, ...one, state: 'waiting' as const, replyCode: null, words: null, returned: null })))
      const mail: OutgoingView = {
        id: `queued-${String(++made)}`, accountId: composed.accountId, state: composed.hold ? 'held' : composed.notBefore === null ? 'ready' : 'scheduled',
        messageId: `<queued-${String(made)}@devries-advies.nl>`, from: { name: from.user.displayName, address: from.user.address }, recipients: kinds,
        subject: composed.subject, size: 2048, attachmentNames: composed.attachments, createdAt: world.now, changedAt: world.now, notBefore: composed.notBefore,
        attempts: 0, failure: null, private: composed.private ?? false, batchId: null, returns: [], sentCopy: null, resentFrom: null, resentAs: [], history: [{ at: world.now, state: 'ready', words: null, failure: null, nextAt: null }], text: composed.text,
      }
      world.outbox = [mail, ...world.outbox.filter(({ id }) => id !== composed.draftId)]
      emit('outbox.changed', { ids: [mail.id] })
      return done(mail)
    },
    'outbox.queueMessage': () => failed('host.not-possible'),
    'outbox.list': ({ states, accountId, batchId, search, offset, limit }) => {
      const has = (mail: OutgoingView) => search.toLowerCase().split(' ').every((word) => [mail.subject, ...mail.recipients.flatMap(({ name, address }) => [name, address])].join(' ').toLowerCase().includes(word))
      const ofAccount = world.outbox.filter((mail) => has(mail) && (accountId === null || mail.accountId === accountId) && (batchId === null || mail.batchId === batchId))
      const found = ofAccount.filter((mail) => states === null || states.includes(shownState(mail)))
      const counts: Partial<Record<ShownState, number>> = {}
      for (const shown of ofAccount.map(shownState)) counts[shown] = (counts[shown] ?? 0) + 1
      return done({ mails: found.slice(offset, offset + limit), total: found.length, counts })
    },
    'outbox.get': ({ id }) => {
      const mail = world.outbox.find((one) => one.id === id)
      return mail === undefined ? failed('outbox.unknown') : done(mail)
    },
    'outbox.copiedFolder': () => done({ copied: world.copied }),
    'outbox.wasMoved'() {
      const ids = world.outbox.filter((mail) => mail.failure?.code === 'outbox.older-copy').map(({ id }) => id)
      world.outbox = world.outbox.map((mail) => (ids.includes(mail.id) ? { ...mail, state: 'ready', failure: null } : mail))
      world.copied = null
      emit('outbox.changed', { ids })
      return done({ changed: ids })
    },
    'outbox.attention': () => {
      const count = (state: ShownState) => world.outbox.filter((mail) => shownState(mail) === state).length
      return done({ bounced: world.outbox.filter((mail) => shownState(mail) === 'bounced' && !looked.has(mail.id)).map(({ id }) => id), failed: count('error'), unknown: count('unknown') })
    },
    'outbox.heldUp': () => {
      const ready = (id: string) => world.outbox.filter((mail) => mail.accountId === id && mail.state === 'ready').length
      return done({ queues: world.heldUp.filter(({ accountId }) => ready(accountId) > 0).map((queue) => ({ ...queue, waiting: ready(queue.accountId) })) })
    },
    'outbox.markLooked': ({ ids }) => {
      const news = ids.filter((id) => !looked.has(id))
      for (const id of news) looked.add(id)
      if (news.length > 0) emit('outbox.changed', { ids: [] })
      return done({})
    },
    'outbox.days': ({ days, accountId, batchId }) => {
      const counts = new Map<string, OutgoingDay>()
      for (const mail of world.outbox.filter((one) => (accountId === null || one.accountId === accountId) && (batchId === null || one.batchId === batchId))) {
        const group = (Object.keys(dayGroups) as DayGroup[]).find((one) => dayGroups[one].includes(shownState(mail)))
        const day = mail.createdAt.slice(0, 10)
        const before = counts.get(day) ?? { day, sent: 0, bounced: 0, waiting: 0, failed: 0 }
        if (group !== undefined && Date.parse(mail.createdAt) > Date.parse(world.now) - days * 86_400_000) counts.set(day, { ...before, [group]: before[group] + 1 })
      }
      return done({ days: [...counts.values()] })
    },
    'outbox.exportLog': () => done({ csv: 'Subject\r\n', lines: world.outbox.length, next: null, mails: world.outbox.length }),
    'outbox.reset': ({ ids }) => move(ids, ['sending'], 'ready'),
    'outbox.clear': ({ ids, dismiss }) => move(ids, ['error'], dismiss ? 'cancelled' : 'ready'),
    'outbox.hold': ({ ids }) => move(ids, ['ready', 'scheduled'], 'held'),
    'outbox.release': ({ ids }) => move(ids, ['held'], 'ready'),
    'outbox.cancel': ({ ids }) => move(ids, ['draft', 'scheduled', 'held', 'ready', 'error'], 'cancelled'),
    'outbox.markPrivate': ({ ids, private: isPrivate }) => {
      world.outbox = world.outbox.map((mail) => (ids.includes(mail.id) ? { ...mail, private: isPrivate } : mail))
      emit('outbox.changed', { ids })
      emit('contacts.changed', {})
      return done({ changed: ids })
    },
    'outbox.resolve': ({ ids, outcome }) => move(ids, ['unknown'], outcome === 'was-sent' ? 'sent' : 'ready'),
    'outbox.resend': ({ ids }) => {
      const mails = world.outbox.filter(({ id }) => ids.includes(id)).map((old): OutgoingView => ({
        ...old, id: `queued-${String(++made)}`, state: 'ready', createdAt: world.now, changedAt: world.now, failure: null, resentFrom: old.id, resentAs: [], returns: [],
        history: [{ at: world.now, state: 'ready', words: null, failure: null, nextAt: null }],
      }))
      world.outbox = [...mails, ...world.outbox]
      emit('outbox.changed', { ids: mails.map(({ id }) => id) })
      return done({ queued: mails.map(({ id }) => id) })
    },
    'outbox.run': ({ accountIds }) => done({ jobIds: chosen(accountIds, 'outgoing').map(sendFrom) }),
  }
}
