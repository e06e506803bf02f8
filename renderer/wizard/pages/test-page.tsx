/** Both servers proven, step by step (B8): what failed with its cure beside it, and on request a test message to oneself. */
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Spinner, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { explains, mayBeDemand } from '../../../shared/failures/service-demands.ts'
import type { Failure, FailureCode } from '../../../shared/failures/failure.ts'
import { type CheckStep, isOver } from '../../../shared/model/job.ts'
import { useCaller } from '../../bridge/use-caller.tsx'
import { useText } from '../../text/use-text.tsx'
import { CertificateCard } from '../../ui/certificate-card.tsx'
import { FailureBar } from '../../ui/failure-bar.tsx'
import { GuidanceBar } from '../../ui/guidance-bar.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { StepList } from '../../ui/step-list.tsx'
import { PageFrame, usePageStyles } from '../page-frame.tsx'
import { WizardSignIn } from '../wizard-sign-in.tsx'
import { sendsViaIncoming } from '../account-form.ts'
import type { Wizard } from '../use-wizard.ts'
import type { WizardState } from '../wizard-state.ts'

const useStyles = makeStyles({
  again: { display: 'grid', gridTemplateColumns: 'minmax(0, 320px) auto', gap: tokens.spacingHorizontalM, alignItems: 'end', justifyContent: 'start' },
})

export function TestPage({ wizard }: { readonly wizard: Wizard }) {
  const { wizard: words, ui } = useText()
  const text = words.test
  const page = usePageStyles()
  const caller = useCaller()
  const { state, act, check, startCheck } = wizard
  const steps = check?.detail.kind === 'check-account' ? check.detail.steps : []
  const otherName = check?.detail.kind === 'check-account' ? (check.detail.userName ?? null) : null
  const running = state.checked === null && state.failure === null
  const failures = toldOnce(failedSides(steps), state)
  // One password serves both servers: it is asked for once.
  const firstRejected = failures.find(({ failure }) => curedByPassword.has(failure.code) || curedByWeb.has(failure.code) || mayBeDemand(failure))?.side
  const testMessage = steps.filter(({ side }) => side === 'test-message')
  const cancelled = check?.state === 'cancelled'
  // A failure of the job that no step carries, such as a password nobody has.
  const whole = check !== null && isOver(check.state) && !cancelled && failures.length === 0 ? check.failure : null

  return (
    <PageFrame title={text.title} body={text.body}>
      <div className={page.row} role="status">
        {running && <Spinner size="tiny" label={text.running} />}
        {running && check !== null && <Button size="small" onClick={() => void caller.call('jobs.cancel', { id: check.id })}>{text.stop}</Button>}
        {!running && cancelled && <Text weight="semibold">{text.cancelled}</Text>}
      </div>
      {state.checked === 'passed' && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle style={{ display: 'block' }}>{text.passed}</MessageBarTitle>
            {testMessage.length === 0 ? text.passedBody : testMessage.some(({ step }) => step === 'arrive') ? text.messagePassed : text.messageSent}
          </MessageBarBody>
        </MessageBar>
      )}
      {otherName !== null && <Text>{text.otherUserName(otherName)}</Text>}
      {whole !== null && <FailureBar failure={whole} />}
      {failures.map(({ side, failure }) => (
        <SideFailure key={side} side={side} failure={failure} wizard={wizard} asksPassword={side === firstRejected || signsInOnItsOwn(state, side)} />
      ))}
      <StepList steps={steps} />
      {!running && (
        <div className={page.row}>
          {state.checked !== 'passed' && <Button onClick={() => startCheck(false)}>{ui.tryAgain}</Button>}
          {state.checked !== 'passed' && state.byHand && <Button onClick={() => act({ do: 'back' })}>{text.change}</Button>}
          {state.checked !== 'passed' && !state.byHand && <Button onClick={() => act({ do: 'go-by-hand' })}>{text.change}</Button>}
          {state.checked === 'passed' && testMessage.length === 0 && state.form.forSending && (
            <>
              <Button onClick={() => startCheck(true)}>{text.message}</Button>
              <Text size={200} className={page.quiet}>{text.messageHint(state.form.user.address)}</Text>
            </>
          )}
          {state.checked === 'passed' && (testMessage.length > 0 || !state.form.forSending) && <Button onClick={() => startCheck(false)}>{text.again}</Button>}
        </div>
      )}
    </PageFrame>
  )
}

type Side = CheckStep['side']

const curedByWeb: ReadonlySet<FailureCode> = new Set(['signin.again', 'signin.provider-refused'])
const curedByPassword: ReadonlySet<FailureCode> = new Set(['signin.rejected', 'signin.no-password', 'signin.app-password-needed'])

function signsInOnItsOwn({ form }: WizardState, side: Side): boolean {
  return side === 'outgoing' && form.forReceiving && form.outgoingSignIn.use === 'own'
}

function failedSides(steps: readonly CheckStep[]): readonly { readonly side: Side; readonly failure: Failure }[] {
  return steps.flatMap(({ side, failure }) => (failure === null ? [] : [{ side, failure }]))
}

/** Over HTTP one server does both: what is wrong with it is said once. */
function toldOnce(failures: ReturnType<typeof failedSides>, { form }: WizardState): ReturnType<typeof failedSides> {
  const [first] = failures
  return failures.filter((one) => one === first || !sendsViaIncoming(form) || one.failure.code !== first?.failure.code)
}

/** The failure in words and, where it can be cured here, the cure: another password, a certificate to compare, or a host that belongs to the service. */
function SideFailure(props: { readonly side: Side; readonly failure: Failure; readonly wizard: Wizard; readonly asksPassword: boolean }) {
  const { test } = useText().wizard
  const styles = useStyles()
  const page = usePageStyles()
  const [password, setPassword] = useState('')
  const { side, failure, asksPassword, wizard: { state, act } } = props
  const { certificate, name } = failure.evidence
  const { form } = state
  const server = side === 'outgoing' && sendsViaIncoming(form) ? 'incoming' : side
  const own = signsInOnItsOwn(state, side)
  return (
    <div className={page.section}>
      <FailureBar failure={failure} />
      {certificate !== undefined && server !== 'test-message' && (
        <CertificateCard failure={failure} onTrust={(fingerprint) => act({ do: 'trust', side: server, fingerprint })} />
      )}
      {failure.code === 'server.elsewhere' && name !== undefined && server === 'incoming' && form.incoming.protocol === 'jmap' && (
        <Button style={{ alignSelf: 'flex-start' }} onClick={() => act({ do: 'edit', change: { incoming: { ...form.incoming, otherHosts: `${form.incoming.otherHosts} ${name}`.trim() } } })}>
          {test.useHost(name)}
        </Button>
      )}
      {explains(state.guidance, failure) && <GuidanceBar guidance={state.guidance} />}
      {asksPassword && (curedByWeb.has(failure.code) || mayBeDemand(failure)) && <WizardSignIn state={state} act={act} />}
      {asksPassword && curedByPassword.has(failure.code) && form.signIn.method !== 'oauth2' && (
        <div className={styles.again}>
          <PasswordField label={test.retypePassword} value={password} onChange={setPassword} />
          <Button disabled={password === ''} onClick={() => act({ do: 'type-password', change: own ? { outgoing: password } : { main: password } })}>
            {test.withPassword}
          </Button>
        </div>
      )}
    </div>
  )
}
