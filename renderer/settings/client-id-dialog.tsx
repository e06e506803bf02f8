/** The client id of one service: how to get one, where exactly, and where it is pasted. A secret typed here goes to where passwords are kept. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import { CopyRegular, OpenRegular } from '@fluentui/react-icons'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { ProviderView } from '../../shared/model/sign-in-provider.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { Field, narrow, TextField } from '../ui/field.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { type ClientForm, clientChangeOf, clientFormOf, clientProblems } from './client-form.ts'
import { problemAt } from './level-form.ts'

const useStyles = makeStyles({
  surface: { maxWidth: '640px' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  how: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2, display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  steps: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  wide: { alignSelf: 'stretch' },
})

export function ClientIdDialog({ provider, onSaved, onClose }: { readonly provider: ProviderView | null; readonly onSaved: (name: string) => void; readonly onClose: () => void }) {
  const { signIn: { services: words }, ui } = useText()
  const styles = useStyles()
  const caller = useCaller()
  const [form, setForm] = useState<ClientForm>(() => clientFormOf(provider))
  const [attempted, setAttempted] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const edit = (change: Partial<ClientForm>) => setForm((before) => ({ ...before, ...change }))
  const problems = attempted ? clientProblems(form, provider) : []
  const known = provider?.known === true

  const save = async (event: FormEvent) => {
    event.preventDefault()
    setAttempted(true)
    if (busy || clientProblems(form, provider).length > 0) return
    setBusy(true)
    const change = clientChangeOf(form, provider)
    const set = await caller.call('signIn.setProvider', { provider: change })
    setBusy(false)
    if (!set.ok) return setFailure(set.failure)
    onSaved(provider?.name ?? (change.name || new URL(change.issuer).hostname))
  }
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <form noValidate onSubmit={(event) => void save(event)}>
          <DialogBody>
            <DialogTitle>{provider === null ? words.otherTitle : words.dialogTitle(provider.name)}</DialogTitle>
            <DialogContent className={styles.content}>
              {failure !== null && <FailureBar failure={failure} />}
              <HowTo provider={provider} />
              {!known && (
                <>
                  <TextField label={words.issuer} hint={words.issuerHint} type="url" required disabled={provider !== null} value={form.issuer} onChange={(issuer) => edit({ issuer })} problem={problemAt(problems, 'issuer')} />
                  <TextField label={words.name} value={form.name} onChange={(name) => edit({ name })} problem={problemAt(problems, 'name')} />
                  <TextField label={words.servers} hint={words.serversHint} value={form.servers} onChange={(servers) => edit({ servers })} problem={problemAt(problems, 'servers')} />
                </>
              )}
              <TextField label={words.clientId} required value={form.clientId} onChange={(clientId) => edit({ clientId })} problem={problemAt(problems, 'clientId')} />
              <PasswordField
                label={words.clientSecret}
                hint={words.clientSecretHint}
                {...(provider?.clientSecretFrom === 'keychain' ? { placeholder: words.clientSecretStored } : {})}
                value={form.clientSecret}
                onChange={(clientSecret) => edit({ clientSecret })}
                problem={problemAt(problems, 'clientSecret')}
              />
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={onClose}>{ui.cancel}</Button>
              <Button type="submit" appearance="primary" {...(busy ? { icon: <Spinner size="tiny" /> } : {})}>{ui.save}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}

function HowTo({ provider }: { readonly provider: ProviderView | null }) {
  const { signIn: { services: words } } = useText()
  const styles = useStyles()
  const caller = useCaller()
  const { say } = useNavigation()
  const steps = (provider === null ? undefined : words.steps[provider.issuer]) ?? words.otherSteps
  const redirectUri = provider === null ? 'http://127.0.0.1/callback' : provider.redirectUri
  const page = provider?.page ?? null
  return (
    <section className={styles.how} aria-label={words.stepsTitle}>
      <Subtitle2 as="h3">{words.stepsTitle}</Subtitle2>
      <ol className={styles.steps}>{steps.map((step) => <li key={step}>{step}</li>)}</ol>
      {page !== null && <Button icon={<OpenRegular />} onClick={() => void caller.call('app.openLink', { url: page })}>{words.openPage(provider?.name ?? '')}</Button>}
      {redirectUri !== null && (
        <Field label={words.redirect} hint={words.redirectHint} className={styles.wide}>
          <Input
            readOnly
            value={redirectUri}
            style={narrow}
            contentAfter={<Button appearance="transparent" size="small" icon={<CopyRegular />} aria-label={words.copy} onClick={() => void navigator.clipboard.writeText(redirectUri).then(() => say(words.copied))} />}
          />
        </Field>
      )}
    </section>
  )
}
