/** How far long work is: a bar, the figures, and a button to stop it. `total` null = not known yet. */
import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'
import { useFormat, useText } from '../text/use-text.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, minWidth: 0 },
  stop: { flexShrink: 0 },
  words: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  label: { flexGrow: 1, minWidth: 0 },
  figures: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
})

export function ProgressLine(props: {
  readonly label: ReactNode
  readonly done: number
  readonly total: number | null
  /** Instead of "3 of 10". */
  readonly figures?: string
  readonly onCancel?: (() => void) | undefined
}) {
  const { ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const labelId = useId()
  const { label, done, total, onCancel } = props
  const figures = props.figures ?? (total === null ? ui.progress.soFar(format.number(done)) : ui.progress.of(format.number(done), format.number(total)))
  return (
    <div className={styles.root}>
      <div className={styles.words}>
        <Text id={labelId} truncate wrap={false} className={styles.label}>
          {label}
        </Text>
        <Text size={200} className={styles.figures}>
          {figures}
        </Text>
        {onCancel !== undefined && (
          <Button size="small" appearance="subtle" className={styles.stop} onClick={onCancel}>
            {ui.cancel}
          </Button>
        )}
      </div>
      <ProgressBar aria-labelledby={labelId} {...(total === null || total === 0 ? {} : { value: done, max: total })} thickness="large" />
    </div>
  )
}
