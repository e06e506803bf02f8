/**
 * The mail with somebody as a conversation: theirs on the left, one's own on the right, the newest on top, a heading for each
 * month. A mail opens where it stands. A private one is not among them, and goes at once when it is made so.
 */
import { Avatar, Badge, Button, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components'
import { ArrowReplyRegular, AttachRegular, LockClosedRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { KeptMail, Letter } from '../../shared/model/contact.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { textOfHtml } from '../../shared/html/text-of-html.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { onlyReadAloud } from '../ui/only-read-aloud.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, margin: 0, padding: 0, listStyleType: 'none' },
  month: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2, '::before': { content: '""', flexGrow: 1, height: '1px', backgroundColor: tokens.colorNeutralStroke2 }, '::after': { content: '""', flexGrow: 1, height: '1px', backgroundColor: tokens.colorNeutralStroke2 } },
  entry: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalS, maxWidth: 'min(86%, 720px)', alignSelf: 'flex-start' },
  own: { alignSelf: 'flex-end' },
  bubble: {
    minWidth: 0, borderRadius: tokens.borderRadiusXLarge, borderTopLeftRadius: tokens.borderRadiusSmall, backgroundColor: tokens.colorNeutralBackground3, overflow: 'hidden',
    '@media (forced-colors: active)': { border: '1px solid CanvasText' },
  },
  ownBubble: { borderTopLeftRadius: tokens.borderRadiusXLarge, borderTopRightRadius: tokens.borderRadiusSmall, backgroundColor: tokens.colorBrandBackground2 },
  head: {
    position: 'relative', display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '1px', width: '100%', boxSizing: 'border-box', padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, border: 'none', backgroundColor: 'transparent', textAlign: 'start', cursor: 'pointer', color: tokens.colorNeutralForeground1, fontFamily: tokens.fontFamilyBase,
    ':hover': { textDecoration: 'underline' }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px', borderRadius: tokens.borderRadiusLarge },
  },
  subject: { overflowWrap: 'anywhere' },
  facts: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2 },
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalM}` },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0, fontFamily: tokens.fontFamilyBase, maxHeight: '50vh', overflowY: 'auto', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  hidden: onlyReadAloud,
})

export function Timeline(props: { readonly name: string; readonly letters: readonly Letter[] }) {
  const { contacts } = useText()
  const format = useFormat()
  const styles = useStyles()
  const [open, setOpen] = useState<string | null>(null)
  const months = [...Map.groupBy(props.letters, ({ at }) => format.month(at))]
  return (
    <div className={styles.list} role="group" aria-label={contacts.mail}>
      {months.map(([month, letters]) => (
        <section key={month} className={styles.list} aria-label={month}>
          <Text as="h3" size={200} className={styles.month} style={{ marginBlock: tokens.spacingVerticalXS }}>{month}</Text>
          <ul className={styles.list}>
            {letters.map((letter) => {
              const key = `${letter.mail.in} ${String(letter.mail.id)}`
              return <Entry key={key} letter={letter} name={props.name} open={open === key} onToggle={() => setOpen(open === key ? null : key)} />
            })}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Entry(props: { readonly letter: Letter; readonly name: string; readonly open: boolean; readonly onToggle: () => void }) {
  const { contacts } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { letter, name, open, onToggle } = props
  const own = letter.direction === 'outgoing'
  return (
    <li className={mergeClasses(styles.entry, own && styles.own)}>
      {!own && <Avatar name={name} size={28} color="colorful" aria-hidden />}
      <article className={mergeClasses(styles.bubble, own && styles.ownBubble)}>
        <button type="button" className={styles.head} aria-expanded={open} onClick={onToggle}>
          <span className={styles.hidden}>{own ? contacts.fromYou : contacts.fromThem(name)}</span>
          <Text className={styles.subject} weight={letter.seen ? 'regular' : 'semibold'}>{letter.subject === '' ? contacts.noSubject : letter.subject}</Text>
          <span className={styles.facts}>
            <Text size={100}>{format.fullDate(letter.at)}</Text>
            {letter.hasAttachments && <AttachRegular role="img" aria-label={contacts.attached} />}
            {!letter.seen && <Badge size="extra-small" role="img" aria-label={contacts.unread} />}
          </span>
        </button>
        {open && <Opened mail={letter.mail} />}
      </article>
    </li>
  )
}

function Opened({ mail }: { readonly mail: KeptMail }) {
  const { contacts, ui } = useText()
  const styles = useStyles()
  const caller = useCaller()
  const { compose, say } = useNavigation()
  const received = useAnswer('mail.read', mail.in === 'mail' ? { id: mail.id } : null)
  const sent = useAnswer('outbox.get', mail.in === 'outbox' ? { id: mail.id } : null)
  const failure = received.failure ?? sent.failure
  const message = received.value
  const text = message === null ? sent.value?.text : (message.text ?? (message.html === null ? '' : textOfHtml(message.html)))
  const makePrivate = async () => {
    const outcome = mail.in === 'mail' ? await caller.call('mail.markPrivate', { ids: [mail.id], private: true }) : await caller.call('outbox.markPrivate', { ids: [mail.id], private: true })
    if (outcome.ok) say(contacts.madePrivate)
  }
  return (
    <div className={styles.body}>
      {failure !== null && <FailureBar failure={failure} />}
      {failure === null && text === undefined && <Spinner size="tiny" label={ui.loading} />}
      {text !== undefined && <pre className={styles.text} tabIndex={0}>{text.trim() === '' ? contacts.noText : text.trim()}</pre>}
      <div className={styles.actions}>
        {message !== null && <Button size="small" icon={<ArrowReplyRegular />} onClick={() => compose({ accountId: message.accountId, replyTo: message })}>{contacts.reply}</Button>}
        <Button size="small" appearance="subtle" icon={<LockClosedRegular />} onClick={() => void makePrivate()}>{contacts.makePrivate}</Button>
      </div>
    </div>
  )
}
