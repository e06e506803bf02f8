/**
 * A list beside what is chosen in it; where there is no room for both (small windows, large letters), one at a time with a
 * way back.
 */
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useRef, useState } from 'react'

const useStyles = makeStyles({
  root: { display: 'flex', flex: '1 1 0', minHeight: 0, minWidth: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  list: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0, flexGrow: 1 },
  listBeside: { flexGrow: 0, flexShrink: 0, width: 'clamp(290px, 34%, 460px)', borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  detail: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 },
  back: { alignSelf: 'flex-start', flexShrink: 0, margin: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM} 0` },
})

const leastWidth = 680

export function TwoPanes(props: {
  readonly list: ReactNode
  readonly detail: ReactNode
  /** Only where there is no room for both: the detail is shown instead of the list. */
  readonly opened: boolean
  readonly onBack: () => void
  readonly backWords: string
}) {
  const styles = useStyles()
  const element = useRef<HTMLDivElement>(null)
  const [wide, setWide] = useState(true)

  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => entry !== undefined && setWide(entry.contentRect.width >= leastWidth))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])

  return (
    <div ref={element} className={styles.root}>
      {(wide || !props.opened) && <div className={mergeClasses(styles.list, wide && styles.listBeside)}>{props.list}</div>}
      {(wide || props.opened) && (
        <div className={styles.detail}>
          {!wide && (
            <Button className={styles.back} appearance="subtle" icon={<ArrowLeftRegular />} onClick={props.onBack}>
              {props.backWords}
            </Button>
          )}
          {props.detail}
        </div>
      )}
    </div>
  )
}
