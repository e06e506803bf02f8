/** What stands on the right of the organization: a heading, what can be done there, and a form that scrolls. */
import { Button, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { SaveRegular } from '@fluentui/react-icons'
import type { FormEvent, ReactNode } from 'react'
import { useText } from '../text/use-text.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`, borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  titles: { display: 'flex', flexDirection: 'column', flex: '1 1 160px', minWidth: 0 },
  title: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  page: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: tokens.spacingHorizontalL, maxWidth: '860px' },
})

export function PanelFrame(props: { readonly title: string; readonly about: string; readonly canSave: boolean; readonly busy: boolean; readonly actions?: ReactNode; readonly onSave: () => void; readonly children: ReactNode }) {
  const { ui } = useText()
  const styles = useStyles()
  const { title, about, canSave, busy, actions, onSave, children } = props
  return (
    <form className={styles.root} noValidate aria-label={title} onSubmit={(event: FormEvent) => { event.preventDefault(); onSave() }}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <Subtitle2 as="h2" className={styles.title}>{title}</Subtitle2>
          <Text size={200} className={styles.quiet}>{about}</Text>
        </div>
        {busy && <Spinner size="tiny" />}
        {actions}
        <Button type="submit" appearance="primary" icon={<SaveRegular />} disabled={!canSave || busy}>{ui.save}</Button>
      </div>
      <div className={styles.page}>{children}</div>
    </form>
  )
}
