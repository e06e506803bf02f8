/** An account's state as a word in its colour; never by colour alone. */
import { Badge } from '@fluentui/react-components'
import { CheckmarkCircleFilled, ErrorCircleFilled, KeyFilled, PauseFilled, PresenceBlockedRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { useText } from '../text/use-text.tsx'
import type { AccountState } from './account-state.ts'

const looks: Readonly<Record<AccountState, { readonly color: 'success' | 'danger' | 'warning' | 'informative'; readonly icon: ReactElement }>> = {
  ready: { color: 'success', icon: <CheckmarkCircleFilled /> },
  paused: { color: 'danger', icon: <PauseFilled /> },
  problem: { color: 'danger', icon: <ErrorCircleFilled /> },
  passwordMissing: { color: 'warning', icon: <KeyFilled /> },
  sendingOff: { color: 'informative', icon: <PresenceBlockedRegular /> },
}

export function StateBadge({ state }: { readonly state: AccountState }) {
  const { accounts } = useText()
  const { color, icon } = looks[state]
  return (
    <Badge appearance="tint" color={color} icon={icon} style={{ whiteSpace: 'nowrap' }}>
      {accounts.state[state]}
    </Badge>
  )
}
