/** What stands where there is nothing to show: a picture, one sentence why, and the next thing to do. */
import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  root: {
    display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'safe center', flex: '1 1 200px',
    // With large letters it is longer than its place.
    minHeight: 0, overflowY: 'auto',
    gap: tokens.spacingVerticalS, padding: tokens.spacingHorizontalXXL, textAlign: 'center', '> *': { flexShrink: 0 },
  },
  icon: { fontSize: '48px', lineHeight: 1, color: tokens.colorBrandForeground1 },
  body: { color: tokens.colorNeutralForeground2, maxWidth: '52ch', textAlign: 'center', textWrap: 'balance' },
  action: { marginTop: tokens.spacingVerticalS, display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: tokens.spacingHorizontalS },
})

export function EmptyState(props: { readonly icon: ReactNode; readonly title: string; readonly body?: string; readonly action?: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <span className={styles.icon} aria-hidden>
        {props.icon}
      </span>
      <Subtitle2 as="h2">{props.title}</Subtitle2>
      {props.body !== undefined && <Text className={styles.body}>{props.body}</Text>}
      {props.action !== undefined && <div className={styles.action}>{props.action}</div>}
    </div>
  )
}
