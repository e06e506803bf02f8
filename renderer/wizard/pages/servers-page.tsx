/** Everything the servers need to know, as Outlook's users expect it: user, logon, incoming, outgoing, and More settings. */
import { Subtitle2 } from '@fluentui/react-components'
import type { FieldProblem } from '../../../shared/model/field-problem.ts'
import { useText } from '../../text/use-text.tsx'
import { CheckField, TextField } from '../../ui/field.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import type { AccountForm } from '../account-form.ts'
import { problemAt } from '../form-problems.ts'
import { PageFrame, usePageStyles } from '../page-frame.tsx'
import { problemsIn, type WizardAction, type WizardState } from '../wizard-state.ts'
import { WizardSignIn } from '../wizard-sign-in.tsx'
import { OutgoingServer } from './outgoing-server.tsx'
import { ServerFields } from './server-fields.tsx'

interface Props {
  readonly state: WizardState
  readonly act: (action: WizardAction) => void
}
type SectionProps = Props & { readonly problems: readonly FieldProblem[] }

export function ServersPage({ state, act }: Props) {
  const { servers: words } = useText().wizard
  const page = usePageStyles()
  const { form, accountId } = state
  const problems = state.tries > 0 ? problemsIn(state) : []
  const section = { state, act, problems }
  return (
    <PageFrame title={accountId === null ? words.title : words.titleChange(form.name)} body={words.body}>
      <div className={page.columns}>
        <div className={page.section}>
          <UserSection {...section} />
          <LogonSection {...section} />
        </div>
        <div className={page.section}>
          {form.forReceiving && <IncomingSection {...section} />}
          {form.forSending && <OutgoingServer {...section} />}
        </div>
      </div>
    </PageFrame>
  )
}

function UserSection({ state: { form }, act, problems }: SectionProps) {
  const { servers, address } = useText().wizard
  const page = usePageStyles()
  const edit = (change: Partial<AccountForm['user']>) => act({ do: 'edit', change: { user: { ...form.user, ...change } } })
  return (
    <section className={page.section}>
      <Subtitle2 as="h2">{servers.user}</Subtitle2>
      <TextField label={address.displayName} required value={form.user.displayName} onChange={(displayName) => edit({ displayName })} problem={problemAt(problems, 'user.displayName')} />
      <TextField label={address.address} required type="email" value={form.user.address} onChange={(value) => edit({ address: value })} problem={problemAt(problems, 'user.address')} />
    </section>
  )
}

function LogonSection({ state, act, problems }: SectionProps) {
  const { form, passwords, accountId } = state
  // HTTP knows nothing of it, and a permission takes its place.
  const mayUseSpa = !(form.forReceiving && form.incoming.protocol === 'jmap') && form.signIn.method !== 'oauth2'
  const { servers, address } = useText().wizard
  const page = usePageStyles()
  const { signIn } = form
  const edit = (change: Partial<typeof signIn>) => act({ do: 'edit', change: { signIn: { ...signIn, ...change } } })
  return (
    <section className={page.section}>
      <Subtitle2 as="h2">{servers.logon}</Subtitle2>
      <TextField label={servers.userName} hint={servers.userNameHint} required value={signIn.userName} onChange={(userName) => edit({ userName })} problem={problemAt(problems, 'signIn.userName')} />
      <WizardSignIn state={state} act={act} />
      {signIn.method !== 'oauth2' && <PasswordField
        label={address.password}
        {...(accountId === null ? {} : { placeholder: address.passwordStored })}
        value={passwords.main}
        onChange={(main) => act({ do: 'type-password', change: { main } })}
        problem={problemAt(problems, 'passwords.main')}
      />}
      <div className={page.choices}>
        <CheckField label={servers.remember} hint={signIn.rememberPassword ? undefined : servers.rememberOff} checked={signIn.rememberPassword} onChange={(rememberPassword) => edit({ rememberPassword })} />
        {mayUseSpa && <CheckField label={servers.spa} checked={signIn.method === 'spa'} onChange={(spa) => edit({ method: spa ? 'spa' : 'password' })} />}
      </div>
    </section>
  )
}

function IncomingSection({ state: { form }, act, problems }: SectionProps) {
  const { servers, type } = useText().wizard
  const page = usePageStyles()
  const { incoming } = form
  const edit = (change: Partial<typeof incoming>) => act({ do: 'edit', change: { incoming: { ...incoming, ...change } } })
  const title = `${servers.incoming} (${type[incoming.protocol]})`
  if (incoming.protocol === 'jmap') {
    return (
      <section className={page.section}>
        <Subtitle2 as="h2">{`${servers.incoming}, ${type.jmap}`}</Subtitle2>
        <TextField label={servers.sessionUrl} hint={servers.sessionUrlHint} required value={incoming.sessionUrl} onChange={(sessionUrl) => edit({ sessionUrl })} problem={problemAt(problems, 'incoming.sessionUrl')} />
        <TextField label={servers.otherHosts} hint={servers.otherHostsHint} value={incoming.otherHosts} onChange={(otherHosts) => edit({ otherHosts })} problem={problemAt(problems, 'incoming.otherHosts')} />
      </section>
    )
  }
  return (
    <section className={page.section}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      <ServerFields side="incoming" protocol={incoming.protocol} server={incoming} onChange={edit} problems={problems} />
    </section>
  )
}
