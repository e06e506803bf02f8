/** "Sign in with …": the button, the wait for the person in the browser, and what came of it. */
import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, OpenRegular, PersonKeyRegular } from '@fluentui/react-icons'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { type SignInDetail, type SignInSubject, useWebSignIn } from './use-web-sign-in.ts'

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  done: { color: tokens.colorStatusSuccessForeground3, flexShrink: 0 },
  hint: { color: tokens.colorNeutralForeground2, maxWidth: '65ch' },
})

export interface WebSignInPanelProps {
  readonly provider: string
  readonly subject: SignInSubject
  /** As whom somebody is signed in already; empty = the provider did not say; null = nobody is. */
  readonly signedInAs: string | null
  readonly onSignedIn: (detail: SignInDetail) => void
  readonly onSignOut?: () => void
  /** Whoever went on without signing in: the field that is missing. */
  readonly missing?: boolean
}

export function WebSignInPanel({ provider, subject, signedInAs, onSignedIn, onSignOut, missing = false }: WebSignInPanelProps) {
  const { signIn: words } = useText()
  const styles = useStyles()
  const { state, failure, begin, openAgain, cancel } = useWebSignIn(onSignedIn)
  const signedIn = signedInAs !== null
  const label = signedIn ? words.again : words.button(provider)
  if (state === 'waiting') {
    return (
      <div className={styles.panel}>
        <div role="status"><Spinner size="tiny" labelPosition="after" label={words.waiting(provider)} /></div>
        <Text className={styles.hint}>{words.waitingHint}</Text>
        <div className={styles.row}>
          <Button icon={<OpenRegular />} onClick={openAgain}>{words.openAgain}</Button>
          <Button onClick={cancel}>{words.stopWaiting}</Button>
        </div>
      </div>
    )
  }
  return (
    <div className={styles.panel}>
      {failure !== null && (
        <FailureBar
          failure={failure}
          actions={failure.code === 'signin.wrong-user' ? <Button onClick={() => begin(subject, true)}>{words.sharedMailbox}</Button> : null}
        />
      )}
      {signedIn && (
        <div role="status" className={styles.row}>
          <CheckmarkCircleFilled fontSize={20} className={styles.done} aria-hidden />
          <Text weight="semibold">{words.signedIn(signedInAs, provider)}</Text>
        </div>
      )}
      <div className={styles.row}>
        <Button appearance={signedIn ? 'secondary' : 'primary'} icon={<PersonKeyRegular />} onClick={() => begin(subject, false)} {...(missing && !signedIn ? { 'aria-invalid': true, 'aria-describedby': 'sign-in-first' } : {})}>
          {label}
        </Button>
        {signedIn && onSignOut !== undefined && <Button onClick={onSignOut}>{words.signOut}</Button>}
      </div>
      {!signedIn && <Text className={styles.hint}>{words.hint(provider)}</Text>}
      {missing && !signedIn && <Text id="sign-in-first" role="alert" weight="semibold">{words.first}</Text>}
    </div>
  )
}
