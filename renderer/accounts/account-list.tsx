/** The accounts in the wizard's first page: one row each, with Change, Set as default and Remove (A1). */
import { Avatar, Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { type Account, canSend } from '../../shared/model/account.ts'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { stateOf } from './account-state.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { StateBadge } from './state-badge.tsx'
import { useAccountActions } from './use-account-actions.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge },
  row: {
    display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, padding: `${tokens.spacingVerticalMNudge} ${tokens.spacingHorizontalL}`,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  who: { display: 'flex', flexDirection: 'column', flexGrow: 1, flexBasis: '180px', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  actions: { display: 'flex', gap: tokens.spacingHorizontalXS, flexWrap: 'wrap' },
})

export function AccountList({ accounts, onChange }: { readonly accounts: readonly AccountOverview[]; readonly onChange: (account: Account) => void }) {
  const { accounts: words } = useText()
  const styles = useStyles()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [removing, setRemoving] = useState<AccountOverview | null>(null)
  const actions = useAccountActions(accounts, setFailure)
  return (
    <>
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      <ul className={styles.list} aria-label={words.list}>
        {accounts.map((overview) => {
          const { account, isDefault } = overview
          return (
            <li key={account.id} className={styles.row}>
              <Avatar aria-hidden name={account.name} color="colorful" />
              <div className={styles.who}>
                <span className={styles.name}>
                  <Text weight="semibold">{account.name}</Text>
                  {isDefault && <Badge appearance="tint" color="brand">{words.default}</Badge>}
                </span>
                <Text size={200} className={styles.quiet} truncate wrap={false}>{account.user.address}</Text>
              </div>
              <StateBadge state={stateOf(overview)} />
              <div className={styles.actions}>
                <Button size="small" onClick={() => onChange(account)}>{words.change}</Button>
                {!isDefault && canSend(account) && <Button size="small" onClick={() => actions.setDefault(account.id)}>{words.setDefault}</Button>}
                <Button size="small" onClick={() => setRemoving(overview)}>{words.remove}</Button>
              </div>
            </li>
          )
        })}
      </ul>
      {removing !== null && (
        <RemoveDialog
          overview={removing}
          onClose={(mail) => {
            setRemoving(null)
            if (mail !== null) actions.remove(removing, mail)
          }}
        />
      )}
    </>
  )
}
