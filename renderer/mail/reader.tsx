/**
 * One message to read: what can be done with it, its head, its files, and its text, safe in whatever shape it came. A
 * message that cannot be read is shown as it came and said to be so. Counts as read once it has been shown for a moment.
 */
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Spinner, tokens, Toolbar, ToolbarButton, ToolbarDivider } from '@fluentui/react-components'
import { ArrowReplyRegular, CodeTextRegular, DeleteRegular, FlagFilled, FlagRegular, LockClosedRegular, LockOpenRegular, MailReadRegular, MailUnreadRegular } from '@fluentui/react-icons'
import { type Ref, useEffect, useEffectEvent, useMemo, useState, type ReactNode } from 'react'
import type { MessageKey, MessageRow, MessageView } from '../../shared/model/message.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { OnRecord } from '../contacts/on-record.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { AttachmentList } from './attachment-list.tsx'
import { HtmlView } from './html-view.tsx'
import { LinkDialog, type LinkOfMessage } from './link-dialog.tsx'
import { MessageHeader } from './message-header.tsx'
import { longestHtml, safeHtml } from './safe-html.ts'
import { SourceDialog } from './source-dialog.tsx'
import { SourceView } from './source-view.tsx'
import { TextView } from './text-view.tsx'
import type { Mark } from './use-message-actions.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, minWidth: 0 },
  toolbar: { flexWrap: 'wrap', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  page: {
    display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, flexGrow: 1, minHeight: 0, overflowY: 'auto', outline: 'none',
    // Bars and pictures keep their height; the page scrolls instead.
    '> *': { flexShrink: 0 },
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`,
    ':focus-visible': { boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
  },
  wait: { flexGrow: 1 },
  flagged: { color: tokens.colorStatusDangerForeground1 },
})

const readAfterMilliseconds = 800

export interface ReaderActions {
  reply(message: MessageView): void
  remove(): void
  mark(change: Mark): void
}

export function Reader(props: {
  readonly id: MessageKey
  /** The row as the list has it now: newer than the message's own marks. */
  readonly row: MessageRow | null
  readonly nameOf: (accountId: string) => string
  readonly actions: ReaderActions
  /** The menu of folders it can be moved to. */
  readonly move: ReactNode
  readonly page: Ref<HTMLDivElement>
  readonly onLoaded: (message: MessageView | null) => void
  /** It can be read, and take the focus. */
  readonly onShown: () => void
}) {
  const { mail, ui } = useText()
  const styles = useStyles()
  const { id, row, nameOf, actions, onLoaded, onShown } = props
  const answer = useAnswer('mail.read', { id })
  const message = answer.value
  const [source, setSource] = useState(false)
  const [link, setLink] = useState<LinkOfMessage | null>(null)
  const seen = row?.seen ?? message?.seen ?? true
  const isFlagged = row?.flagged ?? message?.flagged ?? false
  const isPrivate = row?.private ?? message?.private ?? false
  const subject = message?.subject ?? row?.subject ?? ''

  const loaded = useEffectEvent(onLoaded)
  useEffect(() => loaded(message), [message])

  const becomeSeen = useEffectEvent(() => !seen && actions.mark({ seen: true }))
  const shown = useEffectEvent(onShown)
  const isShown = answer.state !== 'loading'
  useEffect(() => {
    if (!isShown) return
    shown()
    const timer = setTimeout(() => becomeSeen(), readAfterMilliseconds)
    return () => clearTimeout(timer)
  }, [id, isShown])

  const follow = (text: string, address: string) => setLink({ text, address })
  const unreadable = answer.failure?.code === 'mail.unreadable' || message?.readable === false
  return (
    <article className={styles.root} aria-label={mail.reader}>
      <Toolbar className={styles.toolbar} aria-label={mail.reader}>
        <ToolbarButton icon={<ArrowReplyRegular />} disabled={message === null} onClick={() => message !== null && actions.reply(message)}>{mail.reply}</ToolbarButton>
        <ToolbarButton icon={<DeleteRegular />} onClick={actions.remove}>{mail.delete}</ToolbarButton>
        {props.move}
        <ToolbarDivider />
        <ToolbarButton icon={isFlagged ? <FlagFilled className={styles.flagged} /> : <FlagRegular />} title={isFlagged ? mail.unflag : mail.flagHint} aria-label={isFlagged ? mail.unflag : mail.flag} onClick={() => actions.mark({ flagged: !isFlagged })} />
        <ToolbarButton icon={seen ? <MailUnreadRegular /> : <MailReadRegular />} title={seen ? mail.markUnread : mail.markRead} aria-label={seen ? mail.markUnread : mail.markRead} onClick={() => actions.mark({ seen: !seen })} />
        <ToolbarButton icon={isPrivate ? <LockOpenRegular /> : <LockClosedRegular />} title={`${isPrivate ? mail.markNotPrivate : mail.markPrivate}. ${mail.privateHint}`} aria-label={isPrivate ? mail.markNotPrivate : mail.markPrivate} onClick={() => actions.mark({ private: !isPrivate })} />
        <ToolbarButton icon={<CodeTextRegular />} title={mail.showSource} aria-label={mail.showSource} onClick={() => setSource(true)} />
      </Toolbar>
      {answer.state === 'loading' && <Spinner className={styles.wait} label={mail.rowLoading} />}
      <div ref={props.page} className={styles.page} tabIndex={0} hidden={answer.state === 'loading'}>
        {answer.failure !== null && !unreadable && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
        {message !== null && <MessageHeader key={id} message={message} account={nameOf(message.accountId)} isPrivate={isPrivate} />}
        {message !== null && !unreadable && <OnRecord key={`record-${String(id)}`} mail={{ in: 'mail', id }} isPrivate={isPrivate} />}
        {message !== null && message.attachments.some(({ inline }) => !inline) && <AttachmentList key={`files-${String(id)}`} id={id} attachments={message.attachments.filter(({ inline }) => !inline)} />}
        {unreadable ? (
          <>
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody><MessageBarTitle>{mail.unreadable.title}</MessageBarTitle> {mail.unreadable.body}</MessageBarBody>
            </MessageBar>
            <SourceView id={id} subject={subject} />
          </>
        ) : (
          message !== null && <Body message={message} onLink={follow} />
        )}
      </div>
      {source && <SourceDialog id={id} subject={subject} onClose={() => setSource(false)} />}
      {link !== null && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </article>
  )
}

function Body(props: { readonly message: MessageView; readonly onLink: (text: string, address: string) => void }) {
  const { mail } = useText()
  const { message, onLink } = props
  const { html, text } = message
  const tooLarge = html !== null && html.length > longestHtml
  const content = useMemo(() => (html === null || tooLarge ? null : safeHtml(html, window)), [html, tooLarge])
  return (
    <>
      {content !== null && content.remote > 0 && <Said words={mail.remote(content.remote)} />}
      {tooLarge && <Said words={mail.htmlTooLarge} />}
      {content !== null && <HtmlView content={content} title={mail.reader} onLink={onLink} />}
      {content === null && text !== null && text.trim() !== '' && <TextView text={text} onLink={onLink} />}
      {content === null && (text === null || text.trim() === '') && <Said words={mail.noText} />}
    </>
  )
}

function Said({ words }: { readonly words: string }) {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>{words}</MessageBarBody>
    </MessageBar>
  )
}
