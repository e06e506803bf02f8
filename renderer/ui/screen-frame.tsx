/** The frame every screen has: its heading with what can be done there, and a body that scrolls on its own. */
import { makeStyles, mergeClasses, Subtitle1, Text, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, minWidth: 0 },
  head: {
    display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}`, minHeight: '40px', flexShrink: 0,
  },
  // The actions keep their place beside it for as long as there is some room for the title.
  titles: { display: 'flex', flexDirection: 'column', flex: '1 1 160px', minWidth: 0 },
  title: { margin: 0 },
  subtitle: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  body: { flexGrow: 1, minHeight: 0, minWidth: 0, overflowY: 'auto', padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}` },
  flush: { padding: 0, overflow: 'hidden', display: 'flex' },
})

/** `flush` = the screen fills the body edge to edge and scrolls by itself (lists beside a reader). */
export function ScreenFrame(props: { readonly title: string; readonly subtitle?: string; readonly actions?: ReactNode; readonly flush?: boolean; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <Subtitle1 as="h1" className={styles.title}>
            {props.title}
          </Subtitle1>
          {props.subtitle !== undefined && (
            <Text size={200} truncate wrap={false} title={props.subtitle} className={styles.subtitle}>
              {props.subtitle}
            </Text>
          )}
        </div>
        {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
      </header>
      <div className={mergeClasses(styles.body, props.flush === true && styles.flush)}>{props.children}</div>
    </div>
  )
}
