/** One mail of the outbox in full: where it stands and what can be done, who got it, what happened, what it says. */
import { Button, makeStyles, Spinner, Subtitle1, Subtitle2, Text, tokens, Toolbar, ToolbarButton } from '@fluentui/react-components'
import { AttachRegular, LockClosedRegular, LockOpenRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import { type OutgoingId, type OutgoingView, shownState } from '../../shared/model/outgoing-mail.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { OnRecord } from '../contacts/on-record.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { DraftActions } from './compose-draft-actions.tsx'
import { actionIcons } from './action-icons.tsx'
import { actionsFor, type BulkAction } from './mail-actions.ts'
import { MailStory } from './mail-story.tsx'
import { RecipientTable } from './recipient-table.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import { StateBadge } from './state-badge.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, minWidth: 0 },
  toolbar: { flexWrap: 'wrap', flexShrink: 0, minHeight: '32px', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  page: {
    display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL, flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXL}`,
    '> *': { flexShrink: 0 },
    ':focus-visible': { outline: 'none', boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
  },
  head: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  subject: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  heading: { margin: 0 },
  files: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, listStyleType: 'none', margin: 0, padding: 0 },
  file: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere' },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0, fontFamily: tokens.fontFamilyBase, padding: tokens.spacingHorizontalM, backgroundColor: tokens.colorNeutralBackground2, borderRadius: tokens.borderRadiusMedium },
  wait: { flexGrow: 1 },
})

export function OutgoingDetail(props: { readonly id: OutgoingId; readonly account: (id: string) => string; readonly onAction: (action: BulkAction, mail: OutgoingView) => void; readonly onResolve: (outcome: 'was-sent' | 'was-not-sent') => void; readonly onGo: (id: OutgoingId) => void }) {
  const { outbox, mail: mailWords, ui } = useText()
  const caller = useCaller()
  const styles = useStyles()
  const { id, onAction, onResolve } = props
  const answer = useAnswer('outbox.get', { id }, { refreshOn: ['outbox.changed'] })
  const [resolving, setResolving] = useState(false)
  const mail = answer.value
  if (mail === null) {
    return answer.failure === null ? (
      <Spinner className={styles.wait} label={ui.loading} />
    ) : (
      <div className={styles.page}><FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} /></div>
    )
  }
  const actions = actionsFor(mail.state)
  const privateWords = mail.private ? mailWords.markNotPrivate : mailWords.markPrivate
  return (
    <article className={styles.root} aria-label={outbox.detail}>
      <Toolbar className={styles.toolbar} aria-label={outbox.detail}>
        {mail.state === 'draft' && <DraftActions id={id} />}
        {actions.map((action) => (
          <ToolbarButton key={action} icon={actionIcons[action]} title={outbox.hints[action]} onClick={() => (action === 'resolve' ? setResolving(true) : onAction(action, mail))}>
            {outbox.actions[action]}
          </ToolbarButton>
        ))}
        <ToolbarButton icon={mail.private ? <LockOpenRegular /> : <LockClosedRegular />} aria-label={privateWords} title={`${privateWords}. ${mailWords.privateHint}`} onClick={() => void caller.call('outbox.markPrivate', { ids: [id], private: !mail.private })} />
      </Toolbar>
      <div className={styles.page} tabIndex={0}>
        <Head mail={mail} account={props.account(mail.accountId)} />
        {mail.failure !== null && (
          <FailureBar failure={mail.failure} intent={mail.state === 'error' ? 'error' : 'warning'} actions={mail.state === 'unknown' ? <Button onClick={() => setResolving(true)}>{outbox.actions.resolve}</Button> : null} />
        )}
        <OnRecord mail={{ in: 'outbox', id }} isPrivate={mail.private} />
        {mail.recipients.length > 0 && <Section heading={outbox.recipients}><RecipientTable recipients={mail.recipients} /></Section>}
        <Section heading={outbox.history}><MailStory mail={mail} onGo={props.onGo} /></Section>
        {mail.attachmentNames.length > 0 && (
          <Section heading={outbox.attachments}>
            <ul className={styles.files}>
              {mail.attachmentNames.map((name, index) => (
                <li key={index} className={styles.file}><AttachRegular aria-hidden />{name}</li>
              ))}
            </ul>
          </Section>
        )}
        <Section heading={outbox.text}>{mail.text.trim() === '' ? <Text className={styles.quiet}>{outbox.noText}</Text> : <pre className={styles.text}>{mail.text}</pre>}</Section>
      </div>
      {resolving && mail.state === 'unknown' && (
        <ResolveDialog mail={mail} onClose={() => setResolving(false)} onResolve={(outcome) => { setResolving(false); onResolve(outcome) }} />
      )}
    </article>
  )
}

function Head({ mail, account }: { readonly mail: OutgoingView; readonly account: string }) {
  const { outbox } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { name, address } = mail.from
  // A draft has no size and no Message-ID yet.
  const facts = [account, mail.size === 0 ? null : format.bytes(mail.size), mail.attempts === 0 ? null : outbox.attempts(mail.attempts), mail.messageId === '' ? null : mail.messageId]
  return (
    <header className={styles.head}>
      <Subtitle1 as="h2" className={styles.subject}>{mail.subject === '' ? outbox.noSubject : mail.subject}</Subtitle1>
      <StateBadge state={shownState(mail)} />
      {mail.notBefore !== null && (mail.state === 'scheduled' || mail.state === 'ready') && (
        <Text size={200}>{mail.failure === null ? outbox.notBefore(format.fullDate(mail.notBefore)) : outbox.willTryAgain(format.fullDate(mail.notBefore))}</Text>
      )}
      <Text size={200} className={styles.quiet}>{`${outbox.from} ${name === '' ? address : `${name} <${address}>`}`}</Text>
      <Text size={200} className={styles.quiet}>{facts.filter((fact) => fact !== null).join(' · ')}</Text>
    </header>
  )
}

function Section(props: { readonly heading: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <section className={styles.section} aria-label={props.heading}>
      <Subtitle2 as="h3" className={styles.heading}>{props.heading}</Subtitle2>
      {props.children}
    </section>
  )
}
