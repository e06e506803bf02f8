/**
 * No keychain, or a locked one: a person chooses where passwords go, in words, before anything is saved. Nothing is chosen for
 * them, and a place that does not answer "ready" leads to no write.
 */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Radio, RadioGroup, Field as FluentField, Text, tokens } from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import type { SecretStore } from '../../shared/contract/methods.ts'
import { type Failure, failure as failureOf } from '../../shared/failures/failure.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { PasswordField } from '../ui/password-field.tsx'

type Choice = 'keychain' | 'vault' | 'session'
const shortest = 10

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  hint: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

export function SecretsDialog(props: { readonly store: SecretStore; readonly onClose: () => void; readonly onReady: () => void }) {
  const { wizard, ui } = useText()
  const words = wizard.secrets
  const styles = useStyles()
  const caller = useCaller()
  const { store, onClose, onReady } = props
  // A vault that was made before only needs its passphrase.
  const unlocksVault = store.place === 'vault' && store.state === 'locked'
  const [choice, setChoice] = useState<Choice>(unlocksVault ? 'vault' : 'keychain')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const short = choice === 'vault' && !unlocksVault && passphrase.length < shortest
  const differs = choice === 'vault' && !unlocksVault && passphrase !== again

  const choose = () => {
    if (choice !== 'vault') return caller.call('secrets.usePlace', { place: choice })
    return unlocksVault ? caller.call('secrets.unlockVault', { passphrase }) : caller.call('secrets.makeVault', { passphrase })
  }
  const proceed = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // the wizard's own form lies around this dialog in React's tree
    setTried(true)
    if (short || differs) return
    const outcome = await choose()
    if (!outcome.ok) setFailure(outcome.failure)
    else if (outcome.value.state === 'ready') onReady()
    else setFailure(failureOf(outcome.value.state === 'locked' ? 'secrets.locked' : 'secrets.absent', { name: outcome.value.name }))
  }
  const why = unlocksVault ? words.vaultLocked : store.state === 'absent' ? words.absent(store.name) : words.locked(store.name)
  const option = (label: string, hint?: string) => (
    <>
      {label}
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </>
  )
  return (
    <ModalDialog open modalType="alert" onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form noValidate onSubmit={(event) => void proceed(event)}>
          <DialogBody>
            <DialogTitle>{store.state === 'locked' && !unlocksVault ? words.lockedTitle : words.title}</DialogTitle>
            <DialogContent className={styles.content}>
              <Text as="p">{why}</Text>
              {failure !== null && <FailureBar failure={failure} />}
              <FluentField label={words.choose}>
                <RadioGroup value={choice} onChange={(_, data) => setChoice(data.value as Choice)}>
                  <Radio value="keychain" label={words.retry} />
                  <Radio value="vault" label={option(words.vault, words.vaultHint)} />
                  <Radio value="session" label={option(words.session, words.sessionHint)} />
                </RadioGroup>
              </FluentField>
              {choice === 'vault' && (
                <>
                  <PasswordField
                    label={words.passphrase}
                    hint={unlocksVault ? words.unlockHint : words.passphraseHint}
                    required
                    value={passphrase}
                    onChange={setPassphrase}
                    problem={tried && short ? 'passphrase-short' : null}
                  />
                  {!unlocksVault && (
                    <PasswordField label={words.passphraseAgain} required value={again} onChange={setAgain} hint={tried && differs ? words.passphrasesDiffer : undefined} />
                  )}
                </>
              )}
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={onClose}>{ui.cancel}</Button>
              <Button type="submit" appearance="primary">
                {words.proceed}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
