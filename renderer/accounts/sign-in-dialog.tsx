/** Signing an account in over the web, once more or for the first time, and out of it. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { WebSignInPanel } from '../sign-in/web-sign-in-panel.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } })

export function SignInDialog({ overview: { account }, onClose }: { readonly overview: AccountOverview; readonly onClose: () => void }) {
  const { signIn: words, ui } = useText()
  const styles = useStyles()
  const caller = useCaller()
  const { say } = useNavigation()
  const at = useAnswer('signIn.of', { accountId: account.id }, { refreshOn: ['accounts.changed'] })
  const [justNow, setJustNow] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const signedInAs = justNow ?? (at.value?.signedIn === true ? (at.value.signedInAs ?? '') : null)

  const problem = failure ?? at.failure

  const signOut = async () => {
    const out = await caller.call('signIn.out', { accountId: account.id })
    if (!out.ok) return setFailure(out.failure)
    say(words.signedOut(account.name))
    onClose()
  }
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.dialogTitle(account.name)}</DialogTitle>
          <DialogContent className={styles.content}>
            {problem !== null && <FailureBar failure={problem} />}
            {at.value !== null && (
              <WebSignInPanel
                provider={at.value.provider}
                subject={{ is: 'account', id: account.id }}
                signedInAs={signedInAs}
                onSignedIn={(detail) => setJustNow(detail.signedInAs ?? '')}
                onSignOut={() => void signOut()}
              />
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{ui.close}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}
