/** A plain-text message: its own line breaks, quotes set apart by depth, links that ask before they open. */
import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useMemo } from 'react'
import { passagesOf } from './text-segments.ts'

const useStyles = makeStyles({
  root: { padding: `${tokens.spacingVerticalM} 0 ${tokens.spacingVerticalXXL}`, maxWidth: '90ch', fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase400 },
  passage: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', tabSize: 4 },
  quote: { margin: 0, paddingLeft: tokens.spacingHorizontalM, borderLeft: `3px solid ${tokens.colorBrandStroke2}`, color: tokens.colorNeutralForeground2 },
  deeper: { borderLeftColor: tokens.colorNeutralStroke1 },
})

export function TextView(props: { readonly text: string; readonly onLink: (text: string, address: string) => void }) {
  const styles = useStyles()
  const passages = useMemo(() => passagesOf(props.text), [props.text])
  return (
    <div className={styles.root}>
      {passages.map(({ depth, lines }, at) => {
        const words = lines.map((segments, line) => (
          <div key={line} className={styles.passage}>
            {segments.length === 0 && '\u00a0'}
            {segments.map((segment, index) =>
              segment.is === 'text' ? (
                segment.text
              ) : (
                <Link key={index} as="button" inline onClick={() => props.onLink(segment.text, segment.url)}>
                  {segment.text}
                </Link>
              ),
            )}
          </div>
        ))
        if (depth === 0) return <div key={at}>{words}</div>
        return (
          <blockquote key={at} className={mergeClasses(styles.quote, depth > 1 && styles.deeper)} style={{ marginLeft: `${String((depth - 1) * 15)}px` }}>
            {words}
          </blockquote>
        )
      })}
    </div>
  )
}
