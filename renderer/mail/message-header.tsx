/** The head of a message: subject, who wrote to whom and when; every header a person may ask for on demand. */
import { Avatar, Button, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronUpRegular, LockClosedRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { inboxPath } from '../../shared/model/folder.ts'
import type { MailboxAddress, MessageView } from '../../shared/model/message.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { senderOf } from './message-row.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  subject: { margin: 0, overflowWrap: 'anywhere' },
  people: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, minWidth: 0 },
  names: { display: 'flex', flexDirection: 'column', minWidth: 0, flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground2 },
  sender: { display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden', overflowWrap: 'anywhere' },
  address: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  private: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2 },
  details: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalXXS, margin: 0, fontSize: tokens.fontSizeBase200, maxHeight: '30vh', overflowY: 'auto' },
  term: { color: tokens.colorNeutralForeground2 },
  fact: { margin: 0, overflowWrap: 'anywhere' },
})

const written = ({ name, address }: MailboxAddress) => (name === '' ? address : `${name} <${address}>`)
const called = ({ name, address }: MailboxAddress) => (name === '' ? address : name)
const namedAtOnce = 4

export function MessageHeader(props: { readonly message: MessageView; readonly account: string; readonly isPrivate: boolean }) {
  const { mail, outbox } = useText()
  const format = useFormat()
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const { message, account, isPrivate } = props
  const sender = senderOf(message, mail)
  const all = [...message.to, ...message.cc]
  const people = all.length > namedAtOnce ? outbox.andMore(all.slice(0, namedAtOnce).map(called).join(', '), format.number(all.length - namedAtOnce)) : format.list(all.map(called))
  const details = [
    [mail.headers.from, message.from === null ? mail.noSender : written(message.from)],
    [mail.headers.to, message.to.map(written).join(', ')],
    [mail.headers.cc, message.cc.map(written).join(', ')],
    [mail.headers.replyTo, message.replyTo.map(written).join(', ')],
    [mail.headers.date, message.date === null ? mail.noDate : format.fullDate(message.date)],
    [mail.headers.stored, format.fullDate(message.storedAt)],
    [mail.headers.account, account],
    [mail.headers.folder, message.folder === inboxPath ? mail.folders.uses.inbox : message.folder],
    [mail.headers.size, format.bytes(message.size)],
    [mail.headers.messageId, message.messageId ?? ''],
  ].filter(([, value]) => value !== '')

  return (
    <header className={styles.root}>
      <Subtitle1 as="h2" className={styles.subject}>{message.subject === '' ? mail.noSubject : message.subject}</Subtitle1>
      <div className={styles.people}>
        <Avatar name={sender} size={40} color="colorful" aria-hidden />
        <div className={styles.names}>
          <span className={styles.sender} title={sender}>
            <Text weight="semibold">{sender}</Text>{' '}
            {message.from !== null && message.from.name !== '' && <Text size={200} className={styles.address}>{message.from.address}</Text>}
          </span>
          <Text size={200} className={styles.quiet} truncate wrap={false} title={people}>{all.length === 0 ? '' : mail.toPeople(people)}</Text>
          <Text size={200} className={styles.quiet}>
            {message.date === null ? mail.noDate : format.fullDate(message.date)}
            {isPrivate && <span className={styles.private}> · <LockClosedRegular aria-hidden /> {mail.private}</span>}
          </Text>
        </div>
        <Button size="small" appearance="subtle" aria-expanded={open} icon={open ? <ChevronUpRegular /> : <ChevronDownRegular />} aria-label={open ? mail.hideDetails : mail.showDetails} onClick={() => setOpen(!open)} />
      </div>
      {open && (
        <dl className={styles.details} tabIndex={0}>
          {details.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt className={styles.term}>{name}</dt>
              <dd className={styles.fact}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </header>
  )
}
