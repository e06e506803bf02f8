/** What was found: per half the servers to choose from, each with where it comes from, and what the service demands (B9). */
import { Button, Field as FluentField, makeStyles, Radio, RadioGroup, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import { explain } from '../../../shared/failures/catalogue.ts'
import { type FoundServer, whyNoMail } from '../../../shared/model/findings.ts'
import { useFormat, useLanguage, useText } from '../../text/use-text.tsx'
import { FailureBar } from '../../ui/failure-bar.tsx'
import { GuidanceBar } from '../../ui/guidance-bar.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { PageFrame, usePageStyles } from '../page-frame.tsx'
import { WebNotReady, WizardSignIn } from '../wizard-sign-in.tsx'
import { AskedSources } from '../source-list.tsx'
import { openChoices, type WizardAction, type WizardState } from '../wizard-state.ts'

const useStyles = makeStyles({
  label: { display: 'flex', flexDirection: 'column' },
  detail: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  caution: { color: tokens.colorStatusDangerForeground3, fontSize: tokens.fontSizeBase200, maxWidth: '60ch' },
  half: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, padding: tokens.spacingHorizontalL },
})

export function FoundPage({ state, act }: { readonly state: WizardState; readonly act: (action: WizardAction) => void }) {
  const { wizard } = useText()
  const words = wizard.found
  const page = usePageStyles()
  const format = useFormat()
  const { findings, form, chosen } = state
  if (findings === null) return null
  const noMail = whyNoMail(findings)
  const signedIn = state.passwords.signedIn !== null
  const open = openChoices(state)
  const doubtful = [findings.incoming, findings.outgoing].some((servers) => servers.length > 0 && servers.every(({ cautions }) => cautions.length > 0))
  const urgency = state.tries > 0 ? 'error' : 'warning'
  return (
    <PageFrame title={words.title} body={doubtful || noMail !== null ? words.bodyDoubtful(form.user.address) : words.body(form.user.address)}>
      {noMail !== null && <FailureBar failure={noMail} intent="warning" />}
      <WizardSignIn state={state} act={act} />
      {!signedIn && findings.guidance !== null && !(findings.guidance.needs === 'oauth2' && state.web?.ready === true) && <GuidanceBar guidance={findings.guidance} />}
      <WebNotReady state={state} />
      {!signedIn && findings.guidance?.needs === 'app-password' && (
        <div className={page.fields}>
          <PasswordField label={words.guidance.paste} value={state.passwords.main} onChange={(main) => act({ do: 'type-password', change: { main } })} />
        </div>
      )}
      <div className={page.columns}>
        {form.forReceiving && (
          <Half title={words.incoming} nothing={words.notFoundIncoming} servers={findings.incoming} chosen={chosen.incoming} mustChoose={open.includes('incoming') ? urgency : null} onChoose={(index) => act({ do: 'choose-found', side: 'incoming', index })} />
        )}
        {form.forSending && (
          <Half title={words.outgoing} nothing={words.notFoundOutgoing} servers={findings.outgoing} chosen={chosen.outgoing} mustChoose={open.includes('outgoing') ? urgency : null} onChoose={(index) => act({ do: 'choose-found', side: 'outgoing', index })} />
        )}
      </div>
      <Text>{words.userName(form.signIn.userName)}</Text>
      {findings.provider?.perDay != null && <Text className={page.quiet}>{words.perDay(findings.provider.name, format.number(findings.provider.perDay))}</Text>}
      <div className={page.row}>
        <Button onClick={() => act({ do: 'go-by-hand' })}>{words.byHand}</Button>
      </div>
      <AskedSources sources={findings.sources} />
    </PageFrame>
  )
}

function Half(props: { readonly title: string; readonly nothing: string; readonly servers: readonly FoundServer[]; readonly chosen: number | null; readonly mustChoose: 'warning' | 'error' | null; readonly onChoose: (index: number) => void }) {
  const { found } = useText().wizard
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const page = usePageStyles()
  return (
    <section className={styles.half}>
      {props.servers.length === 0 ? (
        <>
          <Subtitle2 as="h2" block>{props.title}</Subtitle2>
          <Text className={page.quiet}>{props.nothing}</Text>
        </>
      ) : (
        <FluentField label={{ children: props.title, size: 'large', weight: 'semibold' }} {...(props.mustChoose === null ? {} : { validationMessage: found.chooseOne, validationState: props.mustChoose })}>
          <RadioGroup value={String(props.chosen)} onChange={(_, data) => props.onChoose(Number(data.value))}>
            {props.servers.map((server, index) => (
              <Radio
                key={index}
                value={String(index)}
                label={
                  <span className={styles.label}>
                    <span>{found[server.protocol]}</span>
                    <span className={styles.detail}>{found.server(server.host, String(server.port), found.security[server.security])}</span>
                    <span className={styles.detail}>
                      {found.from(found.sourceNames[server.source])}
                      {server.answered === true && server.source !== 'guess' && `, ${found.answered}`}
                      {server.agreed.length > 0 && `. ${found.agreed(format.list(server.agreed.map((source) => found.sourceNames[source])))}`}
                    </span>
                    {server.failure !== null && server.cautions.length === 0 && <span className={styles.detail}>{explain(server.failure, language).title}</span>}
                    {server.cautions.map((caution) => (
                      <span key={caution} className={styles.caution}>
                        <WarningRegular aria-hidden /> {caution === 'no-answer' && server.failure !== null ? explain(server.failure, language).title : found.cautions[caution]}
                      </span>
                    ))}
                  </span>
                }
              />
            ))}
          </RadioGroup>
        </FluentField>
      )}
    </section>
  )
}
