/** A mail's state: its word, with a picture and a colour of its own; never colour alone. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import {
  ArrowUploadRegular, CalendarClockRegular, CheckmarkCircleRegular, ClockRegular, DismissCircleRegular, DraftsRegular, ErrorCircleRegular, MailAlertRegular, MailCheckmarkRegular, MailReadRegular, PauseCircleRegular, QuestionCircleRegular,
} from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import type { ShownState } from '../../shared/model/outgoing-mail.ts'
import { useText } from '../text/use-text.tsx'
import { type Tone, toneOf } from './mail-actions.ts'

const icons: Readonly<Record<ShownState, ReactElement>> = {
  draft: <DraftsRegular />,
  scheduled: <CalendarClockRegular />,
  held: <PauseCircleRegular />,
  ready: <ClockRegular />,
  sending: <ArrowUploadRegular />,
  submitting: <ArrowUploadRegular />,
  sent: <CheckmarkCircleRegular />,
  error: <ErrorCircleRegular />,
  unknown: <QuestionCircleRegular />,
  cancelled: <DismissCircleRegular />,
  partly: <MailAlertRegular />,
  delivered: <MailCheckmarkRegular />,
  bounced: <MailAlertRegular />,
  read: <MailReadRegular />,
}

export const useToneStyles = makeStyles({
  waiting: { color: tokens.colorNeutralForeground2 },
  working: { color: tokens.colorBrandForeground1 },
  good: { color: tokens.colorStatusSuccessForeground2 },
  bad: { color: tokens.colorStatusDangerForeground3 },
  doubtful: { color: tokens.colorStatusWarningForeground2 },
  over: { color: tokens.colorNeutralForeground3 },
} satisfies Record<Tone, object>)

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, whiteSpace: 'nowrap', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
  icon: { fontSize: '16px', lineHeight: 1, display: 'flex' },
})

export function StateIcon({ state }: { readonly state: ShownState }) {
  return icons[state]
}

export function StateBadge({ state }: { readonly state: ShownState }) {
  const { outbox } = useText()
  const styles = useStyles()
  const tones = useToneStyles()
  return (
    <span className={mergeClasses(styles.root, tones[toneOf(state)])} data-state={state}>
      <span className={styles.icon} aria-hidden>{icons[state]}</span>
      {outbox.states[state]}
    </span>
  )
}
