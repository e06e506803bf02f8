/** B4 and B5: ports with "Use defaults", encryption and timeouts; C2: what becomes of the copy on the server. */
import { Button, makeStyles, Slider, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { removesAnything } from '../../../shared/model/removal.ts'
import { removalSentence } from '../../accounts/removal-sentence.ts'
import { useFormat, useText } from '../../text/use-text.tsx'
import { CheckField, TextField } from '../../ui/field.tsx'
import { PortField, numberFromText } from '../../ui/port-field.tsx'
import { SecurityField } from '../../ui/security-field.tsx'
import { sendsViaIncoming } from '../account-form.ts'
import { problemAt } from '../form-problems.ts'
import { usePageStyles } from '../page-frame.tsx'
import type { TabProps } from './tab-props.ts'
import { sliderOf, timeoutOf, timeoutSteps } from './timeout-steps.ts'

const useStyles = makeStyles({
  tab: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
  ports: { display: 'grid', gridTemplateColumns: '180px minmax(0, 1fr)', gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`, alignItems: 'start' },
  slider: { display: 'grid', gridTemplateColumns: 'auto minmax(120px, 320px) auto', alignItems: 'center', gap: tokens.spacingHorizontalS, justifyContent: 'start' },
  after: { display: 'grid', gridTemplateColumns: 'max-content 88px auto', alignItems: 'start', gap: tokens.spacingHorizontalS, '& > :last-child': { marginTop: '6px' } },
})

const usualDays = 14

export function AdvancedTab({ state: { form }, act, problems }: TabProps) {
  const { wizard, accounts: { removals } } = useText()
  const words = wizard.more.advanced
  const format = useFormat()
  const styles = useStyles()
  const page = usePageStyles()
  const { incoming, outgoing, delivery } = form
  const hasMailbox = form.forReceiving && incoming.protocol !== 'jmap'
  const hasSmtp = form.forSending && !outgoing.shared && !sendsViaIncoming(form)
  const deliver = (change: Partial<typeof delivery>) => act({ do: 'edit', change: { delivery: { ...delivery, ...change } } })
  const useDefaults = () => act({ do: 'edit', change: { incoming: { ...incoming, port: null }, outgoing: { ...outgoing, port: null } } })
  return (
    <div className={styles.tab}>
      {(hasMailbox || hasSmtp) && (
        <section className={page.section}>
          <div className={page.row}>
            <Subtitle2 as="h3">{words.ports}</Subtitle2>
            <Button size="small" disabled={incoming.port === null && outgoing.port === null} onClick={useDefaults}>
              {words.useDefaults}
            </Button>
          </div>
          <div className={styles.ports}>
            {hasMailbox && incoming.protocol !== 'jmap' && (
              <>
                <PortField
                  label={words.incoming(wizard.type[incoming.protocol])}
                  protocol={incoming.protocol}
                  security={incoming.security}
                  value={incoming.port}
                  onChange={(port) => act({ do: 'edit', change: { incoming: { ...incoming, port } } })}
                  problem={problemAt(problems, 'incoming.port')}
                />
                <SecurityField label={words.encryption} host={incoming.host} value={incoming} onChange={(change) => act({ do: 'edit', change: { incoming: { ...incoming, ...change } } })} />
              </>
            )}
            {hasSmtp && (
              <>
                <PortField
                  label={words.outgoing}
                  protocol="smtp"
                  security={outgoing.security}
                  value={outgoing.port}
                  onChange={(port) => act({ do: 'edit', change: { outgoing: { ...outgoing, port } } })}
                  problem={problemAt(problems, 'outgoing.port')}
                />
                <SecurityField label={words.encryption} host={outgoing.host} value={outgoing} onChange={(change) => act({ do: 'edit', change: { outgoing: { ...outgoing, ...change } } })} />
              </>
            )}
          </div>
        </section>
      )}
      <section className={page.section}>
        <Subtitle2 as="h3">{words.timeouts}</Subtitle2>
        <div className={styles.slider}>
          <Text aria-hidden>{words.short}</Text>
          <Slider
            aria-label={words.timeouts}
            aria-valuetext={format.duration(form.timeoutSeconds * 1000)}
            min={0}
            max={timeoutSteps.length - 1}
            step={1}
            value={sliderOf(form.timeoutSeconds)}
            onChange={(_, data) => act({ do: 'edit', change: { timeoutSeconds: timeoutOf(data.value) } })}
          />
          <Text aria-hidden>{words.long}</Text>
        </div>
        <Text size={200} className={page.quiet}>{words.timeoutHint(format.duration(form.timeoutSeconds * 1000))}</Text>
      </section>
      {form.forReceiving && (
        <section className={page.section}>
          <Subtitle2 as="h3">{words.delivery}</Subtitle2>
          <CheckField label={words.leaveCopy} checked={delivery.leaveCopy} onChange={(leaveCopy) => deliver({ leaveCopy })} />
          {delivery.leaveCopy && (
            <>
              <div className={styles.after}>
                <CheckField label={words.removeAfter} checked={delivery.removeAfterDays !== null} onChange={(on) => deliver({ removeAfterDays: on ? usualDays : null })} />
                <DaysField days={delivery.removeAfterDays} onChange={(removeAfterDays) => deliver({ removeAfterDays })} problem={problemAt(problems, 'delivery.removeAfterDays')} />
                <Text aria-hidden>{words.days}</Text>
              </div>
              <CheckField label={words.removeWhenDeleted} checked={delivery.removeWhenDeleted} onChange={(removeWhenDeleted) => deliver({ removeWhenDeleted })} />
            </>
          )}
          <Text size={200} className={page.quiet} role="status">
            {removalSentence(delivery, removals.rule, format)} {removesAnything(delivery) && removals.previewFirst}
          </Text>
        </section>
      )}
    </div>
  )
}

function DaysField(props: { readonly days: number | null; readonly onChange: (days: number | null) => void; readonly problem: ReturnType<typeof problemAt> }) {
  const { advanced } = useText().wizard.more
  return (
    <NumberInput label={advanced.removeAfterLabel} value={props.days} onChange={props.onChange} problem={props.problem} />
  )
}

/** A bare number in the middle of a sentence; its label is only read out. Empty = not a number, refused beside it. */
export function NumberInput(props: { readonly label: string; readonly value: number | null; readonly onChange: (value: number) => void; readonly problem: ReturnType<typeof problemAt> }) {
  const { label, value, onChange, problem } = props
  return (
    <TextField
      label={label}
      labelHidden
      type="number"
      disabled={value === null}
      value={value === null || Number.isNaN(value) ? '' : String(value)}
      onChange={(text) => onChange(numberFromText(text) ?? Number.NaN)}
      problem={problem}
    />
  )
}
