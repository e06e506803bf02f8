/** As whom an account, or the server of a level, is signed in over the web, with the ways in, in again and out. */
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { SignInHolder } from '../../shared/model/levels.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { WebSignInPanel } from './web-sign-in-panel.tsx'

export function SignInOf({ holder, onSignedOut = () => undefined }: { readonly holder: SignInHolder; readonly onSignedOut?: () => void }) {
  const { signIn: words } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const at = useAnswer('signIn.of', { holder }, { refreshOn: ['accounts.changed'], keepPrevious: true })
  const [justNow, setJustNow] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const problem = failure ?? at.failure

  const signOut = async () => {
    const out = await caller.call('signIn.out', { holder })
    setFailure(out.ok ? null : out.failure)
    if (!out.ok) return
    setJustNow(null)
    at.refresh()
    say(words.signedOut(at.value?.name ?? ''))
    onSignedOut()
  }
  return (
    <>
      {problem !== null && <FailureBar failure={problem} />}
      {at.value !== null && (
        <WebSignInPanel
          provider={at.value.provider === '' ? at.value.name : at.value.provider}
          subject={holder}
          signedInAs={justNow ?? (at.value.signedIn ? (at.value.signedInAs ?? '') : null)}
          onSignedIn={(detail) => setJustNow(detail.signedInAs ?? '')}
          onSignOut={() => void signOut()}
        />
      )}
    </>
  )
}
