/** What the account is called, who uses it, and what else is known of the sender (A4, A7). */
import { Field as FluentField, makeStyles, Radio, RadioGroup, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useFormat, useText } from '../../text/use-text.tsx'
import { TextField } from '../../ui/field.tsx'
import type { AccountForm } from '../account-form.ts'
import { problemAt } from '../form-problems.ts'
import { usePageStyles } from '../page-frame.tsx'
import type { TabProps } from './tab-props.ts'

const useStyles = makeStyles({
  tab: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  pair: { display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`, alignItems: 'start' },
})

export function GeneralTab({ state: { form }, act, problems }: TabProps) {
  const { general: words } = useText().wizard.more
  const format = useFormat()
  const styles = useStyles()
  const page = usePageStyles()
  const { user } = form
  const edit = (change: Partial<AccountForm['user']>) => act({ do: 'edit', change: { user: { ...user, ...change } } })
  const own = (index: number, change: Partial<(typeof user.ownFields)[number]>) =>
    edit({ ownFields: user.ownFields.map((field, at) => (at === index ? { ...field, ...change } : field)) })
  const text = (key: 'organization' | 'replyToAddress' | 'replyToName' | 'jobTitle' | 'telephone', hint?: string) => (
    <TextField label={words[key]} hint={hint} value={user[key]} onChange={(value) => edit({ [key]: value })} problem={problemAt(problems, `user.${key}`)} />
  )
  return (
    <div className={styles.tab}>
      <div className={styles.pair}>
        <TextField label={words.name} hint={words.nameHint} placeholder={user.address} value={form.name} onChange={(name) => act({ do: 'edit', change: { name } })} problem={problemAt(problems, 'name')} />
        <FluentField label={words.kind}>
          <RadioGroup value={form.kind} onChange={(_, data) => act({ do: 'edit', change: { kind: data.value === 'team' ? 'team' : 'personal' } })}>
            <Radio value="personal" label={words.personal} />
            <Radio value="team" label={words.team} />
          </RadioGroup>
        </FluentField>
      </div>
      <section className={page.section}>
        <Subtitle2 as="h3">{words.otherUser}</Subtitle2>
        <div className={styles.pair}>
          {text('organization')}
          {text('jobTitle')}
          {text('replyToAddress', words.replyToHint)}
          {text('replyToName')}
          {text('telephone')}
        </div>
      </section>
      <section className={page.section}>
        <div>
          <Subtitle2 as="h3" block>{words.ownFields}</Subtitle2>
          <Text size={200} className={page.quiet}>{words.ownFieldsHint}</Text>
        </div>
        <div className={styles.pair}>
          {user.ownFields.map(({ label, value }, index) => (
            <div key={index} style={{ display: 'contents' }}>
              <TextField label={words.fieldLabel(format.number(index + 1))} value={label} onChange={(next) => own(index, { label: next })} problem={problemAt(problems, `user.ownFields.${String(index)}.label`)} />
              <TextField label={words.fieldValue(format.number(index + 1))} value={value} onChange={(next) => own(index, { value: next })} problem={problemAt(problems, `user.ownFields.${String(index)}.value`)} />
            </div>
          ))}
        </div>
      </section>
    </div>
  )
}
