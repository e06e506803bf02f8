/** C5: private marks; C1: when mail is fetched; D6 and D7: what is added to mail that goes out. */
import { Dropdown, makeStyles, Option, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { keepSentSchema } from '../../../shared/model/sent-copy.ts'
import { sentCopyWords } from '../../../shared/words/sent-copies.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { CheckField, Field } from '../../ui/field.tsx'
import { PassageField } from '../../editor/passage-field.tsx'
import { sendsViaIncoming } from '../account-form.ts'
import { problemAt } from '../form-problems.ts'
import { usePageStyles } from '../page-frame.tsx'
import { NumberInput } from './advanced-tab.tsx'
import type { TabProps } from './tab-props.ts'

const useStyles = makeStyles({
  tab: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
  regularly: { display: 'grid', gridTemplateColumns: 'max-content 88px auto', alignItems: 'start', gap: tokens.spacingHorizontalS, '& > :last-child': { marginTop: '6px' } },
})

const usualMinutes = 10
const receipts = ['none', 'account', 'reply-to'] as const

export function OtherTab({ state: { form }, act, problems }: TabProps) {
  const { wizard, sending: outboxWords } = useText()
  const { other: words } = wizard.more
  const { keep } = sentCopyWords[useLanguage()]
  const styles = useStyles()
  const page = usePageStyles()
  const { privacy, schedule, sending } = form
  const timed = (change: Partial<typeof schedule>) => act({ do: 'edit', change: { schedule: { ...schedule, ...change } } })
  const passageProblems = (path: string) => ({ text: problemAt(problems, `${path}.text`) ?? null, html: problemAt(problems, `${path}.html`) ?? null })
  const send = (change: Partial<typeof sending>) => act({ do: 'edit', change: { sending: { ...sending, ...change } } })
  return (
    <div className={styles.tab}>
      <section className={page.section}>
        <div>
          <Subtitle2 as="h3" block>{words.privacy}</Subtitle2>
          <Text size={200} className={page.quiet}>{words.privacyHint}</Text>
        </div>
        <div className={page.choices}>
          <CheckField label={words.privateIncoming} checked={privacy.incoming} onChange={(incoming) => act({ do: 'edit', change: { privacy: { ...privacy, incoming } } })} />
          <CheckField label={words.privateOutgoing} checked={privacy.outgoing} onChange={(outgoing) => act({ do: 'edit', change: { privacy: { ...privacy, outgoing } } })} />
        </div>
      </section>
      {form.forReceiving && (
        <section className={page.section}>
          <Subtitle2 as="h3">{words.schedule}</Subtitle2>
          <CheckField label={words.atStart} checked={schedule.atStart} onChange={(atStart) => timed({ atStart })} />
          <div className={styles.regularly}>
            <CheckField label={words.regularly} checked={schedule.everyMinutes !== null} onChange={(on) => timed({ everyMinutes: on ? usualMinutes : null })} />
            <NumberInput label={words.minutesLabel} value={schedule.everyMinutes} onChange={(everyMinutes) => timed({ everyMinutes })} problem={problemAt(problems, 'schedule.everyMinutes')} />
            <Text aria-hidden>{words.minutes}</Text>
          </div>
          <Text size={200} className={page.quiet}>{words.scheduleHint}</Text>
        </section>
      )}
      {form.forSending && (
        <section className={page.section}>
          <Subtitle2 as="h3">{words.sending}</Subtitle2>
          <PassageField label={words.signature} value={sending.signature} onChange={(signature) => send({ signature })} problems={passageProblems('sending.signature')} />
          <PassageField label={words.footer} hint={words.footerHint} value={sending.footer} onChange={(footer) => send({ footer })} problems={passageProblems('sending.footer')} />
          <Field label={words.readReceipt}>
            <Dropdown
              value={words.receipts[sending.readReceipt]}
              selectedOptions={[sending.readReceipt]}
              onOptionSelect={(_, data) => send({ readReceipt: receipts.find((one) => one === data.optionValue) ?? 'none' })}
            >
              {receipts.map((one) => (
                <Option key={one} value={one}>
                  {words.receipts[one]}
                </Option>
              ))}
            </Dropdown>
          </Field>
          <CheckField label={words.deliveryReport} checked={sending.deliveryReport} onChange={(deliveryReport) => send({ deliveryReport })} />
          {form.forReceiving && (form.incoming.protocol === 'imap' || (form.incoming.protocol === 'jmap' && !sendsViaIncoming(form))) && (
            <Field label={outboxWords.sentFolder} hint={outboxWords.sentFolderHint}>
              <Dropdown value={keep[sending.keepSent]} selectedOptions={[sending.keepSent]} onOptionSelect={(_, data) => send({ keepSent: keepSentSchema.options.find((one) => one === data.optionValue) ?? 'auto' })}>
                {keepSentSchema.options.map((one) => <Option key={one} value={one}>{keep[one]}</Option>)}
              </Dropdown>
            </Field>
          )}
        </section>
      )}
    </div>
  )
}
