/** Everything that happened to a mail, drawn as a line from the first moment to the last, with the servers' words. */
import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import type { OutgoingView } from '../../shared/model/outgoing-mail.ts'
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

export function MailStory({ history }: { readonly history: OutgoingView['history'] }) {
  const { outbox } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const tones = useToneStyles()
  return (
    <ol className={styles.root}>
      {history.map(({ at, state, words, failure }, index) => (
        <li key={index} className={styles.step}>
          <span className={mergeClasses(styles.icon, tones[toneOf(state)])} aria-hidden><StateIcon state={state} /></span>
          <div className={styles.words}>
            <div className={styles.head}>
              <Text weight={index === history.length - 1 ? 'semibold' : 'regular'}>{outbox.story[state]}</Text>
              <Text size={200} className={styles.quiet}><time dateTime={at}>{format.fullDate(at)}</time></Text>
            </div>
            {failure !== null && <Text size={200}>{explain(failure, language).title}</Text>}
            {words !== null && <span className={styles.said}>{words}</span>}
          </div>
        </li>
      ))}
    </ol>
  )
}
