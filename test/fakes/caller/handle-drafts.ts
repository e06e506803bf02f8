/** The fake's answers about mails that are still being written. */
import { done, failed } from '../../../shared/failures/failure.ts'
import type { DraftMail } from '../../../shared/model/draft-mail.ts'
import type { OutgoingView } from '../../../shared/model/outgoing-mail.ts'
import type { FakeTools, Handlers } from './fake-caller.ts'

type Own = Pick<Handlers, Extract<keyof Handlers, `drafts.${string}`>>

export function draftsHandlers({ world, emit }: FakeTools): Own {
  const drafts = new Map<string, { readonly draft: DraftMail; readonly attachments: readonly string[] }>()
  let made = 0
  return {
    'drafts.save': ({ id, draft, attachments }) => {
      const from = world.accounts.find(({ account }) => account.id === draft.accountId)?.account
      if (from === undefined) return failed('account.unknown')
      const mailId = id ?? `draft-${String(++made)}`
      drafts.set(mailId, { draft, attachments })
      const recipients = (['to', 'cc', 'bcc'] as const).flatMap((kind) => draft[kind].finished.map((one) => ({ kind, ...one, state: 'waiting' as const, replyCode: null, words: null, returned: null })))
      const mail: OutgoingView = {
        id: mailId, accountId: from.id, state: 'draft', messageId: '', from: { name: from.user.displayName, address: from.user.address }, recipients, subject: draft.subject, size: 0,
        attachmentNames: [...attachments], createdAt: world.now, changedAt: world.now, notBefore: null, attempts: 0, failure: null, private: draft.private ?? false, batchId: null, resentFrom: null, resentAs: [], returns: [], sentCopy: null,
        history: [{ at: world.now, state: 'draft', words: null, failure: null, nextAt: null }], text: draft.text,
      }
      world.outbox = [mail, ...world.outbox.filter((one) => one.id !== mailId)]
      emit('outbox.changed', { ids: [mailId] })
      return done({ id: mailId })
    },
    'drafts.open': ({ id }) => {
      const kept = drafts.get(id)
      return kept === undefined ? failed('outbox.unknown') : done({ draft: kept.draft, attachments: kept.attachments.map((handle) => ({ handle, name: handle, size: 1000 })) })
    },
    'drafts.discard': ({ id }) => {
      drafts.delete(id)
      world.outbox = world.outbox.filter((one) => one.id !== id)
      emit('outbox.changed', { ids: [id] })
      return done({})
    },
  }
}
