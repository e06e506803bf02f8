/** One contact in the list: who, at which address, how much mail and when the last. Read aloud in this order. */
import { Avatar, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import type { ContactRow } from '../../shared/model/contact.ts'
import type { Texts } from '../text/en/all.ts'
import type { Formats } from '../text/format.ts'

export const contactRowHeight = 60

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr) auto', columnGap: tokens.spacingHorizontalM, alignContent: 'center', height: '100%', padding: `0 ${tokens.spacingHorizontalM}`, boxSizing: 'border-box' },
  face: { gridRow: '1 / 3', alignSelf: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
  end: { color: tokens.colorNeutralForeground2, justifySelf: 'end', fontVariantNumeric: 'tabular-nums' },
})

export function ContactRowView(props: { readonly contact: ContactRow; readonly chosen: boolean; readonly words: Texts['contacts']; readonly format: Formats }) {
  const styles = useStyles()
  const { contact, chosen, words, format } = props
  const { name, addresses, received, sent, lastAt } = contact
  const address = addresses[0] ?? ''
  const mails = words.letters(format.number(received + sent))
  return (
    <div className={styles.root}>
      <Avatar className={styles.face} name={name} size={36} color="colorful" aria-hidden />
      <Text truncate wrap={false} weight="semibold" title={name}>{name}</Text>
      <Text size={200} wrap={false} className={styles.end}>{lastAt === null ? '' : format.shortDate(lastAt)}</Text>
      <Text size={200} truncate wrap={false} title={address} className={mergeClasses(!chosen && styles.quiet)}>{address === name ? '' : address}</Text>
      <Text size={200} wrap={false} className={styles.end} {...(received + sent === 0 ? {} : { role: 'img', 'aria-label': mails, title: mails })}>{received + sent === 0 ? '' : format.number(received + sent)}</Text>
    </div>
  )
}
