/** What a service demands before it lets a mail program in, step by step, each with a button to the very page (B9). */
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import { OpenRegular } from '@fluentui/react-icons'
import type { Guidance } from '../../shared/model/findings.ts'
import { guidanceWords } from '../../shared/words/guidance.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useLanguage } from '../text/use-text.tsx'

const useStyles = makeStyles({
  body: { paddingTop: tokens.spacingVerticalS, paddingBottom: tokens.spacingVerticalS, whiteSpace: 'normal', display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalXS },
  paragraph: { margin: 0, maxWidth: '75ch' },
  steps: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  step: { maxWidth: '75ch' },
})

export function GuidanceBar({ guidance }: { readonly guidance: Guidance }) {
  const words = guidanceWords[useLanguage()]
  const caller = useCaller()
  const styles = useStyles()
  const { provider, needs, steps } = guidance
  return (
    <MessageBar intent={needs === 'password' ? 'info' : 'warning'} layout="multiline">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle style={{ display: 'block' }}>{words.title[needs](provider)}</MessageBarTitle>
        <p className={styles.paragraph}>{words.body[needs](provider)}</p>
        <ol className={styles.steps}>
          {steps.map(({ do: what, page }) => (
            <li key={what} className={styles.step}>
              {words.steps[what].text}{' '}
              {page !== null && (
                <Button size="small" icon={<OpenRegular />} iconPosition="after" onClick={() => void caller.call('app.openLink', { url: page })}>
                  {words.steps[what].button}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </MessageBarBody>
    </MessageBar>
  )
}
