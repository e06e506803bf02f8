/** One subject of the settings: its heading, what it is about, and its controls. */
import { Card, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import type { ReactElement, ReactNode } from 'react'

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalXL, flexShrink: 0 },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  icon: { fontSize: '20px', lineHeight: 1, display: 'flex', color: tokens.colorBrandForeground1 },
  title: { margin: 0 },
  intro: { color: tokens.colorNeutralForeground2, maxWidth: '75ch' },
})

export function SettingsCard(props: { readonly title: string; readonly icon: ReactElement; readonly intro?: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <Card className={styles.card} appearance="outline" role="region" aria-label={props.title}>
      <div className={styles.head}>
        <span className={styles.icon} aria-hidden>{props.icon}</span>
        <Subtitle2 as="h2" className={styles.title}>{props.title}</Subtitle2>
      </div>
      {props.intro !== undefined && <Text className={styles.intro}>{props.intro}</Text>}
      {props.children}
    </Card>
  )
}
