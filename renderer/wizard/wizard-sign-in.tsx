/** Signing in over the web as a step of the wizard: first where the service offers it, with the password way beside it. */
import { useText } from '../text/use-text.tsx'
import type { SignInDetail, SignInSubject } from '../sign-in/use-web-sign-in.ts'
import { WebSignInPanel } from '../sign-in/web-sign-in-panel.tsx'
import { serverNames } from './account-form.ts'
import type { WizardAction, WizardState } from './wizard-state.ts'

/** Nothing where the service has no such way, or does not know Mailroom. */
export function WizardSignIn({ state, act }: { readonly state: WizardState; readonly act: (action: WizardAction) => void }) {
  const { web, form, passwords } = state
  if (web === null || !web.ready) return null
  const onSignedIn = ({ signInId, signedInAs }: SignInDetail) => {
    if (signInId !== null) act({ do: 'signed-in', id: signInId, as: signedInAs ?? '' })
  }
  return (
    <WebSignInPanel
      provider={web.name}
      subject={subjectOf(state, web.issuer)}
      signedInAs={passwords.signedIn?.as ?? null}
      onSignedIn={onSignedIn}
      onSignOut={() => act({ do: 'use-password' })}
      missing={state.tries > 0 && passwords.main === '' && form.signIn.method !== 'spa'}
    />
  )
}

/** The service would sign people in over the web, if it knew Mailroom: said, so that nobody wonders. */
export function WebNotReady({ state: { web } }: { readonly state: WizardState }) {
  const { signIn } = useText()
  return web === null || web.ready ? null : <p style={{ margin: 0, maxWidth: '75ch' }}>{signIn.notReady(web.name)}</p>
}

function subjectOf({ form }: WizardState, issuer: string): SignInSubject {
  const address = form.user.address.trim()
  return { is: 'draft', address, userName: form.signIn.userName === '' ? address : form.signIn.userName, issuer, servers: [...serverNames(form)], http: form.forReceiving && form.incoming.protocol === 'jmap' }
}
