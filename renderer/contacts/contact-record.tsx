/** Everything about one contact: who they are, what can be done, how much mail there was and when, and the mail itself. */
import { Avatar, Button, Link, makeStyles, mergeClasses, Spinner, Subtitle1, Text, tokens, Toolbar, ToolbarButton, ToolbarDivider, Tooltip } from '@fluentui/react-components'
import { DeleteRegular, MailEditRegular, MergeRegular, PersonEditRegular } from '@fluentui/react-icons'
import { useDeferredValue, useState } from 'react'
import type { ContactId, ContactView } from '../../shared/model/contact.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { MonthBars } from './month-bars.tsx'
import { Timeline } from './timeline.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, minWidth: 0 },
  toolbar: { flexWrap: 'wrap', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  page: {
    display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXL}`,
    '> *': { flexShrink: 0 },
    ':focus-visible': { outline: 'none', boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalL },
  who: { display: 'flex', flexDirection: 'column', gap: '2px', flexGrow: 1, minWidth: 0 },
  name: { margin: 0, overflowWrap: 'anywhere' },
  addresses: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM, overflowWrap: 'anywhere' },
  link: { ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px', borderRadius: tokens.borderRadiusSmall } },
  quiet: { color: tokens.colorNeutralForeground2 },
  note: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, borderLeft: `3px solid ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorNeutralBackground2, borderRadius: tokens.borderRadiusMedium },
  search: { width: '100%', maxWidth: '320px' },
  wait: { flexGrow: 1 },
  more: { alignSelf: 'center' },
})

const atOnce = 50
const atMost = 500
const changes = ['contacts.changed', 'mail.changed', 'outbox.changed'] as const

export function ContactRecord(props: { readonly id: ContactId; readonly onChange: (contact: ContactView) => void; readonly onMerge: (contact: ContactView) => void; readonly onRemove: (contact: ContactView) => void }) {
  const { contacts, ui } = useText()
  const styles = useStyles()
  const { compose } = useNavigation()
  const answer = useAnswer('contacts.get', { id: props.id }, { refreshOn: changes })
  const contact = answer.value
  if (contact === null) {
    return answer.failure === null ? (
      <Spinner className={styles.wait} label={ui.loading} />
    ) : (
      <div className={styles.page}><FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} /></div>
    )
  }
  return (
    <article className={styles.root} aria-label={contacts.record}>
      <Toolbar className={styles.toolbar} aria-label={contacts.record}>
        <ToolbarButton icon={<MailEditRegular />} onClick={() => compose({ to: { name: contact.name === contact.addresses[0] ? '' : contact.name, address: contact.addresses[0] ?? '' } })}>{contacts.write}</ToolbarButton>
        <ToolbarDivider />
        <ToolbarButton icon={<PersonEditRegular />} onClick={() => props.onChange(contact)}>{contacts.change}</ToolbarButton>
        <ToolbarButton icon={<MergeRegular />} onClick={() => props.onMerge(contact)}>{contacts.merge}</ToolbarButton>
        <Tooltip content={contacts.remove} relationship="label"><ToolbarButton icon={<DeleteRegular />} onClick={() => props.onRemove(contact)} /></Tooltip>
      </Toolbar>
      <div className={styles.page} tabIndex={0}>
        <Head contact={contact} />
        {contact.note.trim() !== '' && <Text className={styles.note}>{contact.note.trim()}</Text>}
        <Mail contact={contact} />
      </div>
    </article>
  )
}

function Head({ contact }: { readonly contact: ContactView }) {
  const { contacts } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { compose } = useNavigation()
  const { name, addresses, received, sent, lastAt, months } = contact
  const facts = lastAt === null ? [contacts.never] : [contacts.received(format.number(received)), contacts.sent(format.number(sent)), contacts.last(format.day(lastAt))]
  return (
    <header className={styles.head}>
      <Avatar name={name} size={64} color="colorful" aria-hidden />
      <div className={styles.who}>
        <Subtitle1 as="h2" className={styles.name}>{name}</Subtitle1>
        <span className={styles.addresses}>
          {addresses.map((address) => (
            <Link key={address} as="button" className={styles.link} title={contacts.writeTo(address)} onClick={() => compose({ to: { name: name === address ? '' : name, address } })}>{address}</Link>
          ))}
        </span>
        <Text size={200} className={styles.quiet}>{facts.join(' · ')}</Text>
      </div>
      {lastAt !== null && <MonthBars months={months} />}
    </header>
  )
}

function Mail({ contact }: { readonly contact: ContactView }) {
  const { contacts, ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [limit, setLimit] = useState(atOnce)
  const answer = useAnswer('contacts.messages', { id: contact.id, search, limit }, { refreshOn: changes, keepPrevious: true })
  const { letters = [], total = null } = answer.value ?? {}
  if (contact.lastAt === null) return <EmptyState icon={<MailEditRegular />} title={contacts.noMail} body={contacts.noMailBody} />
  return (
    <>
      <SearchField className={styles.search} label={contacts.searchRecord} typed={typed} onType={setTyped} />
      {answer.failure !== null && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
      {total === null && answer.failure === null && <Spinner label={ui.loading} />}
      {total === 0 && <Text role="status" className={styles.quiet}>{search === '' ? contacts.noMail : contacts.nothingOnRecord(search)}</Text>}
      <Timeline key={contact.id} name={contact.name} letters={letters} />
      {total !== null && total > letters.length && limit < atMost && <Button className={styles.more} onClick={() => setLimit(Math.min(atMost, limit * 2))}>{contacts.earlier}</Button>}
      {total !== null && total > letters.length && limit >= atMost && <Text size={200} className={mergeClasses(styles.quiet, styles.more)}>{contacts.atMost(format.number(atMost))}</Text>}
    </>
  )
}

