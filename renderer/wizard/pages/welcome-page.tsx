/** Where the wizard begins: the accounts there are, what was left unfinished, and a way in for people without an account. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { BeakerRegular, CheckmarkCircleRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { AccountOverview } from '../../../shared/contract/methods.ts'
import type { Failure } from '../../../shared/failures/failure.ts'
import { AccountList } from '../../accounts/account-list.tsx'
import { useAnswer } from '../../bridge/use-answer.ts'
import { useCaller } from '../../bridge/use-caller.tsx'
import { useText } from '../../text/use-text.tsx'
import { FailureBar } from '../../ui/failure-bar.tsx'
import { keptWizard } from '../kept-state.ts'
import { PageFrame } from '../page-frame.tsx'
import type { WizardAction } from '../wizard-state.ts'

const useStyles = makeStyles({
  points: { listStyleType: 'none', padding: 0, margin: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  point: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  check: { fontSize: '20px', lineHeight: 1, display: 'flex', color: tokens.colorBrandForeground1 },
  practice: {
    display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalL, padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge, backgroundColor: tokens.colorNeutralBackground2,
  },
  flask: { fontSize: '28px', lineHeight: 1, display: 'flex', color: tokens.colorBrandForeground1 },
  words: { flexGrow: 1, flexBasis: '260px', display: 'flex', flexDirection: 'column' },
})

export function WelcomePage({ accounts, act }: { readonly accounts: readonly AccountOverview[] | null; readonly act: (action: WizardAction) => void }) {
  const { welcome: words } = useText().wizard
  const styles = useStyles()
  const caller = useCaller()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [dropped, setDropped] = useState(false)
  const kept = keptWizard(useAnswer('wizard.kept', {}).value?.state ?? null)
  const first = accounts === null || accounts.length === 0

  const practise = async () => {
    const outcome = await caller.call('practice.start', {})
    if (!outcome.ok) return setFailure(outcome.failure)
    const { draft, secrets } = outcome.value
    act({ do: 'practise', draft, passwords: { main: secrets.incoming ?? secrets.outgoing ?? '', outgoing: secrets.outgoing ?? '', signedIn: null } })
  }
  const startOver = () => {
    setDropped(true)
    void caller.call('wizard.keep', { state: null })
  }
  return (
    <PageFrame title={first ? words.titleFirst : words.title} body={first ? words.bodyFirst : words.body}>
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      {kept !== null && !dropped && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle style={{ display: 'block' }}>{words.resumeTitle}</MessageBarTitle>
            {words.resumeBody(kept.form.user.address.trim() === '' ? words.resumeNameless : kept.form.user.address)}
          </MessageBarBody>
          <MessageBarActions>
            <Button appearance="primary" onClick={() => act({ do: 'resume', kept })}>{words.resume}</Button>
            <Button onClick={startOver}>{words.startOver}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {first ? (
        <ul className={styles.points}>
          {words.points.map((point) => (
            <li key={point} className={styles.point}>
              <span className={styles.check} aria-hidden><CheckmarkCircleRegular /></span>
              <Text>{point}</Text>
            </li>
          ))}
        </ul>
      ) : (
        <AccountList accounts={accounts} onChange={(account) => act({ do: 'change', account })} />
      )}
      <section className={styles.practice}>
        <span className={styles.flask} aria-hidden><BeakerRegular /></span>
        <div className={styles.words}>
          <Subtitle2 as="h2">{words.practiceTitle}</Subtitle2>
          <Text>{words.practiceBody}</Text>
        </div>
        <Button onClick={() => void practise()}>{words.practice}</Button>
      </section>
    </PageFrame>
  )
}
