/** What the mails say and from whom they come, and which column is which field. */
import { Checkbox, Dropdown, Field as FluentField, Input, makeStyles, MessageBar, MessageBarBody, Option, Subtitle2, Text, tokens } from '@fluentui/react-components'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import { documentFields, recipientFields, type TemplateRow } from '../../shared/model/template.ts'
import { useText } from '../text/use-text.tsx'
import { narrow } from '../ui/field.tsx'
import { PageFrame } from '../wizard/page-frame.tsx'
import type { Batch } from './use-batch.ts'

const useStyles = makeStyles({
  grid: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 210px), 1fr))', gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`, alignItems: 'start' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  heading: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

const fields = [...recipientFields.map((name) => `recipient.${name}`), ...documentFields.map((name) => `document.${name}`)]

export function LetterPage({ batch, templates, senders }: { readonly batch: Batch; readonly templates: readonly TemplateRow[] | null; readonly senders: readonly AccountOverview[] | null }) {
  const { batches: { letter: words }, templates: { fields: fieldWords } } = useText()
  const styles = useStyles()
  const { state, act } = batch
  const columns = state.table?.columns ?? []
  const template = templates?.find(({ id }) => id === state.templateId)
  const sender = senders?.find(({ account }) => account.id === state.accountId)?.account
  return (
    <PageFrame title={words.title} body={words.body}>
      {templates?.length === 0 && <MessageBar intent="warning"><MessageBarBody>{words.noTemplates}</MessageBarBody></MessageBar>}
      {senders?.length === 0 && <MessageBar intent="warning"><MessageBarBody>{words.noAccounts}</MessageBarBody></MessageBar>}
      <div className={styles.grid}>
        <FluentField label={words.template}>
          <Dropdown style={narrow} value={template?.name ?? ''} selectedOptions={[String(state.templateId ?? '')]} onOptionSelect={(_, { optionValue }) => act({ do: 'choose', change: { templateId: Number(optionValue) } })}>
            {(templates ?? []).map(({ id, name }) => <Option key={id} value={String(id)}>{name}</Option>)}
          </Dropdown>
        </FluentField>
        <FluentField label={words.account}>
          <Dropdown style={narrow} value={sender === undefined ? '' : sender.name} selectedOptions={[state.accountId ?? '']} onOptionSelect={(_, { optionValue }) => act({ do: 'choose', change: { accountId: optionValue ?? state.accountId } })}>
            {(senders ?? []).map(({ account }) => <Option key={account.id} value={account.id} text={account.name}>{`${account.name} (${account.user.address})`}</Option>)}
          </Dropdown>
        </FluentField>
        {state.pdfs.length > 0 && (
          <FluentField label={words.rule} hint={words.ruleHint}>
            <Input style={narrow} input={{ style: narrow }} value={state.rule} onChange={(_, { value }) => act({ do: 'choose', change: { rule: value } })} />
          </FluentField>
        )}
      </div>
      <section className={styles.section} aria-label={words.columns}>
        <Subtitle2 as="h2" className={styles.heading}>{words.columns}</Subtitle2>
        <Text className={styles.quiet}>{words.columnsHint}</Text>
        <div className={styles.grid}>
          {fields.map((field) => (
            <FluentField key={field} label={fieldWords[field] ?? field} required={field === 'recipient.address'}>
              <Dropdown style={narrow} value={state.mapping[field] ?? words.noColumn} selectedOptions={[state.mapping[field] ?? '']} onOptionSelect={(_, { optionValue }) => act({ do: 'map', field, column: optionValue === undefined || optionValue === '' ? null : optionValue })}>
                <Option value="" text={words.noColumn}>{words.noColumn}</Option>
                {columns.map((column) => <Option key={column} value={column}>{column}</Option>)}
              </Dropdown>
            </FluentField>
          ))}
        </div>
      </section>
      <div className={styles.grid}>
        <FluentField label={words.later} hint={words.laterHint}>
          <Input type="datetime-local" style={narrow} value={state.later} onChange={(_, { value }) => act({ do: 'choose', change: { later: value } })} />
        </FluentField>
      </div>
      <Checkbox label={words.hold} checked={state.hold} onChange={(_, { checked }) => act({ do: 'choose', change: { hold: checked === true } })} />
    </PageFrame>
  )
}
