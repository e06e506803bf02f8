/** How much mail there was with somebody in each of the last twelve months: received upwards, sent downwards. */
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components'
import type { ContactView } from '../../shared/model/contact.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { lastMonths } from './months.ts'

const half = 26

const useStyles = makeStyles({
  figure: { margin: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  caption: { ...typographyStyles.caption2, color: tokens.colorNeutralForeground2 },
  root: { display: 'flex', alignItems: 'center', gap: '3px', height: `${String(2 * half + 1)}px`, flexShrink: 0 },
  month: { display: 'flex', flexDirection: 'column', width: '11px', height: '100%' },
  up: { display: 'flex', alignItems: 'flex-end', height: `${String(half)}px` },
  down: { display: 'flex', alignItems: 'flex-start', height: `${String(half)}px` },
  line: { height: '1px', backgroundColor: tokens.colorNeutralStroke1, margin: '0 -2px', '@media (forced-colors: active)': { backgroundColor: 'CanvasText' } },
  received: { width: '100%', backgroundColor: tokens.colorBrandBackground, borderRadius: '2px 2px 0 0', '@media (forced-colors: active)': { backgroundColor: 'Highlight' } },
  sent: { width: '100%', backgroundColor: tokens.colorPaletteTealBorderActive, borderRadius: '0 0 2px 2px', '@media (forced-colors: active)': { backgroundColor: 'GrayText' } },
})

export function MonthBars({ months }: { readonly months: ContactView['months'] }) {
  const { contacts } = useText()
  const format = useFormat()
  const styles = useStyles()
  const bars = lastMonths(months, new Date())
  const most = Math.max(1, ...bars.map(({ received, sent }) => Math.max(received, sent)))
  const sum = (of: 'received' | 'sent') => format.number(bars.reduce((total, bar) => total + bar[of], 0))
  const height = (count: number) => `${String(count === 0 ? 0 : Math.max(3, Math.round((count / most) * half)))}px`
  return (
    <figure className={styles.figure}>
      <div className={styles.root} role="img" aria-label={contacts.year(sum('received'), sum('sent'))}>
        {bars.map(({ at, received, sent }) => (
          <div key={at} className={styles.month} title={contacts.barHint(format.month(at), format.number(received), format.number(sent))}>
            <div className={styles.up}><div className={styles.received} style={{ height: height(received) }} /></div>
            <div className={styles.line} />
            <div className={styles.down}><div className={styles.sent} style={{ height: height(sent) }} /></div>
          </div>
        ))}
      </div>
      <figcaption className={styles.caption} aria-hidden>{contacts.bars}</figcaption>
    </figure>
  )
}
