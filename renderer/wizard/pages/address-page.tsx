/** The first question: whose account it is, and whether Mailroom may find out the rest. */
import { Field as FluentField, MessageBar, MessageBarBody, Radio, RadioGroup } from '@fluentui/react-components'
import { useText } from '../../text/use-text.tsx'
import { CheckField, TextField } from '../../ui/field.tsx'
import { GuidanceBar } from '../../ui/guidance-bar.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { problemAt, problemsOn } from '../form-problems.ts'
import { PageFrame, usePageStyles } from '../page-frame.tsx'
import { problemsIn, signsInLater, type WizardAction, type WizardState } from '../wizard-state.ts'

export function AddressPage({ state, act }: { readonly state: WizardState; readonly act: (action: WizardAction) => void }) {
  const { wizard, signIn } = useText()
  const words = wizard.address
  const styles = usePageStyles()
  const { form, passwords } = state
  const later = signsInLater(state)
  const problems = state.tries > 0 ? problemsOn('address', problemsIn(state)) : []
  const user = (change: Partial<typeof form.user>) => act({ do: 'edit', change: { user: { ...form.user, ...change } } })
  return (
    <PageFrame title={words.title} body={words.body}>
      {!later && state.guidance !== null && <GuidanceBar guidance={state.guidance} />}
      {state.resumed && (
        <MessageBar intent="info">
          <MessageBarBody>{words.resumed}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.columns}>
        <div className={styles.section}>
          <TextField
            label={words.displayName}
            hint={words.displayNameHint}
            required
            autoComplete="name"
            value={form.user.displayName}
            onChange={(displayName) => user({ displayName })}
            problem={problemAt(problems, 'user.displayName')}
          />
          <TextField
            label={words.address}
            type="email"
            required
            placeholder={words.addressExample}
            value={form.user.address}
            onChange={(address) => user({ address })}
            problem={problemAt(problems, 'user.address')}
          />
          {later && state.web !== null && <MessageBar intent="info" layout="multiline"><MessageBarBody>{signIn.noPassword(state.web.name)}</MessageBarBody></MessageBar>}
          {!later && <PasswordField
            label={words.password}
            hint={words.passwordHint}
            required={state.accountId === null}
            {...(state.accountId === null ? {} : { placeholder: words.passwordStored })}
            value={passwords.main}
            onChange={(main) => act({ do: 'type-password', change: { main } })}
            problem={problemAt(problems, 'passwords.main')}
          />}
        </div>
        <div className={styles.section}>
          <FluentField label={words.use}>
            <div role="group" className={styles.choices}>
              <CheckField
                label={words.forReceiving}
                checked={form.forReceiving}
                onChange={(forReceiving) => act({ do: 'edit', change: { forReceiving } })}
                problem={problemAt(problems, 'directions')}
              />
              <CheckField label={words.forSending} checked={form.forSending} onChange={(forSending) => act({ do: 'edit', change: { forSending } })} />
            </div>
          </FluentField>
          <FluentField label={words.how} hint={state.automatic ? words.automaticHint : null}>
            <RadioGroup value={state.automatic ? 'automatic' : 'by-hand'} onChange={(_, data) => act({ do: 'set-automatic', on: data.value === 'automatic' })}>
              <Radio value="automatic" label={words.automatic} />
              <Radio value="by-hand" label={words.byHand} />
            </RadioGroup>
          </FluentField>
        </div>
      </div>
    </PageFrame>
  )
}
