/** Asks for the passwords an account lacks: not remembered, or lost. They go to the keychain, and the account is resumed. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { needsSecret } from '../../shared/model/account.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { PasswordField } from '../ui/password-field.tsx'

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } })

export function PasswordDialog({ overview, onClose }: { readonly overview: AccountOverview; readonly onClose: () => void }) {
  const { accounts: words, ui } = useText()
  const styles = useStyles()
  const caller = useCaller()
  const { account } = overview
  const [typed, setTyped] = useState({ incoming: '', outgoing: '' })
  const [failure, setFailure] = useState<Failure | null>(null)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    const secrets = { ...(typed.incoming === '' ? {} : { incoming: typed.incoming }), ...(typed.outgoing === '' ? {} : { outgoing: typed.outgoing }) }
    const given = await caller.call('secrets.provide', { accountId: account.id, secrets })
    if (!given.ok) return setFailure(given.failure)
    if (overview.paused !== null) await caller.call('accounts.resume', { id: account.id })
    onClose()
  }
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form noValidate onSubmit={(event) => void save(event)}>
          <DialogBody>
            <DialogTitle>{words.passwordFor(account.name)}</DialogTitle>
            <DialogContent className={styles.content}>
              {failure !== null && <FailureBar failure={failure} />}
              {needsSecret(account, 'incoming') && (
                <PasswordField label={words.passwordIncoming} value={typed.incoming} onChange={(incoming) => setTyped({ ...typed, incoming })} />
              )}
              {needsSecret(account, 'outgoing') && (
                <PasswordField label={words.passwordOutgoing} value={typed.outgoing} onChange={(outgoing) => setTyped({ ...typed, outgoing })} />
              )}
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={onClose}>{ui.cancel}</Button>
              <Button type="submit" appearance="primary" disabled={typed.incoming === '' && typed.outgoing === ''}>
                {ui.save}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
