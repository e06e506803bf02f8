/** A6: what kind of server mail comes from, or none. */
import { Field as FluentField, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { explain } from '../../../shared/failures/catalogue.ts'
import { type Findings, whyNothingFound } from '../../../shared/model/findings.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { GuidanceBar } from '../../ui/guidance-bar.tsx'
import { PageFrame } from '../page-frame.tsx'
import { AskedSources } from '../source-list.tsx'
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
      {findings !== null && !foundAnything(findings) && <NothingFound findings={findings} />}
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
      {findings !== null && !foundAnything(findings) && <AskedSources sources={findings.sources} />}
    </PageFrame>
  )
}

/** Why there is nothing to choose from: what the service demands, or what stood in the way of finding it. */
function NothingFound({ findings }: { readonly findings: Findings }) {
  const { type: words } = useText().wizard
  const language = useLanguage()
  if (findings.guidance !== null) return <GuidanceBar guidance={findings.guidance} />
  const failure = whyNothingFound(findings)
  const unknown = failure.code === 'discovery.nothing-found'
  const { title, cause, remedy } = explain(failure, language)
  return (
    <MessageBar intent={unknown ? 'info' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle style={{ display: 'block' }}>{unknown ? words.nothingFound(findings.address) : title}</MessageBarTitle>
        {unknown ? words.nothingFoundNext : `${cause} ${remedy}`}
      </MessageBarBody>
    </MessageBar>
  )
}
