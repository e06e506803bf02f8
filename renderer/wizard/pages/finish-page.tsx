/** What is about to be saved, whether it becomes the default, and what happens next. */
import { makeStyles, MessageBar, MessageBarBody, Subtitle2, Text, tokens } from '@fluentui/react-components'
import type { AccountOverview, SecretStore } from '../../../shared/contract/methods.ts'
import { sessionHost } from '../../../shared/model/account.ts'
import { useText } from '../../text/use-text.tsx'
import { CheckField } from '../../ui/field.tsx'
import { PageFrame, usePageStyles } from '../page-frame.tsx'
import { sendsViaIncoming, sessionUrlOf } from '../account-form.ts'
import type { WizardState } from '../wizard-state.ts'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL}`, margin: 0 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  next: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
})

export function FinishPage(props: {
  readonly state: WizardState
  readonly accounts: readonly AccountOverview[]
  readonly store: SecretStore | null
  readonly makeDefault: boolean
  readonly onMakeDefault: (on: boolean) => void
}) {
  const { wizard } = useText()
  const words = wizard.finish
  const styles = useStyles()
  const page = usePageStyles()
  const { form, checked, accountId } = props.state
  const current = props.accounts.find(({ isDefault }) => isDefault)
  const canBeDefault = form.forSending && form.outgoing.enabled
  const incoming = form.incoming.protocol === 'jmap' ? sessionHost(sessionUrlOf(form.incoming.sessionUrl)) : form.incoming.host
  const facts = [
    { name: words.name, value: form.name.trim() === '' ? form.user.address : form.name },
    { name: words.address, value: `${form.user.displayName} <${form.user.address}>` },
    { name: words.incoming, value: form.forReceiving ? words.server(wizard.type[form.incoming.protocol], incoming) : words.none },
    { name: words.outgoing, value: !form.forSending ? words.none : sendsViaIncoming(form) ? words.server(wizard.type.jmap, incoming) : form.outgoing.shared ? words.sharedServer : words.server('SMTP', form.outgoing.host) },
    { name: words.password, value: !form.signIn.rememberPassword ? words.notRemembered : props.store?.place === 'session' ? words.sessionOnly : (props.store?.name ?? '') },
  ]
  return (
    <PageFrame title={accountId === null ? words.title : words.titleChange}>
      <MessageBar intent={checked === 'passed' ? 'success' : 'warning'}>
        <MessageBarBody>{checked === 'passed' ? words.passed : checked === 'failed' ? words.notPassed : words.notTested}</MessageBarBody>
      </MessageBar>
      <dl className={styles.facts}>
        {facts.map(({ name, value }) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt className={page.quiet}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
      {canBeDefault && (current === undefined || current.account.id === accountId) && <Text>{current === undefined ? words.firstDefault : words.isDefault}</Text>}
      {canBeDefault && current !== undefined && current.account.id !== accountId && (
        <CheckField label={words.makeDefault} checked={props.makeDefault} onChange={props.onMakeDefault} />
      )}
      {accountId === null && (
        <section className={page.section}>
          <Subtitle2 as="h2">{words.next}</Subtitle2>
          <ul className={styles.next}>
            {form.forReceiving && <li>{words.nextFetch}</li>}
            {form.forSending && <li>{words.nextSend}</li>}
            <li>{words.nextChange}</li>
          </ul>
        </section>
      )}
    </PageFrame>
  )
}
