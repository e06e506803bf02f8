/** Signing an account in over the web, or the shared server it sends through, once more or for the first time, and out of it. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components'
import type { SignInHolder } from '../../shared/model/levels.ts'
import { SignInOf } from '../sign-in/sign-in-of.tsx'
import { useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } })

export function SignInDialog({ holder, name, onClose }: { readonly holder: SignInHolder; readonly name: string; readonly onClose: () => void }) {
  const { signIn: words, ui } = useText()
  const styles = useStyles()
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.dialogTitle(name)}</DialogTitle>
          <DialogContent className={styles.content}>
            {holder.is === 'level' && <span>{words.forAll}</span>}
            <SignInOf holder={holder} onSignedOut={onClose} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{ui.close}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}
