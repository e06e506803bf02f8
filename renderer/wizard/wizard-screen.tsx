/** The wizard's window: stages at the left, one page, and Back, Next, Finish, Cancel. Enter is Next; Escape asks to leave. */
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { type Place, useNavigation, type WizardPurpose } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { keptText } from './kept-state.ts'
import { LeaveDialog } from './leave-dialog.tsx'
import { MoreDialog } from './more-settings/more-dialog.tsx'
import { AddressPage } from './pages/address-page.tsx'
import { FinishPage } from './pages/finish-page.tsx'
import { FoundPage } from './pages/found-page.tsx'
import { LookingPage } from './pages/looking-page.tsx'
import { ServersPage } from './pages/servers-page.tsx'
import { TestPage } from './pages/test-page.tsx'
import { TypePage } from './pages/type-page.tsx'
import { WelcomePage } from './pages/welcome-page.tsx'
import { SecretsDialog } from './secrets-dialog.tsx'
import { StageList } from './stage-list.tsx'
import { useWizard } from './use-wizard.ts'
import { hasInput } from './wizard-state.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexGrow: 1, minHeight: 0, backgroundColor: tokens.colorNeutralBackground4 },
  form: {
    display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0, backgroundColor: tokens.colorNeutralBackground1, boxShadow: tokens.shadow4,
    borderTopLeftRadius: tokens.borderRadiusXLarge, borderBottomLeftRadius: tokens.borderRadiusXLarge, overflow: 'hidden',
  },
  content: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXXL} ${tokens.spacingVerticalL}` },
  inner: { maxWidth: '880px', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  footer: {
    display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'flex-end', gap: tokens.spacingHorizontalS, flexShrink: 0,
    padding: `${tokens.spacingVerticalM} min(${tokens.spacingHorizontalXXXL}, 3vw)`, borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  left: { marginRight: 'auto' },
})

export function WizardScreen({ purpose, onClose }: { readonly purpose: WizardPurpose; readonly onClose: (next?: Place) => void }) {
  const { wizard: words, ui, shell } = useText()
  const styles = useStyles()
  const caller = useCaller()
  const { say } = useNavigation()
  const wizard = useWizard(purpose)
  const { state, act } = wizard
  const accounts = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed'] }).value?.accounts ?? null
  const store = useAnswer('secrets.store', {}, { refreshOn: ['secrets.changed'] })
  const [leaving, setLeaving] = useState(false)
  const [makeDefault, setMakeDefault] = useState(false)
  const content = useRef<HTMLDivElement>(null)

  useEffect(() => {
    content.current?.scrollTo({ top: 0 })
  }, [state.step])
  useEffect(() => {
    if (state.tries > 0) content.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [state.tries])

  const finish = async () => {
    const saved = await wizard.save(makeDefault)
    if (saved === null) return
    say(words.finish.saved(saved.account.name))
    const before = accounts?.find(({ isDefault }) => isDefault)?.account.id
    const now = accounts?.find(({ account }) => account.id === saved.defaultAccountId)?.account
    if (before !== undefined && saved.defaultAccountId === null) say(shell.promotedNone)
    else if (before === saved.account.id && now !== undefined && now.id !== before) say(shell.promoted(now.name))
    if (saved.account.incoming !== null && state.accountId === null) void caller.call('mail.fetch', { accountIds: [saved.account.id] })
    onClose(state.accountId === null ? 'mail' : 'accounts')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (state.step === 'finish') void finish()
    else if (state.step === 'welcome') act({ do: 'add' })
    else if (state.step !== 'looking') act({ do: 'next' })
  }
  const cancel = () => (hasInput(state) ? setLeaving(true) : onClose())
  const leave = (keep: boolean) => {
    if (keep) void caller.call('wizard.keep', { state: keptText(state) })
    else wizard.forget()
    onClose()
  }
  const escape = (event: KeyboardEvent<HTMLFormElement>) => {
    const { target, currentTarget } = event
    if (event.key !== 'Escape' || !canLeave || state.saving || !(target instanceof Element)) return
    // A dialog or a menu over the page, or an open list on it, takes the key for itself.
    if (currentTarget.contains(target) && target.getAttribute('aria-expanded') !== 'true') cancel()
  }
  const canBack = state.step !== 'welcome' && !(state.accountId !== null && state.step === 'servers') && !state.saving
  const canLeave = state.step !== 'welcome' || (accounts !== null && accounts.length > 0)
  const secretsProblem = state.failure?.code === 'secrets.locked' || state.failure?.code === 'secrets.absent'

  return (
    <div className={styles.root}>
      <StageList step={state.step} />
      <main style={{ display: 'contents' }}>
        <form className={styles.form} noValidate aria-label={words.title} onSubmit={submit} onKeyDown={escape}>
          <div ref={content} className={styles.content}>
            <div key={state.step} className={styles.inner}>
              {state.failure !== null && !secretsProblem && <FailureBar failure={state.failure} onDismiss={() => act({ do: 'failed', failure: null })} />}
              {state.step === 'welcome' && <WelcomePage accounts={accounts} act={act} />}
              {state.step === 'address' && <AddressPage state={state} act={act} />}
              {state.step === 'looking' && <LookingPage state={state} job={wizard.lookUp} act={act} />}
              {state.step === 'found' && <FoundPage state={state} act={act} />}
              {state.step === 'type' && <TypePage state={state} act={act} />}
              {state.step === 'servers' && <ServersPage state={state} act={act} />}
              {state.step === 'test' && <TestPage wizard={wizard} />}
              {state.step === 'finish' && <FinishPage state={state} accounts={accounts ?? []} store={store.value} makeDefault={makeDefault} onMakeDefault={setMakeDefault} />}
            </div>
          </div>
          <footer className={styles.footer}>
            {state.step === 'servers' && (
              <Button className={styles.left} onClick={() => act({ do: 'open-more', tab: 'general' })}>
                {words.servers.more}
              </Button>
            )}
            {canBack && <Button onClick={() => act({ do: 'back' })}>{words.buttons.back}</Button>}
            {state.step === 'welcome' ? (
              <Button type="submit" appearance="primary">
                {words.welcome.add}
              </Button>
            ) : state.step === 'finish' ? (
              <Button type="submit" appearance="primary" disabled={state.saving}>
                {state.saving ? words.finish.saving : words.buttons.finish}
              </Button>
            ) : (
              <NextButton wizard={wizard} />
            )}
            {canLeave && <Button onClick={cancel}>{state.step === 'welcome' ? ui.close : ui.cancel}</Button>}
          </footer>
        </form>
      </main>
      <MoreDialog state={state} act={act} />
      <LeaveDialog open={leaving} onStay={() => setLeaving(false)} onLeave={leave} />
      {secretsProblem && store.value !== null && (
        <SecretsDialog store={store.value} onClose={() => act({ do: 'failed', failure: null })} onReady={() => void finish()} />
      )}
    </div>
  )
}

function NextButton({ wizard: { state } }: { readonly wizard: ReturnType<typeof useWizard> }) {
  const { buttons } = useText().wizard
  const untested = state.step === 'test' && state.checked !== 'passed'
  return (
    <Button type="submit" appearance={untested ? 'secondary' : 'primary'} disabled={state.step === 'looking' || (state.step === 'test' && state.checked === null)}>
      {untested && state.checked === 'failed' ? buttons.saveAnyway : buttons.next}
    </Button>
  )
}
