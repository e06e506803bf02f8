/** Everything that happened to a mail, drawn as a line from the first moment to the last, with the servers' words. */
import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { returnWords, whyReturned } from '../../shared/words/mail-returns.ts'
import type { ReturnOutcome } from '../../shared/model/mail-return.ts'
import type { OutgoingView, ShownState } from '../../shared/model/outgoing-mail.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { explain } from '../../shared/failures/catalogue.ts'
import { toneOf } from './mail-actions.ts'
import { StateIcon, useToneStyles } from './state-badge.tsx'

const useStyles = makeStyles({
  root: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  step: {
    position: 'relative', display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, paddingBottom: tokens.spacingVerticalL,
    '::before': { content: '""', position: 'absolute', left: '9px', top: '22px', bottom: '-1px', width: '2px', backgroundColor: tokens.colorNeutralStroke2 },
    ':last-child': { paddingBottom: 0, '::before': { display: 'none' } },
  },
  icon: { fontSize: '20px', lineHeight: 1, display: 'flex' },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM, justifyContent: 'space-between' },
  quiet: { color: tokens.colorNeutralForeground2 },
  said: { color: tokens.colorNeutralForeground2, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

const returnStates: Readonly<Record<ReturnOutcome, ShownState>> = { delayed: 'ready', 'passed-on': 'sent', answered: 'delivered', delivered: 'delivered', bounced: 'bounced', deleted: 'read', read: 'read', complained: 'bounced' }

export function MailStory({ history, returns }: Pick<OutgoingView, 'history' | 'returns'>) {
  const { outbox } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const tones = useToneStyles()
  const said = returnWords[language]
  const steps = [
    ...history.map(({ at, state, words, failure }) => ({ at, state, title: outbox.story[state], why: failure === null ? null : explain(failure, language).title, words })),
    ...returns.map((one) => ({ at: one.at, state: returnStates[one.outcome], title: said.story[one.outcome](one.address), why: whyReturned(one, said), words: one.words === '' ? null : one.words })),
  ].toSorted((a, b) => a.at.localeCompare(b.at))
  return (
    <ol className={styles.root}>
      {steps.map(({ at, state, title, why, words }, index) => (
        <li key={index} className={styles.step}>
          <span className={mergeClasses(styles.icon, tones[toneOf(state)])} aria-hidden><StateIcon state={state} /></span>
          <div className={styles.words}>
            <div className={styles.head}>
              <Text weight={index === steps.length - 1 ? 'semibold' : 'regular'}>{title}</Text>
              <Text size={200} className={styles.quiet}><time dateTime={at}>{format.fullDate(at)}</time></Text>
            </div>
            {why !== null && <Text size={200}>{why}</Text>}
            {words !== null && <span className={styles.said}>{words}</span>}
          </div>
        </li>
      ))}
    </ol>
  )
}
