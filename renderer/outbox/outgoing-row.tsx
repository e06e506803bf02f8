/** One mail in the outbox: to whom, when, about what, and where it stands. Read aloud in this order. */
import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { AttachRegular, LockClosedRegular } from '@fluentui/react-icons'
import { type OutgoingRow, shownState } from '../../shared/model/outgoing-mail.ts'
import type { Texts } from '../text/en/all.ts'
import type { Formats } from '../text/format.ts'
import { StateBadge } from './state-badge.tsx'

export const outgoingRowHeight = 84

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', columnGap: tokens.spacingHorizontalS, rowGap: '1px', alignContent: 'center', height: '100%', padding: `0 ${tokens.spacingHorizontalL}`, boxSizing: 'border-box' },
  state: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  date: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums', alignSelf: 'center', justifySelf: 'end' },
  marks: { display: 'flex', alignItems: 'center', justifyContent: 'flex-end', color: tokens.colorNeutralForeground2, fontSize: '16px' },
  account: { color: tokens.colorNeutralForeground2, justifySelf: 'end', maxWidth: '140px' },
})

export function OutgoingRowView(props: { readonly mail: OutgoingRow; readonly account: string | null; readonly words: Texts['outbox']; readonly attached: string; readonly isPrivate: string; readonly format: Formats }) {
  const styles = useStyles()
  const { mail, account, words, attached, isPrivate, format } = props
  const people = peopleOf(mail, words, format)
  return (
    <div className={styles.root}>
      <Text truncate wrap={false} weight="semibold" title={people}>{people}</Text>
      <Text size={200} className={styles.date}>{format.shortDate(mail.changedAt)}</Text>
      <Text size={200} truncate wrap={false} title={mail.subject}>{mail.subject === '' ? words.noSubject : mail.subject}</Text>
      <span className={styles.marks}>{mail.private && <LockClosedRegular role="img" aria-label={isPrivate} />}{mail.attachmentNames.length > 0 && <AttachRegular role="img" aria-label={attached} />}</span>
      <span className={styles.state}>
        <StateBadge state={shownState(mail)} />
        {mail.state === 'scheduled' && mail.notBefore !== null && <Text size={200} className={styles.quiet}> · {format.shortDate(mail.notBefore)}</Text>}
      </span>
      <Text size={100} truncate wrap={false} className={styles.account}>{account ?? ''}</Text>
    </div>
  )
}

function peopleOf({ recipients }: Pick<OutgoingRow, 'recipients'>, words: Texts['outbox'], format: Formats): string {
  const [first, ...more] = recipients
  if (first === undefined) return words.noRecipient
  const name = first.name === '' ? first.address : first.name
  return more.length === 0 ? name : words.andMore(name, format.number(more.length))
}
