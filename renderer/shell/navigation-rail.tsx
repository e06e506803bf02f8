/** The places of the program down the left side, with what waits in each. Arrow keys move, Enter goes. */
import { CounterBadge, makeStyles, mergeClasses, tokens, useArrowNavigationGroup } from '@fluentui/react-components'
import {
  bundleIcon, ContactCardFilled, ContactCardRegular, DocumentMultipleFilled, DocumentMultipleRegular, type FluentIcon, HistoryFilled, HistoryRegular, MailFilled, MailRegular, PeopleFilled, PeopleRegular, SendFilled, SendRegular,
  SettingsFilled, SettingsRegular,
} from '@fluentui/react-icons'
import { useFormat, useText } from '../text/use-text.tsx'
import { type Place, places, useNavigation } from './navigate.tsx'
import type { Waiting } from './waiting.ts'
import { onlyReadAloud } from '../ui/only-read-aloud.ts'

const icons: Readonly<Record<Place, FluentIcon>> = {
  mail: bundleIcon(MailFilled, MailRegular),
  outbox: bundleIcon(SendFilled, SendRegular),
  templates: bundleIcon(DocumentMultipleFilled, DocumentMultipleRegular),
  contacts: bundleIcon(ContactCardFilled, ContactCardRegular),
  activity: bundleIcon(HistoryFilled, HistoryRegular),
  accounts: bundleIcon(PeopleFilled, PeopleRegular),
  settings: bundleIcon(SettingsFilled, SettingsRegular),
}

const useStyles = makeStyles({
  rail: {
    display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, width: '92px', flexShrink: 0, boxSizing: 'border-box',
    // With large letters the places are longer than the window.
    overflowY: 'auto', scrollbarWidth: 'thin',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXS}`, backgroundColor: tokens.colorNeutralBackground4,
  },
  last: { marginTop: 'auto' },
  item: {
    position: 'relative', display: 'flex', flexDirection: 'column', alignItems: 'center', gap: tokens.spacingVerticalXXS, width: '100%', flexShrink: 0,
    padding: `${tokens.spacingVerticalS} 0`, border: 'none', borderRadius: tokens.borderRadiusMedium, cursor: 'pointer',
    backgroundColor: 'transparent', color: tokens.colorNeutralForeground2, fontFamily: tokens.fontFamilyBase, fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200, textAlign: 'center', overflowWrap: 'anywhere',
    ':hover': { backgroundColor: tokens.colorNeutralBackground4Hover, color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: {
    color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold, backgroundColor: tokens.colorNeutralBackground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorBrandForeground1 },
    '::before': {
      content: '""', position: 'absolute', left: 0, top: '12px', bottom: '12px', width: '3px', borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorBrandForeground1,
    },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  icon: { fontSize: '24px', lineHeight: 1, display: 'flex' },
  /** For screen readers; the badge shows it to the eye. */
  read: onlyReadAloud,
  badge: { position: 'absolute', top: '4px', left: '50%', marginLeft: '6px' },
})

export function NavigationRail({ waiting }: { readonly waiting: Waiting }) {
  const { shell } = useText()
  const format = useFormat()
  const styles = useStyles()
  const arrows = useArrowNavigationGroup({ axis: 'vertical', circular: true })
  const { place, go } = useNavigation()

  const badges: Readonly<Record<Place, { readonly count: number; readonly words: (count: string) => string; readonly bad?: true }>> = {
    mail: { count: waiting.unread, words: shell.unread },
    outbox: waiting.mailsInTrouble > 0 ? { count: waiting.mailsInTrouble, words: shell.needsAttention, bad: true } : { count: waiting.toSend, words: shell.waiting },
    templates: { count: 0, words: shell.needsAttention },
    contacts: { count: 0, words: shell.needsAttention },
    activity: { count: 0, words: shell.needsAttention },
    accounts: { count: waiting.accountsInTrouble, words: shell.needsAttention, bad: true },
    settings: { count: 0, words: shell.needsAttention },
  }

  return (
    <nav className={styles.rail} aria-label={shell.navigation} {...arrows}>
      {places.map((target) => {
        const Icon = icons[target]
        const { count, words, bad = false } = badges[target]
        const current = target === place
        const name = shell.places[target]
        return (
          <button
            key={target}
            type="button"
            className={mergeClasses(styles.item, current && styles.current, target === 'settings' && styles.last)}
            aria-current={current ? 'page' : undefined}
            onClick={() => go(target)}
          >
            <span className={styles.icon}>
              <Icon filled={current} />
            </span>
            <span>{name}</span>
            {count > 0 && <span className={styles.read}>{words(format.number(count))}</span>}
            {count > 0 && <CounterBadge className={styles.badge} aria-hidden count={count} overflowCount={99} size="small" color={bad ? 'danger' : 'brand'} />}
          </button>
        )
      })}
    </nav>
  )
}
