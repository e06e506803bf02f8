/** What Mailroom adds under the text when the mail is queued: signature and footers, in their order, and who it will be from. */
import { makeStyles, Text, tokens } from '@fluentui/react-components'
import type { Account } from '../../shared/model/account.ts'
import { isEmpty, letterheadOf } from '../../shared/model/letterhead.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { textOfHtml } from '../../shared/html/text-of-html.ts'
import { useText } from '../text/use-text.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2 },
  words: { maxHeight: '84px', overflowY: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
})

export function ComposeBelow({ account }: { readonly account: Account }) {
  const { outbox } = useText()
  const words = outbox.compose
  const styles = useStyles()
  const listed = useAnswer('levels.list', {}, { refreshOn: ['accounts.changed'] }).value
  if (listed === null) return null
  const { from, signature, footers, replyTo } = letterheadOf(account, { organization: listed.organization, units: listed.units.map(({ unit }) => unit) })
  const below = [signature, ...footers].filter((passage) => !isEmpty(passage)).map(({ text, html }) => (text.trim() === '' ? textOfHtml(html) : text).trim())
  const sentAs = from.address === account.user.address ? null : words.sentAs(from.address, replyTo?.address ?? account.user.address)
  if (below.length === 0 && sentAs === null) return null
  return (
    <section className={styles.root} aria-label={words.below}>
      {sentAs !== null && <Text size={200}>{sentAs}</Text>}
      {below.length > 0 && <Text size={200} weight="semibold">{words.below}</Text>}
      {below.length > 0 && <Text size={200} className={styles.words} tabIndex={0} role="group" aria-label={words.below}>{below.join('\n\n')}</Text>}
    </section>
  )
}
