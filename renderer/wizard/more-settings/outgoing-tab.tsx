/** B3: whether and how the outgoing server wants a sign-in; A5: whether this sender may send. */
import { Field as FluentField, Radio, RadioGroup, Switch, Text } from '@fluentui/react-components'
import { useText } from '../../text/use-text.tsx'
import { CheckField, TextField } from '../../ui/field.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { sendsViaIncoming } from '../account-form.ts'
import { problemAt } from '../form-problems.ts'
import { usePageStyles } from '../page-frame.tsx'
import type { TabProps } from './tab-props.ts'

export function OutgoingTab({ state: { form, passwords, accountId }, act, problems }: TabProps) {
  const { wizard } = useText()
  const words = wizard.more.outgoing
  const page = usePageStyles()
  const { outgoing, outgoingSignIn, forReceiving } = form
  const edit = (change: Partial<typeof outgoingSignIn>) => act({ do: 'edit', change: { outgoingSignIn: { ...outgoingSignIn, ...change } } })
  if (!form.forSending) return <Text>{words.notForSending}</Text>
  const viaIncoming = sendsViaIncoming(form)
  const requires = !viaIncoming && outgoingSignIn.use !== 'none'
  return (
    <div className={page.fields}>
      <FluentField hint={words.enabledHint}>
        <Switch label={words.enabled} checked={outgoing.enabled} onChange={(_, data) => act({ do: 'edit', change: { outgoing: { ...outgoing, enabled: data.checked } } })} />
      </FluentField>
      {!viaIncoming && <CheckField label={words.requires} checked={requires} onChange={(on) => edit({ use: on ? 'same-as-incoming' : 'none' })} />}
      {requires && (
        <FluentField label={words.how}>
          <RadioGroup value={outgoingSignIn.use} onChange={(_, data) => edit({ use: data.value as typeof outgoingSignIn.use })}>
            <Radio value="same-as-incoming" label={forReceiving ? words.same : words.sameAlone} />
            {forReceiving && <Radio value="own" label={words.own} />}
            {outgoing.shared && <Radio value="server" label={words.server} />}
          </RadioGroup>
        </FluentField>
      )}
      {requires && outgoingSignIn.use === 'own' && forReceiving && (
        <div className={page.section}>
          <TextField label={wizard.servers.userName} required value={outgoingSignIn.userName} onChange={(userName) => edit({ userName })} problem={problemAt(problems, 'outgoingSignIn.userName')} />
          <PasswordField
            label={wizard.address.password}
            required={accountId === null}
            {...(accountId === null ? {} : { placeholder: wizard.address.passwordStored })}
            value={passwords.outgoing}
            onChange={(value) => act({ do: 'type-password', change: { outgoing: value } })}
            problem={problemAt(problems, 'passwords.outgoing')}
          />
          <div className={page.choices}>
            <CheckField label={wizard.servers.remember} checked={outgoingSignIn.rememberPassword} onChange={(rememberPassword) => edit({ rememberPassword })} />
            <CheckField label={wizard.servers.spa} checked={outgoingSignIn.method === 'spa'} onChange={(spa) => edit({ method: spa ? 'spa' : 'password' })} />
          </div>
        </div>
      )}
    </div>
  )
}
