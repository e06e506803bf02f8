/** Everything that happened to a mail, drawn as a line from the first moment to the last, with the servers' words. */
import { Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import type { OutgoingId, OutgoingView } from '../../shared/model/outgoing-mail.ts'
import { storyOf } from '../../shared/words/mail-story.ts'
import { outgoingWords } from '../../shared/words/outgoing-mail.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
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

interface Props {
  readonly mail: Pick<OutgoingView, 'history' | 'returns' | 'sentCopy' | 'resentFrom' | 'resentAs'>
  /** To another mail of the outbox. */
  readonly onGo: (id: OutgoingId) => void
}

export function MailStory({ mail, onGo }: Props) {
  const { sending } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const tones = useToneStyles()
  const steps = storyOf(mail, language)
  return (
    <>
      {mail.resentFrom !== null && <Linked words={sending.story.resends} id={mail.resentFrom} onGo={onGo} />}
      <ol className={styles.root}>
        {steps.map(({ at, state, what, why, words, nextAt }, index) => (
          <li key={index} className={styles.step}>
            <span className={mergeClasses(styles.icon, tones[toneOf(state)])} aria-hidden><StateIcon state={state} /></span>
            <div className={styles.words}>
              <div className={styles.head}>
                <Text weight={index === steps.length - 1 ? 'semibold' : 'regular'}>{what}</Text>
                <Text size={200} className={styles.quiet}><time dateTime={at}>{format.fullDate(at)}</time></Text>
              </div>
              {why !== null && <Text size={200}>{why}</Text>}
              {words !== null && <span className={styles.said}>{words}</span>}
              {nextAt !== null && <Text size={200} className={styles.quiet}>{outgoingWords[language].nextTry(format.fullDate(nextAt))}</Text>}
            </div>
          </li>
        ))}
      </ol>
      {mail.resentAs.map((id) => <Linked key={id} words={sending.story.resentAs} id={id} onGo={onGo} />)}
    </>
  )
}

function Linked({ words, id, onGo }: { readonly words: string; readonly id: OutgoingId; readonly onGo: (id: OutgoingId) => void }) {
  const { sending } = useText()
  return <Text size={300}>{words} <Link onClick={() => onGo(id)}>{sending.story.show}</Link></Text>
}
