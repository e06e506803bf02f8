/** "All accounts": every account, personal and team, with its state, last check and errors (A1). */
import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { AddRegular, PeopleRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import type { SignInHolder } from '../../shared/model/levels.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ScreenFrame } from '../ui/screen-frame.tsx'
import { AccountCard } from './account-card.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { RemovalsDialog } from './removals-dialog.tsx'
import { RemovedDialog } from './removed-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { SignInDialog } from './sign-in-dialog.tsx'
import { useAccountActions } from './use-account-actions.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '1040px' },
})

export function AccountsScreen() {
  const { accounts: words, ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { openWizard } = useNavigation()
  const answer = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed', 'mail.changed', 'outbox.changed'] })
  const accounts = answer.value?.accounts ?? []
  const [failure, setFailure] = useState<Failure | null>(null)
  const [removing, setRemoving] = useState<AccountOverview | null>(null)
  const [asking, setAsking] = useState<AccountOverview | null>(null)
  const [signingIn, setSigningIn] = useState<{ readonly holder: SignInHolder; readonly name: string } | null>(null)
  const [looking, setLooking] = useState<AccountOverview | null>(null)
  const [previewing, setPreviewing] = useState<AccountOverview | null>(null)
  const actions = useAccountActions(accounts, setFailure)
  const add = (
    <Button icon={<AddRegular />} appearance={accounts.length === 0 ? 'primary' : 'secondary'} onClick={() => openWizard({ is: 'add' })}>
      {words.add}
    </Button>
  )
  return (
    <ScreenFrame title={words.title} {...(accounts.length === 0 ? {} : { subtitle: words.subtitle(format.number(accounts.length)), actions: add })}>
      {answer.state === 'loading' && <Spinner label={ui.loading} />}
      {answer.state === 'failed' && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
      {answer.state === 'ready' && accounts.length === 0 && <EmptyState icon={<PeopleRegular />} title={words.empty} body={words.emptyBody} action={add} />}
      <div className={styles.list}>
        {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
        {accounts.map((overview) => (
          <AccountCard key={overview.account.id} overview={overview} actions={actions} onRemove={() => setRemoving(overview)} onPassword={() => setAsking(overview)} onSignIn={(holder, name) => setSigningIn({ holder, name })} onRemovals={() => setPreviewing(overview)} onRemoved={() => setLooking(overview)} />
        ))}
      </div>
      {removing !== null && (
        <RemoveDialog
          overview={removing}
          onClose={(mail) => {
            setRemoving(null)
            if (mail !== null) actions.remove(removing, mail)
          }}
        />
      )}
      {previewing !== null && <RemovalsDialog account={previewing.account} onClose={() => setPreviewing(null)} />}
      {looking !== null && <RemovedDialog account={looking.account} onClose={() => setLooking(null)} />}
      {asking !== null && <PasswordDialog overview={asking} onClose={() => setAsking(null)} />}
      {signingIn !== null && <SignInDialog {...signingIn} onClose={() => setSigningIn(null)} />}
    </ScreenFrame>
  )
}
