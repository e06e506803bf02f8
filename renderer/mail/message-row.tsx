/** One message in the list: who, when, about what; unread, flagged, answered, private, with files. Read aloud in this order. */
import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components'
import { ArrowReplyRegular, AttachRegular, CloudOffRegular, FlagFilled, LockClosedRegular, WarningRegular } from '@fluentui/react-icons'
import type { MessageRow as Message } from '../../shared/model/message.ts'
import type { Texts } from '../text/en/all.ts'
import type { Formats } from '../text/format.ts'

export const messageRowHeight = 64

const line = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: '14px minmax(0, 1fr) auto', columnGap: tokens.spacingHorizontalXS, alignContent: 'center', height: '100%', padding: `0 ${tokens.spacingHorizontalM} 0 ${tokens.spacingHorizontalXS}`, boxSizing: 'border-box' },
  dot: { gridRow: '1 / 3', alignSelf: 'center', justifySelf: 'center', width: '8px', height: '8px', borderRadius: tokens.borderRadiusCircular },
  unread: { backgroundColor: tokens.colorBrandForeground1, '@media (forced-colors: active)': { backgroundColor: 'Highlight' } },
  sender: { ...typographyStyles.body1, ...line },
  subject: { ...typographyStyles.caption1, ...line },
  bold: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  date: { ...typographyStyles.caption1, ...line, color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums', alignSelf: 'center', justifySelf: 'end' },
  fresh: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  marks: { display: 'flex', alignItems: 'center', justifyContent: 'flex-end', gap: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2, fontSize: '16px' },
  account: { ...typographyStyles.caption2, ...line, maxWidth: '110px' },
  flag: { color: tokens.colorStatusDangerForeground1, '@media (forced-colors: active)': { color: 'CanvasText' } },
})

/** Plain elements on purpose: a list that scrolls draws hundreds of these in a second. */
export function MessageRowView(props: { readonly message: Message; readonly chosen: boolean; readonly account: string | null; readonly words: Texts['mail']; readonly format: Formats }) {
  const styles = useStyles()
  const { message, chosen, account, words, format } = props
  const sender = senderOf(message, words)
  return (
    <div className={styles.root}>
      <span className={mergeClasses(styles.dot, !message.seen && styles.unread)} {...(message.seen ? {} : { role: 'img', 'aria-label': words.unread })} />
      <span title={sender} className={mergeClasses(styles.sender, !message.seen && styles.bold)}>{sender}</span>
      <span className={mergeClasses(styles.date, !message.seen && styles.fresh)}>{format.shortDate(message.date ?? message.storedAt)}</span>
      <span title={message.subject} className={mergeClasses(styles.subject, !chosen && styles.quiet, !message.seen && styles.bold)}>
        {message.subject === '' ? words.noSubject : message.subject}
      </span>
      <span className={styles.marks}>
        {account !== null && <span className={styles.account} title={account}>{account}</span>}
        {!message.readable && <WarningRegular role="img" aria-label={words.notReadable} />}
        {message.notOnServer && <CloudOffRegular role="img" aria-label={words.notOnServer} />}
        {message.answered && <ArrowReplyRegular role="img" aria-label={words.answered} />}
        {message.private && <LockClosedRegular role="img" aria-label={words.private} />}
        {message.hasAttachments && <AttachRegular role="img" aria-label={words.hasAttachments} />}
        {message.flagged && <FlagFilled role="img" aria-label={words.flagged} className={styles.flag} />}
      </span>
    </div>
  )
}

export function senderOf({ from }: Pick<Message, 'from'>, words: Texts['mail']): string {
  if (from === null) return words.noSender
  return from.name === '' ? from.address : from.name
}
