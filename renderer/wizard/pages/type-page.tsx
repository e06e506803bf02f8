/** A6: what kind of server mail comes from, or none. */
import { Field as FluentField, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { useText } from '../../text/use-text.tsx'
import { PageFrame } from '../page-frame.tsx'
import { foundAnything, type ServerType, type WizardAction, type WizardState } from '../wizard-state.ts'

const types: readonly ServerType[] = ['imap', 'pop3', 'jmap', 'none']

const useStyles = makeStyles({
  group: { gap: tokens.spacingVerticalS },
  label: { display: 'flex', flexDirection: 'column' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, maxWidth: '60ch' },
})

export function TypePage({ state, act }: { readonly state: WizardState; readonly act: (action: WizardAction) => void }) {
  const { type: words } = useText().wizard
  const styles = useStyles()
  const { form, findings } = state
  return (
    <PageFrame title={words.title}>
      {findings !== null && !foundAnything(findings) && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle style={{ display: 'block' }}>{words.nothingFound(form.user.address)}</MessageBarTitle>
            {words.nothingFoundNext}
          </MessageBarBody>
        </MessageBar>
      )}
      <FluentField label={words.label}>
        <RadioGroup className={styles.group} value={form.forReceiving ? form.incoming.protocol : 'none'} onChange={(_, data) => act({ do: 'choose-type', type: data.value as ServerType })}>
          {types.map((type) => (
            <Radio
              key={type}
              value={type}
              label={
                <span className={styles.label}>
                  <span>{words[type]}</span>
                  <span className={styles.hint}>{words[`${type}Hint`]}</span>
                </span>
              }
            />
          ))}
        </RadioGroup>
      </FluentField>
    </PageFrame>
  )
}
