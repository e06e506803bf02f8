/** A failure in words: what failed, why, what to do next, the facts behind it on demand, and what can be done from here. */
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { explain } from '../../shared/failures/catalogue.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'

const useStyles = makeStyles({
  bar: { paddingTop: tokens.spacingVerticalS, paddingBottom: tokens.spacingVerticalS },
  body: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', whiteSpace: 'normal', overflowWrap: 'anywhere' },
  title: { display: 'block' },
  paragraph: { margin: `${tokens.spacingVerticalXXS} 0 0`, maxWidth: '75ch' },
  header: { marginLeft: '-10px', '& button': { minHeight: '28px', fontSize: tokens.fontSizeBase200 } },
  panel: { margin: `0 0 ${tokens.spacingVerticalXS}` },
  facts: { display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: tokens.spacingHorizontalM, margin: 0, fontSize: tokens.fontSizeBase200 },
  fact: { margin: 0, fontFamily: tokens.fontFamilyMonospace },
})

export function FailureBar(props: {
  readonly failure: Failure
  readonly intent?: 'error' | 'warning' | 'info'
  /** Buttons for what can be done from here, such as "Try again". */
  readonly actions?: ReactNode
  readonly onDismiss?: (() => void) | undefined
}) {
  const { ui } = useText()
  const language = useLanguage()
  const caller = useCaller()
  const styles = useStyles()
  const { failure, intent = 'error', actions, onDismiss } = props
  const words = explain(failure, language)
  const page = failure.evidence.page?.startsWith('https://') === true ? failure.evidence.page : null
  const hasActions = page !== null || (actions !== undefined && actions !== null)
  return (
    <MessageBar intent={intent} layout="multiline" className={styles.bar} data-failure={failure.code}>
      <MessageBarBody className={styles.body}>
        <MessageBarTitle className={styles.title}>{words.title}</MessageBarTitle>
        <p className={styles.paragraph}>{words.cause}</p>
        <p className={styles.paragraph}>{words.remedy}</p>
        <FailureFacts failure={failure} />
      </MessageBarBody>
      {(hasActions || onDismiss !== undefined) && (
        <MessageBarActions
          {...(onDismiss === undefined
            ? {}
            : { containerAction: <Button appearance="transparent" aria-label={ui.dismiss} icon={<DismissRegular />} onClick={onDismiss} /> })}
        >
          {page !== null && <Button onClick={() => void caller.call('app.openLink', { url: page })}>{ui.openPage}</Button>}
          {actions}
        </MessageBarActions>
      )}
    </MessageBar>
  )
}

function FailureFacts({ failure }: { readonly failure: Failure }) {
  const { ui } = useText()
  const styles = useStyles()
  const { host, port, replyCode, userName, issuer } = failure.evidence
  const facts = [
    [ui.detail.code, failure.code],
    [ui.detail.server, host === undefined ? undefined : port === undefined ? host : `${host}:${String(port)}`],
    [ui.detail.replyCode, replyCode === undefined ? undefined : String(replyCode)],
    [ui.detail.userName, userName],
    [ui.detail.issuer, issuer],
  ].flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [{ name, value }]))
  return (
    <Accordion collapsible>
      <AccordionItem value="facts">
        <AccordionHeader size="small" className={styles.header}>
          {ui.details}
        </AccordionHeader>
        <AccordionPanel className={styles.panel}>
          <dl className={styles.facts}>
            {facts.map(({ name, value }) => (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd className={styles.fact}>{value}</dd>
              </div>
            ))}
          </dl>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  )
}
