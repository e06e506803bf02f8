/** A mail being written, over any screen. Nothing typed is lost without asking; Ctrl+Enter sends. */
import { DialogSurface, makeStyles } from '@fluentui/react-components'
import { useMemo, useRef } from 'react'
import { type AccountId, canSend } from '../../shared/model/account.ts'
import type { MailboxAddress, MessageView } from '../../shared/model/message.ts'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { ComposeForm } from './compose-form.tsx'
import { composeOfDraft } from './compose-draft.ts'
import { newCompose } from './compose-state.ts'
import { answerTo, letterTo } from './reply-to-message.ts'

const useStyles = makeStyles({ surface: { width: 'min(900px, 94vw)', maxWidth: 'none', height: 'min(720px, 94vh)', maxHeight: 'none', padding: 0, display: 'flex', boxSizing: 'border-box', overflow: 'hidden' } })

export function ComposeDialog(props: { readonly open: boolean; readonly onClose: () => void; readonly accountId?: AccountId; readonly replyTo?: MessageView; readonly to?: MailboxAddress; readonly draftId?: OutgoingId }) {
  const { outbox } = useText()
  const format = useFormat()
  const styles = useStyles()
  const askToLeave = useRef(() => {})
  const { open, onClose, accountId, replyTo, to, draftId } = props
  const opened = useAnswer('drafts.open', draftId === undefined ? null : { id: draftId })
  const accounts = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed'] })
  const senders = useMemo(() => (accounts.value?.accounts ?? []).filter(({ account }) => canSend(account)), [accounts.value])
  const from = senders.find(({ account }) => account.id === accountId) ?? senders.find(({ isDefault }) => isDefault) ?? senders[0]

  const beginning = () => {
    if (opened.value !== null) {
      const written = composeOfDraft(opened.value.draft, opened.value.attachments)
      // Its account may be gone, or may not send any more.
      return senders.some(({ account }) => account.id === written.accountId) ? written : { ...written, accountId: from?.account.id ?? null }
    }
    if (replyTo === undefined) return newCompose(from?.account.id ?? null, to === undefined ? null : letterTo(to))
    const words = outbox.compose
    const opening = replyTo.from === null || replyTo.date === null ? words.wroteSomebody : words.wrote(replyTo.from.name === '' ? replyTo.from.address : replyTo.from.name, format.fullDate(replyTo.date))
    return newCompose(from?.account.id ?? null, answerTo(replyTo, opening))
  }

  return (
    <ModalDialog
      open={open}
      onOpenChange={(_, data) => {
        // A click beside the dialog is too easily made to throw a mail away.
        if (!data.open && data.type === 'escapeKeyDown') askToLeave.current()
      }}
    >
      <DialogSurface className={styles.surface} aria-label={replyTo === undefined ? outbox.compose.title : outbox.compose.replyTitle}>
        {accounts.state !== 'loading' && (draftId === undefined || opened.state !== 'loading') && (
          <ComposeForm senders={senders} failure={accounts.failure ?? opened.failure} draftId={opened.value === null ? null : (draftId ?? null)} beginning={beginning} isReply={replyTo !== undefined} askToLeave={askToLeave} onClose={onClose} />
        )}
      </DialogSurface>
    </ModalDialog>
  )
}
