/** Asks for a passphrase: twice for a new vault, once to unlock one. What was typed lives in this dialog only. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { passphraseProblems } from './passphrase.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  problem: { color: tokens.colorStatusDangerForeground3 },
})

export function PassphraseDialog(props: {
  readonly purpose: 'make' | 'unlock'
  /** Answers with what went wrong, or null when it is done; the dialog then closes. */
  readonly onPassphrase: (passphrase: string) => Promise<Failure | null>
  readonly onClose: () => void
}) {
  const { settings, ui } = useText()
  const styles = useStyles()
  const [typed, setTyped] = useState({ first: '', second: '' })
  const [attempted, setAttempted] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const { purpose, onPassphrase, onClose } = props
  const making = purpose === 'make'
  const problems = attempted && making ? passphraseProblems(typed) : {}

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAttempted(true)
    if (busy || (making && Object.keys(passphraseProblems(typed)).length > 0)) return
    setBusy(true)
    const went = await onPassphrase(typed.first)
    setBusy(false)
    setFailure(went)
    if (went === null) onClose()
  }

  return (
    <ModalDialog open modalType="alert" onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <DialogBody>
            <DialogTitle>{making ? settings.makeVaultTitle : settings.unlockTitle}</DialogTitle>
            <DialogContent className={styles.content}>
              <span>{making ? settings.makeVaultBody : settings.vaultLocked}</span>
              {failure !== null && <FailureBar failure={failure} />}
              <PasswordField
                label={settings.passphrase}
                required
                value={typed.first}
                onChange={(first) => setTyped({ ...typed, first })}
                problem={problems.first ?? null}
              />
              {making && <PasswordField label={settings.passphraseAgain} required value={typed.second} onChange={(second) => setTyped({ ...typed, second })} />}
              {problems.second !== undefined && <Text role="alert" className={styles.problem}>{settings.passphraseDiffers}</Text>}
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={onClose}>{ui.cancel}</Button>
              <Button type="submit" appearance="primary" {...(busy ? { icon: <Spinner size="tiny" /> } : {})}>
                {making ? settings.makeVault : settings.unlock}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
