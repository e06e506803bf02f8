/** A mail that does not exist yet, as it will look: its head, and its words as text or formatted. Nothing in it runs or loads. */
import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { useMemo } from 'react'
import { HtmlView } from '../mail/html-view.tsx'
import { longestHtml, safeHtml } from '../mail/safe-html.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, minWidth: 0, minHeight: '120px', overflow: 'hidden' },
  head: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalXXS, margin: 0, padding: tokens.spacingHorizontalM, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2 },
  term: { color: tokens.colorNeutralForeground2 },
  fact: { margin: 0, overflowWrap: 'anywhere' },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0, padding: tokens.spacingHorizontalM, fontFamily: tokens.fontFamilyBase },
})

export function MailPaper(props: { readonly lines: readonly (readonly [string, string])[]; readonly text: string; readonly html: string | null; readonly label: string }) {
  const styles = useStyles()
  const { lines, text, html, label } = props
  const content = useMemo(() => (html === null ? null : safeHtml(html.slice(0, longestHtml), window)), [html])
  return (
    <div className={styles.root}>
      <dl className={styles.head}>
        {lines.filter(([, fact]) => fact !== '').map(([term, fact]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt className={styles.term}><Text size={200}>{term}</Text></dt>
            <dd className={styles.fact}><Text size={200}>{fact}</Text></dd>
          </div>
        ))}
      </dl>
      {content === null ? <pre className={styles.text}>{text}</pre> : <HtmlView content={content} title={label} onLink={() => undefined} />}
    </div>
  )
}
