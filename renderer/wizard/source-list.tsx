/** Everybody who was asked about an address, with the answer (B1): while it is looked up, and afterwards. */
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, CircleRegular, ErrorCircleRegular, SubtractCircleRegular } from '@fluentui/react-icons'
import { explain } from '../../shared/failures/catalogue.ts'
import { assertNever } from '../../shared/failures/failure.ts'
import type { SourceAnswer } from '../../shared/model/findings.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'

const useStyles = makeStyles({
  asked: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalM})` },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxWidth: '720px' },
  source: {
    display: 'grid', gridTemplateColumns: '24px minmax(0, 1fr) minmax(0, auto)', columnGap: tokens.spacingHorizontalM, alignItems: 'center', padding: `${tokens.spacingVerticalSNudge} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  icon: { fontSize: '20px', lineHeight: 1, display: 'flex', color: tokens.colorNeutralForeground3 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  state: { color: tokens.colorNeutralForeground2, textAlign: 'end', maxWidth: '34ch' },
})

/** Folded away: for who wants to know. */
export function AskedSources({ sources }: { readonly sources: readonly SourceAnswer[] }) {
  const { found } = useText().wizard
  const styles = useStyles()
  return (
    <Accordion collapsible className={styles.asked}>
      <AccordionItem value="asked">
        <AccordionHeader>{found.sourcesTitle}</AccordionHeader>
        <AccordionPanel>
          <SourceList sources={sources} live={false} />
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  )
}

export function SourceList({ sources, live }: { readonly sources: readonly SourceAnswer[]; readonly live: boolean }) {
  const { looking } = useText().wizard
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  return (
    <ul className={styles.list} {...(live ? { 'aria-live': 'polite' as const } : {})}>
      {sources.map(({ source, state, milliseconds, failure }) => (
        <li key={source} className={styles.source}>
          <SourceIcon state={state} />
          <Text>{looking.sources[source]}</Text>
          <Text size={200} className={styles.state}>
            {failure === null ? looking.states[state] : explain(failure, language).title}
            {milliseconds !== null && ` (${format.duration(milliseconds)})`}
          </Text>
        </li>
      ))}
    </ul>
  )
}

function SourceIcon({ state }: { readonly state: SourceAnswer['state'] }) {
  const styles = useStyles()
  switch (state) {
    case 'found':
      return <span className={mergeClasses(styles.icon, styles.good)}><CheckmarkCircleFilled aria-hidden /></span>
    case 'running':
      return <Spinner size="extra-tiny" aria-hidden />
    case 'failed':
      return <span className={styles.icon}><ErrorCircleRegular aria-hidden /></span>
    case 'nothing':
    case 'switched-off':
    case 'not-needed':
    case 'needs-address':
      return <span className={styles.icon}><SubtractCircleRegular aria-hidden /></span>
    case 'waiting':
      return <span className={styles.icon}><CircleRegular aria-hidden /></span>
    default:
      return assertNever(state)
  }
}
